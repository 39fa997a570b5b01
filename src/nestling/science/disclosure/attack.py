"""The attacker: every published number and relation in one linear program."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from nestling.science.disclosure.table import Relation

INFINITY = highspy.kHighsInf
NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of some cells: their ranges, and the relations that tie them."""

    ranges: dict[int, tuple[float, float]]
    relations: Sequence[Relation]


class Attacker:
    """Asks how low and how high a cell can be; one model, asked many times."""

    def __init__(self, knowledge: Knowledge, *, whole: bool = False) -> None:
        """Write the program down; ``whole`` admits whole counts only."""
        self.cells = sorted(knowledge.ranges)
        self.column = {cell: number for number, cell in enumerate(self.cells)}
        self.model = highspy.Highs()  # type: ignore[no-untyped-call]  # the solver has no types
        self.model.setOptionValue("output_flag", False)  # noqa: FBT003 - an option's value
        self.model.setOptionValue("threads", 1)
        self.model.passModel(program(knowledge, self.column, whole=whole))

    def solve(self, costs: dict[int, float]) -> dict[int, float] | None:
        """The cells of the cheapest solution.

        Or ``None`` where the numbers contradict each other.
        """
        columns = np.arange(len(self.cells), dtype=np.int32)
        values = np.zeros(len(self.cells))
        for cell, cost in costs.items():
            values[self.column[cell]] = cost
        self.model.changeColsCost(len(self.cells), columns, values)
        self.model.run()
        if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found = self.model.getSolution().col_value
        return dict(zip(self.cells, found, strict=True))

    def narrow(self, ranges: dict[int, tuple[float, float]]) -> None:
        """Set the ranges of some cells anew."""
        for cell, (low, high) in ranges.items():
            self.model.changeColBounds(self.column[cell], low, min(high, INFINITY))

    def can_be(self, cell: int, value: int, *, otherwise: tuple[float, float]) -> bool:
        """True where the published numbers allow a cell to have a value."""
        self.narrow({cell: (value, value)})
        found = self.solve({})
        self.narrow({cell: otherwise})
        return found is not None


def program(knowledge: Knowledge, column: dict[int, int], *, whole: bool) -> highspy.HighsLp:
    """The program: a column a cell, a row a relation; a cell that is not listed is not tied."""
    lp = highspy.HighsLp()
    lp.num_col_ = len(column)
    ranges = [knowledge.ranges[cell] for cell in column]
    lp.col_cost_ = np.zeros(len(column))
    lp.col_lower_ = np.array([low for low, _ in ranges])
    lp.col_upper_ = np.array([min(high, INFINITY) for _, high in ranges])
    rows = [(relation.kind.value, terms(relation, column)) for relation in knowledge.relations]
    lp.num_row_ = len(rows)
    lp.row_lower_ = np.array([max(low, -INFINITY) for (low, _), _ in rows])
    lp.row_upper_ = np.array([min(high, INFINITY) for (_, high), _ in rows])
    starts = np.cumsum([0, *(len(row) for _, row in rows)])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = starts.astype(np.int32)
    lp.a_matrix_.index_ = np.array([index for _, row in rows for index, _ in row], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([value for _, row in rows for _, value in row], dtype=float)
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(column)
    return lp


def terms(relation: Relation, column: dict[int, int]) -> list[tuple[int, float]]:
    """The row of a relation: its parts, less its total."""
    return [*((column[part], 1.0) for part in relation.parts), (column[relation.total], -1.0)]


def recovered(
    knowledge: Knowledge, hidden: Iterable[int], *, secret: Sequence[int]
) -> dict[int, list[int]]:
    """For each hidden cell that can be narrowed, the secret counts that are ruled out.

    An exact attack over whole numbers: slow and sure, for tests and small tables.
    """
    attacker = Attacker(knowledge, whole=True)
    found = {}
    for cell in hidden:
        usual = knowledge.ranges[cell]
        out = [value for value in secret if not attacker.can_be(cell, value, otherwise=usual)]
        if out:
            found[cell] = out
    return found
