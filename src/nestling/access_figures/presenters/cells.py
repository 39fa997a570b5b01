"""Cells and tables as words: a hidden number is its own thing, never 0 and never empty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nestling.access_figures.models import PublishedRow
from nestling.analytics.access.published import CHANGE
from nestling.reference.access import populations, statements
from nestling.science.disclosure import HIDDEN
from nestling.science.disclosure.derived import rate

HIDDEN_MARK = str(HIDDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One published number as it may be seen: digits, `*` for hidden, or nothing held.

    >>> Cell(shown="4185").words, Cell(shown="*").words, Cell(shown="").words
    ('4,185', 'hidden', 'not counted')
    """

    shown: str
    note: str = ""
    is_change: bool = False
    share: float = 0.0

    @property
    def is_hidden(self) -> bool:
        """True where the reader may not see the number."""
        return self.shown == HIDDEN_MARK

    @property
    def number(self) -> int | None:
        """The number, where one is shown."""
        return int(self.shown) if self.shown.lstrip("-").isdigit() else None

    @property
    def words(self) -> str:
        """As a reader sees it: thousands apart, a change with its sign."""
        if self.is_hidden:
            return "hidden"
        if self.number is None:
            return self.shown or "not counted"
        return f"{self.number:+,}" if self.is_change and self.number else f"{self.number:,}"


NOT_HELD = Cell(shown="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table: its head, and its cells with the words of their columns."""

    head: str
    cells: tuple[tuple[str, Cell], ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that a page draws: a caption, the columns' heads and the lines."""

    caption: str
    first: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    has_bars: bool = False


class Figures:
    """England's published numbers of some measures, by age and last day of the period."""

    def __init__(self, rows: Iterable[PublishedRow]) -> None:
        """Keep the cells of the rows."""
        self.cells = {
            (row.measure, row.period_end, age): Cell(
                shown=shown, note=note, is_change=row.measure.endswith(CHANGE)
            )
            for row in rows
            for age, (shown, note) in row.cells.items()
        }

    def cell(self, measure: str, age: str, *, end: date) -> Cell:
        """One number, or the cell that says that it was not counted."""
        return self.cells.get((measure, end, age), NOT_HELD)

    def change(self, measure: str, age: str, *, end: date) -> Cell:
        """Later minus earlier, as it was published."""
        return self.cell(measure + CHANGE, age, end=end)


def less(first: Cell, second: Cell) -> Cell:
    """The difference of two published numbers; hidden where either is.

    >>> less(Cell(shown="500"), Cell(shown="380")).words
    '120'
    >>> less(Cell(shown="500"), Cell(shown="*")).words
    'hidden'
    """
    if first.is_hidden or second.is_hidden:
        return Cell(shown=HIDDEN_MARK)
    if first.number is None or second.number is None:
        return NOT_HELD
    return Cell(shown=str(first.number - second.number))


def population(ages: Sequence[str], *, kind: str = "country", code: str = "England") -> int | None:
    """Children of some single ages or ranges together; none where one of them is not held."""
    held = [populations().get((kind, code, age)) for age in ages]
    return None if None in held else sum(number for number in held if number is not None)


def per_thousand(cell: Cell, people: int | None) -> float | None:
    """Children for each 1,000 (or what rates are stated per), from the published count alone."""
    return None if cell.number is None else rate(cell.number, people, per=statements().per.value)


def per_words() -> str:
    """The head of a column of rates.

    >>> per_words()
    'For each 1,000'
    """
    return f"For each {statements().per.value:,}"


def rate_words(cell: Cell, people: int | None) -> str:
    """The rate in words, and why there is none.

    >>> rate_words(Cell(shown="30"), 10_000), rate_words(Cell(shown="30"), None)
    ('3.00', 'no population held')
    """
    if cell.is_hidden:
        return "hidden"
    found = per_thousand(cell, people)
    return "no population held" if found is None else f"{found:.2f}"


def with_shares(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with each first cell's share of the longest, from shown numbers alone."""
    numbers = [line.cells[0][1].number or 0 for line in lines]
    most = max([abs(number) for number in numbers], default=0) or 1
    return tuple(
        Line(
            head=line.head,
            is_total=line.is_total,
            cells=((line.cells[0][0], shared(line.cells[0][1], most=most)), *line.cells[1:]),
        )
        for line in lines
    )


def shared(cell: Cell, *, most: int) -> Cell:
    """A cell with its share of the largest, in per cent."""
    share = round(100 * abs(cell.number or 0) / most, 1)
    return Cell(shown=cell.shown, note=cell.note, is_change=cell.is_change, share=share)
