"""Outputs that were published before, read back so that the check covers them together."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from nestling.analytics.access.ages import AgeGroup, AgesError, parse_range
from nestling.analytics.access.figures import Key
from nestling.analytics.access.periods import Period
from nestling.analytics.access.published import CHANGE
from nestling.analytics.access.scope import ALL
from nestling.analytics.access.tally import Place
from nestling.analytics.extract import ExtractError
from nestling.reference.access import definitions
from nestling.reference.access.areas import ENGLAND
from nestling.science.disclosure import HIDDEN, Shown

NEEDED = {"measure", "period_start", "period_end", "geography_type", "geography", "age", "shown"}
KNOWN = {*NEEDED, "value", "note"}
OF_A_WATERFALL = {"measure", "period_start", "period_end", "step", "age", "left"}


def read_earlier(files: Sequence[Path], *, breakdowns: Sequence[str]) -> dict[Key, Shown]:
    """The counts that earlier outputs show, by what they are about.

    Raises ``ExtractError`` for a file that is no such output.
    """
    found: dict[Key, Shown] = {}
    for file in files:
        for key, shown in rows_of(file, breakdowns):
            if found.get(key, shown) != shown and found[key] is not HIDDEN:
                continue
            found[key] = shown
    return found


def rows_of(file: Path, breakdowns: Sequence[str]) -> list[tuple[Key, Shown]]:
    """The counts of one earlier output: of a waterfall, those of its end."""
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ExtractError(f"{file.name} cannot be read as an earlier output in CSV") from error
    is_waterfall = bool(rows) and set(rows[0]) >= OF_A_WATERFALL
    if not is_waterfall and (not rows or not set(rows[0]) >= NEEDED):
        raise ExtractError(f"{file.name} is no earlier output in CSV: it lacks columns or rows")
    try:
        counts = last_steps(rows) if is_waterfall else rows
        return [pair for row in counts if (pair := pair_of(row, breakdowns))]
    except (ValueError, AgesError, TypeError) as error:
        raise ExtractError(
            f"{file.name} is no earlier output in CSV: a cell cannot be read"
        ) from error


def last_steps(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Who is left after the last rule of each waterfall, as the rows of England that they are."""
    last: dict[tuple[str, str], int] = {}
    for row in rows:
        fall = (row["measure"], row["period_end"])
        last[fall] = max(int(row["step"]), last.get(fall, 0))
    kept = ("measure", "period_start", "period_end", "age")
    return [
        {
            **{name: row[name] for name in kept},
            "geography_type": "country",
            "geography": ENGLAND,
            "shown": row["left"],
        }
        for row in rows
        if int(row["step"]) == last[row["measure"], row["period_end"]] and row["age"].isdigit()
    ]


def pair_of(row: dict[str, str], breakdowns: Sequence[str]) -> tuple[Key, Shown] | None:
    """What one line is about and shows.

    Changes and figures that are no counts follow from the counts.
    """
    measure = definitions().measures.get(row["measure"].removesuffix(CHANGE))
    if measure is None or not measure.is_count or row["measure"].endswith(CHANGE):
        return None
    others = set(row) - KNOWN - set(breakdowns)
    if any(row[name] != ALL for name in others):
        return None
    groups = tuple(row.get(name) or ALL for name in breakdowns)
    period = Period(date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"]))
    place = Place(row["geography_type"], row["geography"], groups)
    return Key(row["measure"], period, place, age_of(row["age"])), shown_of(row["shown"])


def age_of(words: str) -> AgeGroup:
    """The age of a line."""
    return parse_range(words.removesuffix("m"), "months" if words.endswith("m") else "years")


def shown_of(words: str) -> Shown:
    """A number, or hidden."""
    return HIDDEN if words == str(HIDDEN) else int(words)
