"""What a contact takes from its referral.

The team's age group, type and old derivation, reason, source.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from nestling.analytics.access.rows import earliest, referral_rows
from nestling.analytics.access.scope import NOT_KNOWN
from nestling.reference.access import definitions

if TYPE_CHECKING:
    from nestling.analytics.access.scope import Scope
    from nestling.analytics.engines.base import Engine

BREAKDOWNS = ("team_type", "reason", "source")
FLAGS = ("adult_team", "old_team")


def with_team(
    engine: "Engine", rows: ir.Table, *, scope: "Scope", wanted: Iterable[str]
) -> ir.Table:
    """The contacts with what is asked for of the earliest row of their referral."""
    dims = [name for name in BREAKDOWNS if name in scope.breakdowns]
    flags = [name for name in FLAGS if name in set(wanted)]
    if not dims and not flags:
        return rows
    rows = engine.stage("nestling_contacts", rows)
    refs = referral_rows()
    carried = rows.select(carried=rows.referral).distinct()
    first = earliest(refs.semi_join(carried, refs.referral == carried.carried))
    marked = marks(first, flags).select("referral", *dims, *flags).rename(its_referral="referral")
    joined = rows.left_join(marked, rows.referral == marked.its_referral).drop("its_referral")
    return joined.mutate(
        **{name: ibis.coalesce(joined[name], ibis.literal(NOT_KNOWN)) for name in dims},
        **{name: ibis.coalesce(joined[name], ibis.literal(False)) for name in flags},  # noqa: FBT003 - a value
    )


def marks(first: ir.Table, flags: list[str]) -> ir.Table:
    """The referrals with the marks asked for."""
    if "adult_team" in flags:
        codes = definitions().rules["adult_teams_only"].codes()
        first = first.mutate(
            adult_team=ibis.coalesce(first.team_ages.isin(codes), ibis.literal(False))  # noqa: FBT003 - a value
        )
    if "old_team" in flags:
        first = with_old_team(first)
    return first


def with_old_team(first: ir.Table) -> ir.Table:
    """The referrals marked with whether their team was a children's team until March 2024."""
    rule = definitions().rules["old_childrens_team"]
    teams = childrens_share().rename(share_provider="provider", share_team="team")
    joined = first.left_join(
        teams, [first.provider == teams.share_provider, first.team == teams.share_team]
    )
    mostly = joined.share > rule.share("share_over")
    never = joined.team_type.isin(rule.codes("never"))
    return joined.mutate(old_team=ibis.coalesce(mostly & ~never, ibis.literal(False)))  # noqa: FBT003 - a value


def childrens_share() -> ir.Table:
    """Of each team's referrals, the share of those aged 3 to 17.

    Babies are in the whole, not in the share.
    """
    rule = definitions().rules["old_childrens_team"]
    refs = earliest(referral_rows(), ("provider", "team", "age"))
    refs = refs.filter(refs.team.notnull())
    child = refs.age.between(rule.number("youngest"), rule.number("oldest"))
    counted = refs.mutate(child=ibis.coalesce(child, ibis.literal(False)).cast("float64"))  # noqa: FBT003 - a value
    return counted.group_by("provider", "team").aggregate(share=counted.child.mean())
