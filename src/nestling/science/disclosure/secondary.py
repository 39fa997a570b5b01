"""Second hiding: no hidden count follows from the totals and neighbours that are shown."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from nestling.science.disclosure.attack import NEAR, Attacker, Knowledge
from nestling.science.disclosure.rule import HIDDEN, DisclosureRule, Shown
from nestling.science.disclosure.table import (
    Relation,
    Table,
    components,
    known_bounds,
    least_by_marks,
    primary,
)


class CannotProtectError(Exception):
    """Hidden counts that earlier publications give away, by their places in the list of cells."""

    def __init__(self, cells: Sequence[int]) -> None:
        """Keep the cells."""
        self.cells = list(cells)
        super().__init__(f"{len(self.cells)} hidden counts follow from what is already published")


LOW, HIGH = 1, -1
SEED = 20
#: Trials of many ends together go on while each brings about at least one in so many, with so
#: many misses.
ENOUGH = 25
PATIENCE = 2


class End(NamedTuple):
    """One end of a hidden cell's secret range.

    To be reached by making the cell small (1) or large (-1).
    """

    cell: int
    side: int


@dataclass(frozen=True, slots=True)
class View:
    """What a reader sees: the range of each cell by its own mark.

    And the secret counts that must stay possible.
    """

    table: Table
    ranges: list[tuple[float, float]]
    secret: dict[int, tuple[float, float]]


def protect(table: Table, rule: DisclosureRule) -> list[Shown]:
    """What may be shown of each cell.

    So that no hidden one can be narrowed within the hidden range.

    Every hidden cell, of first or second hiding, may be any count below the limit that the zeros
    leave possible, for
    all that a reader can work out. Zeros are never hidden. Raises ``CannotProtectError`` where
    earlier publications
    leave no way.
    """
    shown = primary(table, rule)
    if not rule.secondary:
        return shown
    settled: set[int] = set()
    proved: set[End] = set()
    while exposed := exposed_cells(view_of(table, shown, rule, settled), proved):
        for cell in exposed:
            more = to_hide(table, shown, cell)
            if more is None:
                settled.add(cell)
            else:
                shown[more] = HIDDEN
    given_away = [cell for cell in settled if stands_with_fixed(table, cell)]
    if given_away:
        raise CannotProtectError(sorted(given_away))
    return shown


def view_of(
    table: Table, shown: Sequence[Shown], rule: DisclosureRule, settled: Container[int] = ()
) -> View:
    """What a reader sees of a table.

    And what must stay possible for each hidden cell that is not settled.
    """
    least = least_by_marks(table, shown)
    top = float(rule.hide_below - 1)
    secret = {
        cell: (least[cell], top)
        for cell, value in enumerate(shown)
        if value is HIDDEN and least[cell] <= top and cell not in settled
    }
    return View(table, known_bounds(table, shown, rule), secret)


def exposed_cells(view: View, proved: set[End]) -> list[int]:
    """The hidden cells that can be narrowed: by one relation at a time first, then by all together.

    An end that was once proved to be possible stays so, because hiding more cells only leaves more
    possible.
    """
    found = [cell for cell in view.secret if is_narrowed_by_one(view, cell)]
    return found or narrowed_by_all(view, proved)


def is_narrowed_by_one(view: View, cell: int) -> bool:
    """True where a single relation rules out part of the secret range of a cell."""
    low, high = view.secret[cell]
    for number in view.table.touching(cell):
        lowest, highest = implied_range(view, view.table.relations[number], cell)
        if lowest > low or highest < high:
            return True
    return False


def implied_range(view: View, relation: Relation, cell: int) -> tuple[float, float]:
    """The range that one relation and the ranges of its other cells leave for a cell."""
    others = [part for part in relation.parts if part != cell]
    low = sum(view.ranges[part][0] for part in others)
    high = sum(view.ranges[part][1] for part in others)
    least, most = relation.kind.value
    if cell == relation.total:
        return low - most, high - least
    total_low, total_high = view.ranges[relation.total]
    return least + total_low - high, most + total_high - low


def narrowed_by_all(view: View, proved: set[End]) -> list[int]:
    """The hidden cells that no consistent set of counts brings to both ends of their range."""
    loose = [low != high for low, high in view.ranges]
    found = []
    for group in components(view.table, loose=loose):
        wanted = {
            End(cell, side) for cell in group if cell in view.secret for side in (LOW, HIGH)
        } - proved
        if wanted:
            failed = unreachable(view, group=group, wanted=wanted)
            proved |= {end for end in wanted if end.cell not in failed}
            found += sorted(failed)
    return found


def unreachable(view: View, *, group: Sequence[int], wanted: set[End]) -> set[int]:
    """The hidden cells of one component that cannot come to an end of their secret range.

    A consistent set of counts speaks for every cell that it brings to an end: so many ends are
    first tried together, at random, with no count above the true one; what is left is tried
    one by one.
    """
    attacker = Attacker(knowledge_of(view, group))
    hidden = {end.cell for end in wanted}
    counts = view.table.cells
    near = {c: (view.ranges[c][0], max(view.secret[c][1], float(counts[c].count))) for c in hidden}
    attacker.narrow(near)
    left = together(view, attacker, wanted)
    attacker.narrow({cell: view.ranges[cell] for cell in hidden})
    return {end.cell for end in one_by_one(view, attacker, left)}


def together(view: View, attacker: Attacker, wanted: set[End]) -> set[End]:
    """The ends that no random trial of many of them at once brought about."""
    draw = Random(SEED)  # noqa: S311 - which trial comes first is no secret
    left = set(wanted)
    idle = 0
    while left and idle < PATIENCE:
        ordered = sorted(left)
        sides = {end.cell: end.side * draw.random() for end in draw.sample(ordered, len(ordered))}
        found = attacker.solve(sides)
        reached = {end for end in left if is_reached(view, found, end)}
        idle = 0 if len(reached) * ENOUGH > len(left) else idle + 1
        left -= reached
    return left


def one_by_one(view: View, attacker: Attacker, left: set[End]) -> set[End]:
    """The ends that no consistent set of counts brings about."""
    failed: set[End] = set()
    waiting = sorted(left, reverse=True)
    while waiting:
        end = waiting.pop()
        found = attacker.solve({end.cell: float(end.side)})
        if not is_reached(view, found, end):
            failed.add(end)
        waiting = [other for other in waiting if not is_reached(view, found, other)]
    return failed


def is_reached(view: View, found: dict[int, float] | None, end: End) -> bool:
    """True where a consistent set of counts has a cell at or beyond an end of its secret range."""
    low, high = view.secret[end.cell]
    if found is None:
        return False
    return found[end.cell] <= low + NEAR if end.side == LOW else found[end.cell] >= high - NEAR


def knowledge_of(view: View, group: Sequence[int]) -> Knowledge:
    """Everything known of one component: its relations and the ranges of every cell in them."""
    numbers = sorted({number for cell in group for number in view.table.touching(cell)})
    relations = [view.table.relations[number] for number in numbers]
    cells = {cell for relation in relations for cell in relation.cells} | set(group)
    return Knowledge({cell: view.ranges[cell] for cell in cells}, relations)


def to_hide(table: Table, shown: Sequence[Shown], exposed: int) -> int | None:
    """The next cell to hide for an exposed one.

    The least worth of those tied to it, then of those tied to these.
    """
    seen, edge = {exposed}, [exposed]
    while edge:
        around = {
            other
            for cell in edge
            for n in table.touching(cell)
            for other in table.relations[n].cells
        }
        choices = [cell for cell in around if can_hide(table, shown, cell)]
        if choices:
            return min(
                choices, key=lambda cell: (table.cells[cell].worth, table.cells[cell].count, cell)
            )
        edge = sorted(around - seen)
        seen |= around
    return None


def can_hide(table: Table, shown: Sequence[Shown], cell: int) -> bool:
    """True for a cell that is shown, is no zero and was not published before."""
    counted = table.cells[cell]
    return shown[cell] is not HIDDEN and counted.count > 0 and counted.fixed is None


def stands_with_fixed(table: Table, cell: int) -> bool:
    """True where a cell is tied, through any others, to one that was published before."""
    seen, edge = {cell}, [cell]
    while edge:
        around = {
            c for cell in edge for n in table.touching(cell) for c in table.relations[n].cells
        }
        if any(table.cells[other].fixed is not None for other in around | {cell}):
            return True
        edge = sorted(around - seen)
        seen |= around
    return False
