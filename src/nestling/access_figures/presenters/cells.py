"""Cells and tables as words: a hidden number is its own thing, never 0 and never empty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nestling.access_figures.models import PublishedRow
from nestling.access_figures.presenters import figures
from nestling.access_figures.presenters.words import period
from nestling.analytics.access.published import CHANGE
from nestling.reference.access import definitions, populations, statements
from nestling.science.disclosure import HIDDEN
from nestling.science.disclosure.derived import rate
from nestling.ui.charts import figure_words
from nestling.ui.charts.figure_words import FigureView, Said

HIDDEN_MARK = str(HIDDEN)
#: The units of what a measure is of, as a figure says them.
UNITS = {"people": "children", "percent": "per cent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One published number as it may be seen: digits, `*` for hidden, or nothing held.

    >>> Cell(shown="4185").words, Cell(shown="*").words, Cell(shown="").words
    ('4,185', 'hidden', 'not counted')
    """

    shown: str
    unit: str = "children"
    date: str = figures.NO_DATE
    note: str = ""
    is_change: bool = False
    is_worked_out: bool = False
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
            return figure_words.HIDDEN
        if self.number is None:
            return self.shown or "not counted"
        return f"{self.number:+,}" if self.is_change and self.number else f"{self.number:,}"

    @property
    def figure(self) -> FigureView:
        """The number for the macro that places figures, with its unit, its period and its source.

        >>> Cell(shown="4185").figure.words, Cell(shown="*").figure.is_hidden
        ('4,185', True)
        """
        is_number = self.shown.lstrip("-").replace(".", "", 1).isdigit()
        return figures.printed(
            float(self.shown) if is_number else None,
            words=self.words,
            unit=self.unit,
            date=self.date,
            source=figures.WORKED_OUT if self.is_worked_out else figures.COUNTED,
        )


NOT_HELD = Cell(shown="")


def sentence(*parts: str | FigureView | Cell) -> Said:
    """Words with numbers in their places, for the macro that says sentences.

    >>> str(sentence("Seen: ", Cell(shown="4185"), "."))
    'Seen: 4,185.'
    """
    return Said(tuple(part.figure if isinstance(part, Cell) else part for part in parts))


def cell_of(row: PublishedRow, age: str) -> Cell:
    """One number of a published line, with its unit and period."""
    shown, note = row.cells.get(age, ("", ""))
    return Cell(
        shown=shown,
        note=note,
        unit=unit_of(row.measure),
        date=period(row.measure, start=row.period_start, end=row.period_end),
        is_change=row.measure.endswith(CHANGE),
        is_worked_out=row.measure.endswith(CHANGE),
    )


def unit_of(measure: str) -> str:
    """What a measure, or its change, is counted in.

    >>> unit_of("children_ge1"), unit_of("referrals_received_change")
    ('children', 'referrals')
    """
    of = definitions().measure(measure.removesuffix(CHANGE)).of
    return UNITS.get(of, of)


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
            (row.measure, row.period_end, age): cell_of(row, age)
            for row in rows
            for age in row.cells
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
    difference = str(first.number - second.number)
    return replace(first, shown=difference, note="", is_worked_out=True)


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
        replace(
            line, cells=((line.cells[0][0], shared(line.cells[0][1], most=most)), *line.cells[1:])
        )
        for line in lines
    )


def shared(cell: Cell, *, most: int) -> Cell:
    """A cell with its share of the largest, in per cent."""
    return replace(cell, share=round(100 * abs(cell.number or 0) / most, 1))
