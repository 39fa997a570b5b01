"""A table as an attacker sees it: cells, and what he knows of how they add up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from nestling.science.disclosure.rule import DisclosureRule, Shown, bounds, safe_count


class Kind(Enum):
    """How parts and a total are tied: the range of (sum of the parts) minus the total."""

    SUM = (0.0, 0.0)  # the parts add up to the total
    AT_MOST = (0.0, float("inf"))  # the total is at most the sum: a person may be in several parts
    WITHIN = (float("-inf"), 0.0)  # the parts together are within the total


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One count, where it is, and what hiding it would cost a reader: the dearest last."""

    count: int
    place: str = ""
    worth: int = 0
    fixed: Shown | None = None  # already published so: it cannot be hidden any more


@dataclass(frozen=True, slots=True)
class Relation:
    """Parts and total, by their places in the list of cells."""

    kind: Kind
    total: int
    parts: tuple[int, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        """Every cell that the relation ties."""
        return (*self.parts, self.total)


@dataclass(slots=True)
class Table:
    """Cells and relations that are published together."""

    cells: list[Cell]
    relations: list[Relation]
    _touching: dict[int, list[int]] = field(default_factory=dict)

    def touching(self, cell: int) -> list[int]:
        """The relations, by number, in which a cell stands."""
        if not self._touching:
            for number, relation in enumerate(self.relations):
                for member in relation.cells:
                    self._touching.setdefault(member, []).append(number)
        return self._touching.get(cell, [])


def that_hold(relations: Iterable[Relation], cells: Sequence[Cell]) -> list[Relation]:
    """The relations that the counts keep to; any is believed of cells that were published before.

    A relation that odd records break would let a reader, and the check, rule out what is true.
    """
    found = []
    for relation in relations:
        low, high = relation.kind.value
        parts = sum(cells[part].count for part in relation.parts)
        fixed = any(cells[cell].fixed is not None for cell in relation.cells)
        if fixed or low <= parts - cells[relation.total].count <= high:
            found.append(relation)
    return found


def primary(table: Table, rule: DisclosureRule) -> list[Shown]:
    """What the rule alone shows of each cell, before any second hiding."""
    return [
        safe_count(cell.count, rule, place=cell.place) if cell.fixed is None else cell.fixed
        for cell in table.cells
    ]


def known_bounds(
    table: Table, shown: Sequence[Shown], rule: DisclosureRule
) -> list[tuple[float, float]]:
    """The range in which a reader knows each cell to be from its own mark alone."""
    ranges = [
        bounds(value, rule, place=cell.place)
        for cell, value in zip(table.cells, shown, strict=True)
    ]
    return [(float(low), float("inf") if high is None else float(high)) for low, high in ranges]


def least_by_marks(table: Table, shown: Sequence[Shown]) -> list[float]:
    """The least that each cell can be, knowing only which cells are zero.

    Two hidden parts make at least two.

    No hiding can take this knowledge away, because a zero is shown as 0.
    """
    least = [0.0 if value == 0 else 1.0 for value in shown]
    changed = True
    while changed:
        changed = False
        for cell, low in (
            pair for relation in table.relations for pair in implied(relation, least)
        ):
            if low > least[cell]:
                least[cell], changed = low, True
    return least


def implied(relation: Relation, least: Sequence[float]) -> list[tuple[int, float]]:
    """What one relation says of the least of its cells."""
    found = []
    if relation.kind is not Kind.AT_MOST:
        found.append((relation.total, sum(least[part] for part in relation.parts)))
    alone = [part for part in relation.parts if least[part] > 0]
    if relation.kind is not Kind.WITHIN and len(alone) == 1:
        found.append((alone[0], least[relation.total]))
    return found


def components(table: Table, *, loose: Sequence[bool]) -> list[list[int]]:
    """Cells that are tied to each other through cells that are not known exactly."""
    parent = list(range(len(table.cells)))

    def root(cell: int) -> int:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    for relation in table.relations:
        free = [cell for cell in relation.cells if loose[cell]]
        for cell in free[1:]:
            parent[root(cell)] = root(free[0])
    found: dict[int, list[int]] = {}
    for cell in range(len(table.cells)):
        if loose[cell]:
            found.setdefault(root(cell), []).append(cell)
    return list(found.values())
