"""Figures that are no counts.

Waits in days, shares seen in time, and providers on paper against practice.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import ibis

from nestling.analytics.access import waits
from nestling.analytics.access.ages import Ages, parse_ages
from nestling.analytics.access.figures import Figures, Key
from nestling.analytics.access.people import count_people
from nestling.analytics.access.scope import source
from nestling.analytics.access.tally import Place
from nestling.reference.access import MeasureEntry, definitions
from nestling.reference.access.areas import ENGLAND
from nestling.science.disclosure import HIDDEN, DisclosureRule, Shown, safe_count
from nestling.science.disclosure.lifetable import Stretch, share_seen

if TYPE_CHECKING:
    from nestling.analytics.access.scope import Scope
    from nestling.analytics.engines.base import Engine

DAYS_A_WEEK = 7
OPEN_ENDED = 10**6


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One figure that is no count.

    As a reader may see it, exactly, and how many stand behind it.
    """

    shown: str
    value: str
    note: str


@dataclass(slots=True)
class Observed:
    """What the engine found in one period.

    Waits to each contact, outcomes, and providers' numbers.
    """

    waits: dict[int, "waits.Spread"]
    outcomes: "waits.Spread"
    seen_by_provider: dict[str, int]
    accepts: dict[str, str]


def observe(engine: "Engine", measures: Sequence[MeasureEntry], scope: "Scope") -> Observed:
    """Everything that the statistics asked for need, of one period."""
    nths = sorted({measure.nth for measure in measures if measure.nth})
    shares = any(measure.weeks for measure in measures)
    providers = any(measure.of == "providers" for measure in measures)
    return Observed(
        {nth: waits.wait_days(engine, scope, nth=nth) for nth in nths},
        waits.outcomes(engine, scope) if shares else {},
        seen_by_provider(engine, scope) if providers else {},
        accepting(engine) if providers else {},
    )


def accepting(engine: "Engine") -> dict[str, str]:
    """What each provider says about under-twos: ``yes``, ``no`` or anything else for not known."""
    table = source("AcceptsUnderTwos")
    rows = engine.rows(table.select(provider=table.OrgIDProv, accepts=table.Accepts))
    return {row["provider"]: str(row["accepts"]).strip().lower() for row in rows}


def seen_by_provider(engine: "Engine", scope: "Scope") -> dict[str, int]:
    """Children of 0 to 2 seen by each provider of the extract, none included."""
    from_birth = replace(scope, geographies=("provider",), breakdowns=(), ages=small())
    counted = count_people(engine, [definitions().measures["children_ge1"]], from_birth)
    found = dict.fromkeys(provider_codes(engine), 0)
    for (place, group), number in counted["children_ge1"].items():
        if not group.is_single and place.code in found:
            found[place.code] = number
    return found


def small() -> Ages:
    """The ages 0 to 2."""
    return parse_ages("0-2")


def provider_codes(engine: "Engine") -> list[str]:
    """Every provider that sent a referral or a contact."""
    first, second = source("MHS101Referral"), source("MHS201CareContact")
    codes = ibis.union(
        first.select(provider=first.OrgIDProv),
        second.select(provider=second.OrgIDProv),
        distinct=True,
    )
    return sorted(row["provider"] for row in engine.rows(codes) if row["provider"])


def statistic(
    key: Key, observed: Observed, rule: DisclosureRule, counts: Mapping[Key, Shown]
) -> Statistic:
    """One figure: hidden unless enough people stand behind it and none of its parts is hidden."""
    measure = definitions().measures[key.measure]
    if measure.of == "providers":
        return of_providers(measure.name, observed)
    people = counts.get(replace(key, measure=str(measure.counted_as)), HIDDEN)
    note = "" if people is HIDDEN else f"n = {people}"
    if measure.of == "days":
        return of_days(
            measure, observed.waits[measure.nth or 1].get((key.place, key.age)), rule, people=people
        )
    ends = observed.outcomes.get((key.place, key.age), Counter())
    exact = share(ends, measure.weeks or 0, identity())
    safe = share(ends, measure.weeks or 0, rule, place=key.place.kind)
    shown = str(HIDDEN) if safe is None or people is HIDDEN else str(round(100 * safe))
    return Statistic(shown=shown, value="" if exact is None else f"{100 * exact:.1f}", note=note)


def of_days(
    measure: MeasureEntry, days: "Counter[int] | None", rule: DisclosureRule, *, people: Shown
) -> Statistic:
    """A median or a 90th centile of days."""
    percent = measure.percentile or 50
    exact = waits.percentile(days or Counter(), percent)
    enough = people is not HIDDEN and rule.may_show_percentile(
        percent, people=(days or Counter()).total()
    )
    shown = str(round(exact)) if exact is not None and enough else str(HIDDEN)
    value = "" if exact is None else f"{exact:.1f}"
    return Statistic(shown=shown, value=value, note="" if people is HIDDEN else f"n = {people}")


def identity() -> DisclosureRule:
    """The rule that leaves every count as it is."""
    return DisclosureRule(name="none", hide_below=0, hide_zero=False, round_to=1)


def share(
    ends: "Counter[Any]", weeks: int, rule: DisclosureRule, *, place: str = ""
) -> float | None:
    """The share seen by so many weeks, from counts that the rule lets a reader see.

    ``None`` where one is hidden.
    """
    limits = [w for w in definitions().rules["life_table"].numbers("weeks") if w <= weeks]
    stretches = []
    people: Shown = safe_count(ends.total(), rule, place=place)
    for since, until in zip([0, *limits], limits, strict=False):
        counts = [
            safe_count(within(ends, event, since=since, until=until), rule, place=place)
            for event in ("seen", "left", "aged_out", "waiting")
        ]
        known = [count for count in counts if count is not HIDDEN]
        if len(known) < len(counts):
            return None
        stretches.append(Stretch(seen=known[0], left=known[1], aged_out=known[2], waiting=known[3]))
    return None if people is HIDDEN else share_seen(people, stretches)


def within(ends: "Counter[Any]", event: str, *, since: int, until: int) -> int:
    """How many came to one end after more than ``since`` and at most ``until`` weeks.

    Day 0 is in the first.
    """
    low = since * DAYS_A_WEEK if since else -1
    return sum(
        n for (what, days), n in ends.items() if what == event and low < days <= until * DAYS_A_WEEK
    )


def of_providers(name: str, observed: Observed) -> Statistic:
    """How many providers are of one kind; a count of providers is no count of people."""
    enough = definitions().rules["declared_by_provider"].number("enough")
    kinds = Counter(
        kind_of(observed.accepts.get(provider, ""), seen >= enough)
        for provider, seen in {
            **dict.fromkeys(observed.accepts, 0),
            **observed.seen_by_provider,
        }.items()
    )
    number = str(kinds[name])
    return Statistic(shown=number, value=number, note="providers, not people")


def kind_of(accepts: str, saw_enough: bool) -> str:  # noqa: FBT001 - the two axes of the table
    """The measure under which a provider is counted."""
    if accepts == "yes":
        return "providers_accept_saw_5_or_more" if saw_enough else "providers_accept_saw_fewer"
    return "providers_do_not_accept" if accepts == "no" else "providers_not_known"


def keys_of_statistic(measure: MeasureEntry, figures: Figures, places: Sequence[Key]) -> list[Key]:
    """The places and ages at which a statistic has a row."""
    if measure.of == "providers":
        period = figures.periods[-1]
        groups = tuple("all" for _ in figures.scope.breakdowns)
        return [Key(measure.name, period, Place("country", ENGLAND, groups), small().totals[0])]
    return [replace(key, measure=measure.name) for key in places]
