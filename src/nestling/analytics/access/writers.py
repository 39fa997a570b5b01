"""Published rows as text for a terminal, as CSV and as JSON."""

import csv
import io
import json
from typing import Any

from nestling.analytics.access.pivot import Pivot, pivots
from nestling.analytics.access.published import Published, Row

BEFORE = ("measure", "period_start", "period_end", "geography_type", "geography", "age")
AFTER = ("value", "shown", "note")


def as_csv(published: Published) -> str:
    """The rows as CSV with a header line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*BEFORE, *published.breakdowns, *AFTER])
    writer.writerows(
        [*start_of(row), *row.groups, row.value, row.shown, row.note] for row in published.rows
    )
    return text.getvalue()


def start_of(row: Row) -> tuple[str, ...]:
    """The columns that say what a row is about."""
    period = (row.period.start.isoformat(), row.period.end.isoformat())
    return (row.measure, *period, row.kind, row.code, row.age)


def as_json(published: Published, about: dict[str, Any]) -> str:
    """The rows as JSON with what a reader must know.

    A hidden number is ``null`` and ``hidden`` is true.
    """
    rows = [
        {
            **dict(zip(BEFORE, start_of(row), strict=True)),
            **dict(zip(published.breakdowns, row.groups, strict=True)),
            "value": row.value or None,
            "shown": None if row.is_hidden else row.shown or None,
            "hidden": row.is_hidden,
            "per_1000": None if row.rate is None else round(row.rate, 2),
            "note": row.note,
        }
        for row in published.rows
    ]
    return json.dumps({**about, "rows": rows}, indent=1, ensure_ascii=False) + "\n"


def as_table(published: Published) -> str:
    """The rows as tables for a terminal."""
    return "\n".join(table_text(table) for table in pivots(published))


def table_text(table: Pivot) -> str:
    """One table with its title, columns aligned."""
    head = [*table.heads, *table.ages]
    body = [
        [*places, *(row.shown if row else "" for row in cells)] for places, cells in table.lines
    ]
    widths = [max(len(line[i]) for line in [head, *body]) for i in range(len(head))]
    left = len(table.heads)
    lines = [aligned(line, widths, left=left) for line in [head, *body]]
    rule = "-" * len(lines[0])
    return "\n".join(
        [f"{table.title} ({table.measure})", table.period, "", lines[0], rule, *lines[1:], ""]
    )


def aligned(line: list[str], widths: list[int], *, left: int) -> str:
    """One line: words to the left, numbers to the right."""
    cells = [
        cell.ljust(width) if number < left else cell.rjust(width)
        for number, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
