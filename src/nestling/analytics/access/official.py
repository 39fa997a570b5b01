"""The official measures MHS95, MHS69 and MHS91, for comparison, by single year of age."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from nestling.analytics.access.people import count_at_first
from nestling.analytics.access.rows import blank, contacts, referral_rows, with_record
from nestling.analytics.access.rules import in_england
from nestling.analytics.access.scope import source
from nestling.analytics.access.tally import Numbers, place_keys, with_provider
from nestling.reference.access import MeasureEntry, definitions

if TYPE_CHECKING:
    from nestling.analytics.access.scope import Scope
    from nestling.analytics.engines.base import Engine

#: After every id of a contact on the same day.
INDIRECT, NO_AGE = "~", -1
DIMS = ("sex", "ethnicity", "deprivation", "team_type", "reason", "source")
OTHER_TEAMS = "MHS102OtherServiceType"


def count_official(
    engine: "Engine", measures: Sequence[MeasureEntry], scope: "Scope"
) -> dict[str, Numbers]:
    """The numbers of each official measure."""
    found: dict[str, Numbers] = {}
    for measure in measures:
        rows = with_provider(ROWS[measure.name](scope))
        if scope.providers is not None:
            rows = rows.filter(rows.provider.isin(scope.providers))
        rows = rows.select("person", "day", "age", *place_keys(scope))
        found |= count_at_first(engine, rows, [measure], scope)
    return found


def months_of_window(rows: ir.Table, scope: "Scope") -> ir.Table:
    """The rows of the months of the period."""
    return rows.filter(rows.month.between(scope.period.first_month, scope.period.last_month))


def official_contacts() -> ir.Table:
    """Attended spoken contacts, online text by two named providers, and indirect activity.

    Which has no age.
    """
    rule = definitions().rules["official_contact"]
    rows = contacts()
    since = rows.month >= rule.number("from_month")
    seen = rows.attendance.isin(rule.codes("attended"))
    now = since & seen & rows.mechanism.isin(rule.codes("spoken"))
    before = ~since & seen & rows.mechanism.notin(rule.codes("earlier_not"))
    online = rows.provider.isin(rule.codes("online_providers")) & rows.mechanism.isin(
        rule.codes("online")
    )
    direct = rows.filter(now | before | online).select(
        "record", "referral", "contact", "day", contact_age=rows.age
    )
    acts = source("MHS204IndirectActivity")
    indirect = acts.select(
        record=acts.RecordNumber,
        referral=acts.UniqServReqID,
        contact=ibis.null().cast("string"),
        day=acts.IndirectActDate,
        contact_age=ibis.null().cast("int64"),
    )
    return direct.distinct().union(indirect.distinct())


def acts_on_referrals(scope: "Scope", *, oldest: int, in_months: bool) -> ir.Table:
    """Each contact or indirect activity with the referral row of its own record."""
    refs = referral_rows()
    refs = refs.filter(refs.age.between(0, oldest))
    refs = months_of_window(refs, scope) if in_months else refs
    refs = with_record(refs, scope, birth=True)
    refs = refs.filter(in_england(refs, definitions().rules["in_england"], scope))
    refs = with_month_end_age(refs)
    acts = official_contacts().rename(act_record="record", act_referral="referral")
    joined = refs.inner_join(
        acts, [refs.record == acts.act_record, refs.referral == acts.act_referral]
    )
    return joined.mutate(act_age=ibis.coalesce(joined.contact_age, joined.end_age))


def with_month_end_age(refs: ir.Table) -> ir.Table:
    """The rows with the age at the end of their month: as sent, else from the birth date."""
    people = source("MHS001MPI")
    sent = people.select(sent_record=people.RecordNumber, sent_age=people.AgeRepPeriodEnd)
    joined = refs.left_join(sent, refs.record == sent.sent_record).drop("sent_record")
    year = 1900 + (joined.month + 2) // 12
    month = (joined.month + 2) % 12 + 1
    worked_out = year - joined.birth.year() - (month < joined.birth.month()).cast("int64")
    return joined.mutate(end_age=ibis.coalesce(joined.sent_age, worked_out.cast("int64"))).drop(
        "sent_age"
    )


def rows_of_95(scope: "Scope") -> ir.Table:
    """One row an act of a person under 18, at the age when referred."""
    oldest = definitions().rules["official_age_95"].number("oldest")
    acts = acts_on_referrals(scope, oldest=oldest, in_months=True)
    return acts.filter(acts.act_age.between(0, oldest))


def rows_of_69(scope: "Scope") -> ir.Table:
    """One row a second contact on one referral in the period, at the age of the first."""
    rule = definitions().rules["official_age_69"]
    acts = each_act_once(acts_on_referrals(scope, oldest=rule.number("oldest"), in_months=False))
    order = [acts.day, acts.contact]
    window = ibis.window(group_by=["person", "referral"], order_by=order)
    ranked = acts.mutate(
        nth=ibis.row_number().over(window), age_before=acts.act_age.lag().over(window)
    )
    second = ranked.filter(
        ranked.nth == 1,
        ranked.age_before < rule.number("first_under"),
        ranked.day.between(scope.period.start, scope.period.end),
    )
    return second.mutate(age=second.age_before)


def each_act_once(acts: ir.Table) -> ir.Table:
    """One row an act of a referral, however often it was sent: that of the earliest referral row.

    Indirect activity has no id: once a day.
    """
    named = acts.mutate(
        contact=ibis.coalesce(acts.contact, ibis.literal(INDIRECT)),
        known_age=ibis.coalesce(acts.act_age, ibis.literal(NO_AGE)),
    )
    keys = ("person", "referral", "contact", "day")
    kept = ("provider", "sub_icb", "act_age", *(n for n in DIMS if n in named.columns))
    order = ibis.struct({"month": named.month, "row": named.row, "age": named.known_age})
    first = ibis.struct({name: named[name] for name in kept}).argmin(order)
    grouped = named.group_by(*keys).aggregate(first=first)
    return grouped.select(*keys, **{name: grouped.first[name] for name in kept})


def rows_of_91(scope: "Scope") -> ir.Table:
    """One row a contact with a perinatal team of a person recorded as a woman.

    At the age that day.
    """
    women = women_referred(scope)
    rule = definitions().rules["face_or_video"]
    rows = contacts()
    since = rows.month >= rule.number("from_month")
    mode = (since & rows.mechanism.isin(rule.codes("spoken"))) | (
        ~since & rows.mechanism.isin(rule.codes("before_spoken"))
    )
    seen = rows.filter(
        rows.day.between(scope.period.start, scope.period.end),
        rows.attendance.isin(rule.codes("attended")),
        mode,
        rows.age.notnull(),
    )
    pairs = women.select(pair_person=women.person, pair_referral=women.referral)
    kept = seen.semi_join(
        pairs, [seen.person == pairs.pair_person, seen.referral == pairs.pair_referral]
    )
    return with_record(kept, scope)


def women_referred(scope: "Scope") -> ir.Table:
    """The referral rows of the period to perinatal teams, of people recorded as women.

    In England.
    """
    refs = months_of_window(referral_rows(), scope)
    refs = refs.filter(to_perinatal_team(refs, scope))
    refs = with_record(refs, scope)
    people = source("MHS001MPI")
    gender = people.select(
        its_record=people.RecordNumber,
        gender=blank(people.GenderIDCode),
        same=people.GenderSameAtBirth,
        older=people.Gender,
    )
    joined = refs.left_join(gender, refs.record == gender.its_record)
    rule = definitions().rules["counted_as_woman"]
    changed = (joined.gender == rule.word("changed_from")) & (
        joined.same == rule.word("not_same_at_birth")
    )
    older = joined.gender.isnull() & (joined.older == rule.word("older_code"))
    woman = joined.gender.isin(rule.codes("gender")) | changed | older
    return joined.filter(woman, in_england(joined, definitions().rules["in_england"], scope))


def to_perinatal_team(refs: ir.Table, scope: "Scope") -> ir.BooleanValue:
    """The referral's own team, or another team that it went to, is perinatal or maternal."""
    codes = definitions().rules["perinatal_team"].codes()
    own: ir.BooleanValue = refs.team_type.isin(codes)
    if OTHER_TEAMS not in scope.tables:
        return own
    others = source(OTHER_TEAMS)
    sent = others.filter(others.ServTeamTypeRefToMH.isin(codes))
    return own | refs.referral.isin(sent.UniqServReqID)


ROWS = {"MHS95": rows_of_95, "MHS69": rows_of_69, "MHS91": rows_of_91}
