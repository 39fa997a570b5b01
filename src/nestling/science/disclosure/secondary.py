"""Second hiding: no hidden count follows from the totals and neighbours that are shown."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class View:
    """What a reader sees: the range of each cell by its own mark, and the secret counts that must stay possible."""

    table: Table
    ranges: list[tuple[float, float]]
    secret: dict[int, tuple[float, float]]


def protect(table: Table, rule: DisclosureRule) -> list[Shown]:
    """What may be shown of each cell, so that no hidden one can be narrowed within the hidden range.

    Every hidden cell, of first or second hiding, may be any count below the limit that the zeros leave possible, for
    all that a reader can work out. Zeros are never hidden. Raises ``CannotProtectError`` where earlier publications
    leave no way.
    """
    shown = primary(table, rule)
    if not rule.secondary:
        return shown
    settled: set[int] = set()
    while exposed := exposed_cells(view_of(table, shown, rule, settled)):
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
    """What a reader sees of a table, and what must stay possible for each hidden cell that is not settled."""
    least = least_by_marks(table, shown)
    top = float(rule.hide_below - 1)
    secret = {
        cell: (least[cell], top)
        for cell, value in enumerate(shown)
        if value is HIDDEN and least[cell] <= top and cell not in settled
    }
    return View(table, known_bounds(table, shown, rule), secret)


def exposed_cells(view: View) -> list[int]:
    """The hidden cells that can be narrowed: by one relation at a time first, then by all together."""
    found = [cell for cell in view.secret if is_narrowed_by_one(view, cell)]
    return found or narrowed_by_all(view)


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


def narrowed_by_all(view: View) -> list[int]:
    """The hidden cells for which no consistent set of counts reaches both ends of the secret range."""
    loose = [low != high for low, high in view.ranges]
    found = []
    for group in components(view.table, loose=loose):
        inside = [cell for cell in group if cell in view.secret]
        if inside:
            found += unreachable(view, group=group, hidden=inside)
    return found


def unreachable(view: View, *, group: Sequence[int], hidden: Sequence[int]) -> list[int]:
    """The hidden cells of one component that cannot come to an end of their secret range."""
    attacker = Attacker(knowledge_of(view, group))
    low = not_reached(attacker, {cell: view.secret[cell][0] for cell in hidden}, sign=1.0)
    counts = view.table.cells
    tops = {cell: view.secret[cell][1] for cell in hidden}
    near = {cell: (view.ranges[cell][0], max(top, counts[cell].count)) for cell, top in tops.items()}
    attacker.narrow(near)
    high = not_reached(attacker, tops, sign=-1.0)
    attacker.narrow({cell: view.ranges[cell] for cell in hidden})
    high = [cell for cell in high if not reaches(attacker, cell, end=tops[cell], sign=-1.0)]
    return sorted({*low, *high})


def knowledge_of(view: View, group: Sequence[int]) -> Knowledge:
    """Everything known of one component: its relations and the ranges of every cell in them."""
    numbers = sorted({number for cell in group for number in view.table.touching(cell)})
    relations = [view.table.relations[number] for number in numbers]
    cells = {cell for relation in relations for cell in relation.cells} | set(group)
    return Knowledge({cell: view.ranges[cell] for cell in cells}, relations)


def not_reached(attacker: Attacker, ends: dict[int, float], *, sign: float) -> list[int]:
    """The cells that no solution brings to their end; one solution speaks for many cells."""
    left = list(ends)
    while left:
        found = attacker.solve(dict.fromkeys(left, sign))
        still = [cell for cell in left if not at_end(found, cell, end=ends[cell], sign=sign)]
        if len(still) == len(left):
            break
        left = still
    return [cell for cell in left if not reaches(attacker, cell, end=ends[cell], sign=sign)]


def reaches(attacker: Attacker, cell: int, *, end: float, sign: float) -> bool:
    """True where a solution brings one cell to an end of its secret range."""
    return at_end(attacker.solve({cell: sign}), cell, end=end, sign=sign)


def at_end(found: dict[int, float] | None, cell: int, *, end: float, sign: float) -> bool:
    """True where a solution has a cell at or beyond an end."""
    return found is not None and sign * found[cell] <= sign * end + NEAR


def to_hide(table: Table, shown: Sequence[Shown], exposed: int) -> int | None:
    """The next cell to hide for an exposed one: the least worth of those tied to it, then of those tied to these."""
    seen, edge = {exposed}, [exposed]
    while edge:
        around = {
            other for cell in edge for n in table.touching(cell) for other in table.relations[n].cells
        }
        choices = [cell for cell in around if can_hide(table, shown, cell)]
        if choices:
            return min(choices, key=lambda cell: (table.cells[cell].worth, table.cells[cell].count, cell))
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
        around = {c for cell in edge for n in table.touching(cell) for c in table.relations[n].cells}
        if any(table.cells[other].fixed is not None for other in around | {cell}):
            return True
        edge = sorted(around - seen)
        seen |= around
    return False
