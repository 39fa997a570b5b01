"""Exact figures in, what may be shown of each cell out.

One check over everything that is published together.
"""

from collections.abc import Mapping

from nestling.analytics.access.figures import Figures, Key
from nestling.analytics.access.relations import cell_of, relations
from nestling.science.disclosure import DisclosureRule, Shown
from nestling.science.disclosure.secondary import CannotProtectError, protect
from nestling.science.disclosure.table import Cell, Table, that_hold


class GivenAwayError(Exception):
    """Earlier outputs and this one together give hidden counts away."""

    def __init__(self, keys: list[Key]) -> None:
        """Keep the keys of the cells that would be given away."""
        self.keys = keys
        super().__init__(f"{len(keys)} hidden cells follow from earlier outputs")


def protected(
    figures: Figures, rule: DisclosureRule, earlier: Mapping[Key, Shown] | None = None
) -> dict[Key, Shown]:
    """What a reader may see of each cell.

    ``earlier`` holds what was published before: a cell of both is shown as it was, and the check
    covers all together.
    Raises ``GivenAwayError`` where that cannot be done.
    """
    known = dict(earlier or {})
    keys = [*figures.cells, *(key for key in known if key not in figures.cells)]
    cells = [cell_for(figures, key, known) for key in keys]
    try:
        ties = relations(keys, in_both=figures.in_both) if rule.secondary else []
        shown = protect(Table(cells, that_hold(ties, cells)), rule)
    except CannotProtectError as error:
        raise GivenAwayError([keys[cell] for cell in error.cells]) from error
    return {key: value for key, value in zip(keys, shown, strict=True) if key in figures.cells}


def cell_for(figures: Figures, key: Key, known: Mapping[Key, Shown]) -> Cell:
    """The cell of a key, fixed where it was published before."""
    before = known.get(key)
    count = figures.cells.get(key, before if isinstance(before, int) else 1)
    cell = cell_of(key, count)
    if before is None:
        return cell
    return Cell(count=count, place=cell.place, worth=cell.worth, fixed=before)
