"""The figures of a run as cells: every area at every age asked for, counted or zero."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from nestling.analytics.access.scope import ALL, NOT_KNOWN
from nestling.analytics.access.tally import Numbers, Place
from nestling.reference.access import areas, definitions
from nestling.reference.access.areas import ENGLAND, UNKNOWN
from nestling.reference.access.definitions import PART, SAME_PROVIDERS

if TYPE_CHECKING:
    from nestling.analytics.access.ages import AgeGroup
    from nestling.analytics.access.periods import Period
    from nestling.analytics.access.scope import Scope

KINDS = ("country", "region", "icb", "sub_icb", "provider")


@dataclass(frozen=True, slots=True)
class Key:
    """What one cell is about."""

    measure: str
    period: "Period"
    place: Place
    age: "AgeGroup"


@dataclass(slots=True)
class Figures:
    """Exact counts, not for publication, with what was asked for.

    And the counts behind shares; the providers of both periods, where others are in one alone.
    """

    scope: "Scope"
    measures: tuple[str, ...]
    periods: tuple["Period", ...]
    cells: dict[Key, int] = field(default_factory=dict)
    parts: dict[Key, int] = field(default_factory=dict)
    in_both: tuple[str, ...] = ()


def lay_out(
    scope: "Scope", counted: "dict[Period, dict[str, Numbers]]", providers: Sequence[str]
) -> Figures:
    """The counts of each period under a whole skeleton: what was not counted is zero, not missing.

    ``providers`` are those of the extract: no list of every provider exists.
    """
    periods = tuple(sorted(counted))
    measures = tuple(counted[periods[0]])
    figures = Figures(scope, measures, periods)
    observed = [place for numbers in counted.values() for n in numbers.values() for place, _ in n]
    groups = list(product(*group_values(scope, observed)))
    for measure, period in product(measures, periods):
        numbers = counted[period][measure]
        for place, age in slots(measure, scope, groups=groups, providers=providers):
            found = Place(place.kind, place.code) if measure.endswith(SAME_PROVIDERS) else place
            cells = figures.parts if PART in measure else figures.cells
            cells[Key(measure, period, place, age)] = numbers[found, age]
    return figures


def slots(
    measure: str, scope: "Scope", *, groups: Sequence[tuple[str, ...]], providers: Sequence[str]
) -> "Iterable[tuple[Place, AgeGroup]]":
    """Every place and age at which a measure has a row."""
    entry = definitions().measure(measure)
    beside = measure.endswith(SAME_PROVIDERS)
    kinds = ("country",) if entry.england_only or beside else scope.geographies
    groups = [tuple(ALL for _ in scope.breakdowns)] if beside else groups
    places = [(kind, code) for kind in kinds for code in codes_of(kind, providers)]
    for (kind, code), values in product(places, groups):
        for age in scope.ages_in(kind).up_to(entry.oldest).groups:
            yield Place(kind, code, values), age


def codes_of(kind: str, providers: Sequence[str]) -> list[str]:
    """Every code of one kind of geography, ``UNKNOWN`` last."""
    if kind == "country":
        return [ENGLAND]
    if kind == "provider":
        return [*sorted(set(providers) - {UNKNOWN}), UNKNOWN]
    return [*sorted(area.code for area in areas().of_type(kind)), UNKNOWN]


def group_values(scope: "Scope", observed: Sequence[Place]) -> list[list[str]]:
    """The values of each breakdown: all, those that occur, and not known."""
    return [
        [ALL, *sorted({place.groups[i] for place in observed} - {ALL, NOT_KNOWN}), NOT_KNOWN]
        for i in range(len(scope.breakdowns))
    ]
