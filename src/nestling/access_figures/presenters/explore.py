"""The explorer's table and chart: one measure, by one breakdown, in one period."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nestling.access_figures.models import PublishedRow, Release
from nestling.access_figures.pictures import bar_chart
from nestling.access_figures.presenters import cells, words
from nestling.access_figures.presenters.answers import head_of, rate_cell, singles_of
from nestling.access_figures.presenters.cells import Line, Table, cell_of
from nestling.access_figures.presenters.figures import in_note
from nestling.analytics.access.ages import MONTHS
from nestling.analytics.access.published import CHANGE
from nestling.reference.access import definitions
from nestling.ui.charts.bars import BarPicture
from nestling.ui.charts.figure_words import Said

HEADS = (
    *("measure", "period_start", "period_end", "geography_type", "geography", "name"),
    *("age", "shown", "note", "made_up"),
)
#: A chart of more places than this stands folded: its table says the same in less room.
MANY = 12
#: Breakdowns of one line, England, that is turned so that an age is a line.
OF_ENGLAND = ("country", MONTHS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the explorer shows."""

    heading: str
    period: str
    table: Table
    chart: BarPicture | None
    is_long: bool
    notes: tuple[Said, ...]


def shown(rows: Sequence[PublishedRow], *, age: str) -> Shown:
    """The table of some lines and its chart: by age for England, else of one age by place."""
    rows = words.by_name(rows)
    first = rows[0]
    heading = words.measure_words(first.measure)
    period = words.period(first.measure, start=first.period_start, end=first.period_end)
    by_age = first.breakdown in OF_ENGLAND
    table = england_table(first) if by_age else places_table(rows)
    pairs = (
        [
            (line.head, line.cells[0][1])
            for line in table.lines
            if not (line.is_total and first.breakdown == MONTHS)
        ]
        if by_age
        else [(head_words(row), cell_of(row, age)) for row in rows]
    )
    said = "England, by age" if by_age else f"{head_of(age)}, by {words.BY[first.breakdown]}"
    return Shown(
        heading=heading,
        period=period,
        table=table,
        chart=bar_chart(pairs, title=f"{heading}. {said}, {period}"),
        is_long=len(pairs) > MANY,
        notes=tuple(dict.fromkeys(cell_notes(rows))),
    )


def head_words(row: PublishedRow) -> str:
    """A line's head."""
    return words.code_words(row.breakdown, row.code)


def england_table(row: PublishedRow) -> Table:
    """England's line turned: an age a line, with its rate or what must be known of a change."""
    is_change = row.measure.endswith(CHANGE)
    has_rate = (
        row.breakdown == "country" and not is_change and definitions().measure(row.measure).is_count
    )
    lines = []
    for age in in_order(row.cells):
        cell = cell_of(row, age)
        pairs = [(column_of(row.measure), cell)]
        if has_rate:
            pairs.append((cells.per_words(), rate_cell(cell, singles_of(age))))
        lines.append(Line(head=head_of(age), cells=tuple(pairs), is_total=is_total(age)))
    heads = tuple(head for head, _cell in lines[0].cells) if lines else ()
    return Table(
        caption=words.measure_words(row.measure) + ", England, by age",
        first="Age",
        heads=heads,
        lines=tuple(lines),
    )


def is_total(age: str) -> bool:
    """True for a range that holds other lines of the table."""
    return age in {"0-1", "0-2"} or (age.endswith("m") and "-" in age)


def in_order(ages: Iterable[str]) -> list[str]:
    """Ages from the youngest, each total after the last year that it holds.

    >>> in_order(["0-1", "0", "1", "2", "0-2", "3-4"])
    ['0', '1', '0-1', '2', '0-2', '3-4']
    """
    return sorted(dict.fromkeys(ages), key=ends_of)


def ends_of(age: str) -> tuple[int, int]:
    """The last year of an age, and how many years come before it."""
    first, _, last = age.removesuffix("m").partition("-")
    return int(last or first), int(last or first) - int(first)


def column_of(measure: str) -> str:
    """The head of the column of numbers."""
    if measure.endswith(CHANGE):
        return "Change"
    units = {"people": "Children", "referrals": "Referrals", "days": "Days"}
    units |= {"percent": "Per cent", "providers": "Providers"}
    return units[definitions().measure(measure).of]


def places_table(rows: Sequence[PublishedRow]) -> Table:
    """Places or groups down, ages across."""
    ages = in_order(age for row in rows for age in row.cells)
    lines = tuple(
        Line(head=head_words(row), cells=tuple((head_of(age), cell_of(row, age)) for age in ages))
        for row in rows
    )
    breakdown = rows[0].breakdown
    by = words.BY[breakdown]
    return Table(
        caption=f"{words.measure_words(rows[0].measure)}, by {by[0].lower()}{by[1:]}",
        first=words.FIRST.get(breakdown, breakdown.capitalize()),
        heads=tuple(head_of(age) for age in ages),
        lines=lines,
    )


def cell_notes(rows: Sequence[PublishedRow]) -> list[Said]:
    """What must be known beside changes and waits of England; rates have a column."""
    row = rows[0]
    speaks = row.measure.endswith(CHANGE) or not definitions().measure(row.measure).is_count
    if row.breakdown != "country" or not speaks:
        return []
    found = [cell_of(row, age) for age in row.cells]
    return [
        in_note(f"{head_of(age)}: {cell.note}.", date=cell.date)
        for age, cell in zip(row.cells, found, strict=True)
        if cell.note
    ]


def as_csv(rows: Sequence[PublishedRow], release: Release) -> str:
    """The lines as comma-separated rows, one an age; hidden is `*`, never 0."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(HEADS)
    for row in rows:
        start, end = row.period_start.isoformat(), row.period_end.isoformat()
        place = (row.breakdown, row.code, head_words(row))
        for age, (cell, note) in row.cells.items():
            made_up = "yes" if release.is_made_up else "no"
            out.writerow([row.measure, start, end, *place, age, cell, note, made_up])
    return text.getvalue()
