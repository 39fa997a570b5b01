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
from nestling.science.disclosure import HIDDEN, Shown

NEEDED = {"measure", "period_start", "period_end", "geography_type", "geography", "age", "shown"}
KNOWN = {*NEEDED, "value", "note"}


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
    """The counts of one earlier output."""
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ExtractError(f"{file.name} cannot be read as an earlier output in CSV") from error
    if not rows or not set(rows[0]) >= NEEDED:
        raise ExtractError(f"{file.name} is no earlier output in CSV: it lacks columns or rows")
    try:
        return [pair for row in rows if (pair := pair_of(row, breakdowns))]
    except (ValueError, AgesError, TypeError) as error:
        raise ExtractError(
            f"{file.name} is no earlier output in CSV: a cell cannot be read"
        ) from error


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
