"""Published rows as CSV: one line a cell."""

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestling.analytics.access.published import Published

BEFORE = ("measure", "period_start", "period_end", "geography_type", "geography", "age")
AFTER = ("value", "shown", "note")


def as_csv(published: "Published") -> str:
    """The rows as CSV text with a header line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*BEFORE, *published.breakdowns, *AFTER])
    for row in published.rows:
        period = (row.period.start.isoformat(), row.period.end.isoformat())
        place = (row.kind, row.code, row.age, *row.groups)
        writer.writerow([row.measure, *period, *place, row.value, row.shown, row.note])
    return text.getvalue()
