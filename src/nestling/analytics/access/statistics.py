"""Figures that are no counts.

Waits in days, shares seen in time, and providers on paper against practice.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import ibis

from nestling.analytics.access import waits
from nestling.analytics.access.ages import Ages, parse_ages
from nestling.analytics.access.figures import Figures, Key, codes_of
from nestling.analytics.access.lifetables import share
from nestling.analytics.access.people import count_people
from nestling.analytics.access.scope import ALL, source
from nestling.analytics.access.tally import Place
from nestling.reference.access import MeasureEntry, areas, definitions
from nestling.reference.access.areas import UNKNOWN
from nestling.science.disclosure import HIDDEN, DisclosureRule, Shown
from nestling.science.disclosure.rule import bounds

if TYPE_CHECKING:
    from nestling.analytics.access.scope import Scope
    from nestling.analytics.access.waits import Spread
    from nestling.analytics.engines.base import Engine

#: What stands where nobody is: neither a number nor hidden.
NOTHING = ""
#: The measure by which a provider is said to have seen children of 0 to 2.
BEHIND_PROVIDERS = "children_ge1"
#: Where providers are counted by what they say and do.
PLACES_OF_PROVIDERS = ("country", "region", "icb")


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

    waits: "dict[int, Spread]"
    outcomes: "Spread"
    seen_by_provider: dict[str, int]
    accepts: dict[str, str]
    boards: dict[str, str] = field(default_factory=dict)


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
        boards_of(engine) if providers else {},
    )


def accepting(engine: "Engine") -> dict[str, str]:
    """What each provider says about under-twos: ``yes``, ``no`` or anything else for not known."""
    table = source("AcceptsUnderTwos")
    rows = engine.rows(table.select(provider=table.OrgIDProv, accepts=table.Accepts))
    return {row["provider"]: str(row["accepts"]).strip().lower() for row in rows}


def boards_of(engine: "Engine") -> dict[str, str]:
    """The integrated care board in which each provider declares itself, where it does."""
    table = source("AcceptsUnderTwos")
    rows = engine.rows(table.select(provider=table.OrgIDProv, board=table.ICB))
    known = {area.code for area in areas().of_type("icb")}
    return {row["provider"]: row["board"] for row in rows if row["board"] in known}


def seen_by_provider(engine: "Engine", scope: "Scope") -> dict[str, int]:
    """Children of 0 to 2 seen by each provider of the extract, none included."""
    from_birth = replace(scope, geographies=("provider",), breakdowns=(), ages=small())
    counted = count_people(engine, [definitions().measures[BEHIND_PROVIDERS]], from_birth)
    found = dict.fromkeys(provider_codes(engine), 0)
    for (place, group), number in counted[BEHIND_PROVIDERS].items():
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
        return of_providers(key, observed, counts)
    if measure.of == "days":
        return of_days(key, observed.waits[measure.nth or 1], rule, counts)
    found = share(key, measure.weeks or 0, counts)
    if found.value is None:
        return Statistic(shown=str(HIDDEN) if found.hidden else NOTHING, value="", note=found.words)
    percent = 100 * found.value
    return Statistic(shown=str(round(percent)), value=f"{percent:.1f}", note=found.words)


def of_days(
    key: Key, waited: "Spread", rule: DisclosureRule, counts: Mapping[Key, Shown]
) -> Statistic:
    """A median or a 90th centile of days, where the shown count proves that enough people waited.

    So whether it is shown says no more than the count does.
    """
    measure = definitions().measures[key.measure]
    people = counts.get(replace(key, measure=str(measure.counted_as)), HIDDEN)
    exact = waits.percentile(
        waited.get((key.place, key.age), Counter()), percent := measure.percentile or 50
    )
    least, _most = bounds(people, rule, place=key.place.kind)
    note = "" if people is HIDDEN else f"n = {people}"
    if exact is not None and people is not HIDDEN and rule.may_show_percentile(percent, least):
        return Statistic(shown=str(round(exact)), value=f"{exact:.1f}", note=note)
    return Statistic(shown=NOTHING if people == 0 else str(HIDDEN), value="", note=note)


def of_providers(key: Key, observed: Observed, counts: Mapping[Key, Shown]) -> Statistic:
    """How many providers are of one kind; a count of providers is no count of people.

    Where an output shows figures by provider the kinds follow from what it shows: a provider whose
    count is hidden stands with those that saw fewer.
    """
    enough = definitions().rules["declared_by_provider"].number("enough")
    by_provider = [cell for cell in counts if cell.place.kind == "provider"]
    cells = [cell for cell in by_provider if is_seen_by_provider(cell, key)]
    if by_provider and not cells:
        return Statistic(shown=str(HIDDEN), value="", note="hidden beside figures by provider")
    shown = {cell.place.code: n for cell in cells if (n := counts[cell]) is not HIDDEN}
    note = "providers, not people"
    if cells:
        note += "; a provider whose count is hidden stands with those that saw fewer"
    known = dict.fromkeys(observed.seen_by_provider, 0) if cells else observed.seen_by_provider
    seen = {**known, **shown}
    if is_of_hidden_area(key, counts):
        return Statistic(shown=str(HIDDEN), value="", note="hidden beside its hidden count")
    kinds = Counter(
        kind_of(observed.accepts.get(provider, ""), saw_enough=seen.get(provider, 0) >= enough)
        for provider in {**observed.accepts, **seen}
        if lies_in(key.place, observed.boards.get(provider, UNKNOWN))
    )
    number = str(kinds[key.measure])
    return Statistic(shown=number, value=number, note=note)


def is_of_hidden_area(key: Key, counts: Mapping[Key, Shown]) -> bool:
    """True for an area whose own count of children seen is hidden: its providers say no more."""
    behind = Key(BEHIND_PROVIDERS, key.period, key.place, key.age)
    return key.place.kind != "country" and counts.get(behind, HIDDEN) is HIDDEN


def lies_in(place: Place, board: str) -> bool:
    """True where a provider of a board is one of a place."""
    if place.kind == "country":
        return True
    if place.kind == "icb" or board == UNKNOWN:
        return place.code == board
    return place.code == areas().parent_of(board)


def is_seen_by_provider(cell: Key, key: Key) -> bool:
    """True for the shown count of children seen, at the ages of a key, of one provider."""
    place = cell.place
    return (
        cell.measure == BEHIND_PROVIDERS
        and (cell.period, cell.age) == (key.period, key.age)
        and place.kind == "provider"
        and place.code != UNKNOWN
        and set(place.groups) <= {ALL}
    )


def kind_of(accepts: str, *, saw_enough: bool) -> str:
    """The measure under which a provider is counted."""
    if accepts == "yes":
        return "providers_accept_saw_5_or_more" if saw_enough else "providers_accept_saw_fewer"
    return "providers_do_not_accept" if accepts == "no" else "providers_not_known"


def keys_of_statistic(measure: MeasureEntry, figures: Figures, places: Sequence[Key]) -> list[Key]:
    """The places and ages at which a statistic has a row."""
    if measure.of == "providers":
        groups = tuple(ALL for _ in figures.scope.breakdowns)
        kinds = [kind for kind in figures.scope.geographies if kind in PLACES_OF_PROVIDERS]
        spots = [Place(kind, code, groups) for kind in kinds for code in codes_of(kind, ())]
        ages = small().totals[0]
        return [Key(measure.name, p, place, ages) for p in figures.periods for place in spots]
    return [replace(key, measure=measure.name) for key in places]
