"""What may be shown of waterfalls that stand in one output, checked together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nestling.analytics.access.periods import Period
from nestling.analytics.access.relations import CONTAINED
from nestling.analytics.access.waterfall import TOTAL, Waterfall
from nestling.science.disclosure import DisclosureRule, Shown
from nestling.science.disclosure.secondary import protect
from nestling.science.disclosure.table import Cell, Kind, Relation, Table

LEFT, LOST = "left", "lost"
#: A rule after which a person's age is that of another contact, so that steps before it that two
#: waterfalls share agree in their totals alone.
RETELLS_AGES = "old_childrens_team"


@dataclass(frozen=True, slots=True)
class Spot:
    """One number of a waterfall: the rules up to it, what it counts, at which age.

    Two waterfalls that begin with the same rules share the numbers of these.
    """

    period: Period
    rules: tuple[str, ...]
    what: str
    age: str
    told: str = ""


Tie = tuple[Kind, Spot, list[Spot]]
Place = tuple[int, str, str]


def safe_waterfalls(
    falls: Sequence[tuple[Waterfall, Period]], rule: DisclosureRule
) -> list[dict[Place, Shown]]:
    """What may be shown of each waterfall: by number of step, ``left`` or ``lost``, and age."""
    spots = [spots_of(fall, period) for fall, period in falls]
    counts = {spot: count for found in spots for spot, count in found.values()}
    number = {spot: place for place, spot in enumerate(counts)}
    cells = [Cell(count=n, place="country", worth=worth(spot)) for spot, n in counts.items()]
    ties = dict.fromkeys(
        Relation(kind, number[total], tuple(number[part] for part in parts))
        for kind, total, parts in (*ties_of(falls), *between(falls))
    )
    shown = protect(Table(cells, list(ties) if rule.secondary else []), rule)
    return [
        {place: shown[number[spot]] for place, (spot, _count) in found.items()} for found in spots
    ]


def spots_of(fall: Waterfall, period: Period) -> dict[Place, tuple[Spot, int]]:
    """Every number of a waterfall, by its place in it."""
    return {
        (n, what, age): (spot(fall, period, step=n, what=what, age=age), getattr(step, what)[age])
        for n, step in enumerate(fall.steps)
        for what in (LEFT, LOST)
        for age in fall.ages
    }


def spot(fall: Waterfall, period: Period, *, step: int, what: str, age: str) -> Spot:
    """The number of one step."""
    rules = tuple(each.rule for each in fall.steps)
    told = RETELLS_AGES if RETELLS_AGES in rules and age != TOTAL else ""
    first = (rules[1] if step == 0 else "", *rules[1 : step + 1])
    return Spot(period, first, what, age, told)


def ties_of(falls: Sequence[tuple[Waterfall, Period]]) -> Iterator[Tie]:
    """Ages add up to everyone; those left and those lost add up to those left before."""
    for fall, period in falls:
        for n in range(len(fall.steps)):
            for what in (LEFT, LOST):
                total, *parts = (
                    spot(fall, period, step=n, what=what, age=age)
                    for age in (TOTAL, *fall.ages[:-1])
                )
                yield Kind.SUM, total, parts
        for n in range(1, len(fall.steps)):
            for age in fall.ages:
                before = spot(fall, period, step=n - 1, what=LEFT, age=age)
                after = [spot(fall, period, step=n, what=what, age=age) for what in (LEFT, LOST)]
                yield Kind.SUM, before, after


def between(falls: Sequence[tuple[Waterfall, Period]]) -> Iterator[Tie]:
    """Who is left at the end of one waterfall is left at the end of another."""
    ends = {
        (fall.measure, period, age): spot(
            fall, period, step=len(fall.steps) - 1, what=LEFT, age=age
        )
        for fall, period in falls
        for age in fall.ages
    }
    for small, large, always in CONTAINED:
        for (measure, period, age), end in ends.items():
            whole = ends.get((large, period, age))
            if measure == small and whole and whole != end and (always or age == TOTAL):
                yield Kind.WITHIN, whole, [end]


def worth(spot: Spot) -> int:
    """What hiding a number would cost its readers: totals and those left are worth more."""
    return 2 * (spot.age == TOTAL) + (spot.what == LEFT)
