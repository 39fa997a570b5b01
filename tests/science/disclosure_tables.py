"""Random tables of areas by ages with totals, and an exact attack on what is shown of them."""

from collections.abc import Sequence
from random import Random

from nestling.science.disclosure import HIDDEN, DisclosureRule, Shown
from nestling.science.disclosure.attack import Attacker, Knowledge
from nestling.science.disclosure.table import (
    Cell,
    Kind,
    Relation,
    Table,
    known_bounds,
    least_by_marks,
)

SMALL = (0, 0, 1, 2, 3, 4, 5, 6, 8, 12, 30)
LIMIT = 5


def rule_of(base: int, *, secondary: bool = True) -> DisclosureRule:
    """Hide 1 to 4, round to a base."""
    return DisclosureRule(
        name="test", hide_below=LIMIT, hide_zero=False, round_to=base, secondary=secondary
    )


def random_table(seed: int) -> Table:
    """Areas by ages with both totals.

    Areas add up, or (people in several areas) they are at least the whole.
    """
    draw = Random(seed)
    adds_up = draw.random() < 0.5
    areas, ages = draw.randint(2, 5), draw.randint(2, 4)
    inner = [[draw.choice(SMALL) for _ in range(ages)] for _ in range(areas)]
    whole = [whole_of([row[age] for row in inner], draw, adds_up=adds_up) for age in range(ages)]
    rows = [*inner, whole]
    wide = ages + 1
    cells = [
        Cell(count=count, worth=(2 if row is whole else 0) + (number == ages))
        for row in rows
        for number, count in enumerate([*row, sum(row)])
    ]
    across = [
        Relation(Kind.SUM, r * wide + ages, tuple(r * wide + a for a in range(ages)))
        for r in range(areas + 1)
    ]
    down = [
        Relation(
            Kind.SUM if adds_up else Kind.AT_MOST,
            areas * wide + column,
            tuple(r * wide + column for r in range(areas)),
        )
        for column in range(wide)
    ]
    return Table(cells, [*across, *down])


def whole_of(column: list[int], draw: Random, *, adds_up: bool) -> int:
    """England's count of one age."""
    return sum(column) if adds_up else draw.randint(max(column), sum(column))


def narrowed(table: Table, shown: Sequence[Shown], rule: DisclosureRule) -> dict[int, list[int]]:
    """The hidden cells with the small counts that an attacker rules out, over whole numbers.

    Beyond what zeros say.
    """
    known = Knowledge(dict(enumerate(known_bounds(table, shown, rule))), table.relations)
    attacker = Attacker(known, whole=True)
    least = least_by_marks(table, shown)
    found = {}
    for cell in (number for number, value in enumerate(shown) if value is HIDDEN):
        usual = known.ranges[cell]
        values = range(int(least[cell]), rule.hide_below)
        out = [v for v in values if not attacker.can_be(cell, v, otherwise=usual)]
        if out:
            found[cell] = out
    return found
