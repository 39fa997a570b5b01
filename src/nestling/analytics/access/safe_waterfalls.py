"""What may be shown of waterfalls that stand in one output, checked together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nestling.analytics.access.figures import Key
from nestling.analytics.access.periods import Period
from nestling.analytics.access.relations import CONTAINED
from nestling.analytics.access.scope import ALL
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
    falls: Sequence[tuple[Waterfall, Period]],
    rule: DisclosureRule,
    earlier: Mapping[Key, Shown] | None = None,
) -> list[dict[Place, Shown]]:
    """What may be shown of each waterfall: by number of step, ``left`` or ``lost``, and age.

    ``earlier`` holds what was published before: who is left at the end of a waterfall is shown as
    it was, and the check covers all together. Raises ``CannotProtectError`` where that cannot be.
    """
    spots = [spots_of(fall, period) for fall, period in falls]
    counts = {spot: count for found in spots for spot, count in found.values()}
    before = published_before(falls, earlier or {})
    counts |= {spot: 0 for spot in before if spot not in counts}
    number = {spot: place for place, spot in enumerate(counts)}
    cells = [
        Cell(count=n, place="country", worth=worth(spot), fixed=before.get(spot))
        for spot, n in counts.items()
    ]
    ties = dict.fromkeys(
        Relation(kind, number[total], tuple(number[part] for part in parts))
        for kind, total, parts in (*ties_of(falls), *between(falls), *ranges(falls, before))
    )
    shown = protect(Table(cells, list(ties) if rule.secondary else []), rule)
    return [
        {place: shown[number[spot]] for place, (spot, _count) in found.items()} for found in spots
    ]


def published_before(
    falls: Sequence[tuple[Waterfall, Period]], earlier: Mapping[Key, Shown]
) -> dict[Spot, Shown]:
    """What earlier outputs show of those left at the end of a waterfall, by year and by range."""
    england = {
        (key.measure, key.period, key.age.label): shown
        for key, shown in earlier.items()
        if key.place.kind == "country" and set(key.place.groups) <= {ALL}
    }
    return {
        end_of(fall, period, age=age): shown
        for fall, period in falls
        for (measure, when, age), shown in england.items()
        if (measure, when) == (fall.measure, period) and years_of(age) <= set(fall.ages)
    }


def years_of(age: str) -> set[str]:
    """The single years of an age or a range; of months, the months' own name."""
    first, _, last = age.partition("-")
    if not (first + (last or first)).isdigit():
        return {age}
    return {str(year) for year in range(int(first), int(last or first) + 1)}


def end_of(fall: Waterfall, period: Period, *, age: str) -> Spot:
    """The number of those left after the last rule."""
    return spot(fall, period, step=len(fall.steps) - 1, what=LEFT, age=age)


def ranges(
    falls: Sequence[tuple[Waterfall, Period]], before: Mapping[Spot, Shown]
) -> Iterator[Tie]:
    """A range that was published before is the sum of its years at the end of a waterfall."""
    for fall, period in falls:
        for found in before:
            years = sorted(years_of(found.age))
            if found == end_of(fall, period, age=found.age) and len(years) > 1:
                yield Kind.SUM, found, [end_of(fall, period, age=year) for year in years]


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
