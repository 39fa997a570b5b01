"""What is written in this room: a release, whole or not at all."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from nestling.access_figures.compute import Pack, Step, Wanted, compute
from nestling.access_figures.models import PublishedRow, Release, WaterfallStep
from nestling.access_figures.packing import practice_pack
from nestling.analytics.access.ages import MONTHS
from nestling.foundation import audit

if TYPE_CHECKING:
    from nestling.accounts.models import User

#: Columns of a table of figures that are no breakdown.
KNOWN = {
    *("measure", "period_start", "period_end", "geography_type", "geography", "age"),
    *("value", "shown", "note"),
}
ALL = "all"
BATCH = 500


class NotPublishedError(Exception):
    """A table that holds exact values: it has not passed disclosure control."""


def compute_release(wanted: Wanted, *, on: date, by: "User | None", step: Step) -> Release:
    """Count an extract and store what may be published of it.

    The counting happens before the transaction. Raises ``ExtractError``, ``RequestError`` or
    ``NotForPagesError``, and then nothing is stored.
    """
    pack = compute(wanted, step=step)
    step("storing the published tables")
    return store_release(pack, on=on, by=by)


@transaction.atomic
def store_release(pack: Pack, *, on: date, by: "User | None", is_practice: bool = False) -> Release:
    """A release out of a pack; pages show it from now on.

    Raises:
        NotPublishedError: a table holds an exact value.
    """
    release = audit.create(
        Release(
            title=title_of(pack.about),
            made_on=on,
            is_made_up=bool(pack.about["made_up"]),
            is_practice=is_practice,
            about=pack.about,
        ),
        by=by,
        action="release_stored",
    )
    rows = [line for text in pack.figures for line in lines_of(text)]
    for place, row in enumerate(once(rows)):
        row.release, row.place = release, place
    PublishedRow.objects.bulk_create(once(rows), batch_size=BATCH)
    steps = list(steps_of(pack.waterfalls))
    for one in steps:
        one.release = release
    WaterfallStep.objects.bulk_create(steps, batch_size=BATCH)
    return release


def load_practice_release(*, on: date, by: "User | None" = None) -> Release:
    """The made-up release that comes with Nestling, stored once; a second call gives the first."""
    held = Release.objects.filter(is_practice=True).first()
    if held is not None:
        return held
    return store_release(practice_pack(), on=on, by=by, is_practice=True)


def title_of(about: dict[str, Any]) -> str:
    """A release's name: its last period, and whether anyone in it is real."""
    end = date.fromisoformat(about["periods"][-1]["end"])
    start = "Made-up practice data, year" if about["made_up"] else "Year"
    return f"{start} to {end.day} {end:%B %Y}"


def lines_of(text: str) -> list[PublishedRow]:
    """The lines of one table: rows that differ in age alone stand together."""
    found: dict[tuple[str, ...], PublishedRow] = {}
    for row in csv.DictReader(io.StringIO(text)):
        if row["value"]:
            raise NotPublishedError("a table with exact values is not for pages")
        breakdown, code = place_of(row)
        key = (row["measure"], row["period_end"], breakdown, code)
        line = found.setdefault(key, line_of(row, breakdown, code))
        line.cells[row["age"]] = [row["shown"], row["note"]]
    return list(found.values())


def place_of(row: dict[str, str]) -> tuple[str, str]:
    """What a row is broken down by, and which part of it the row is about."""
    groups = [(name, value) for name, value in row.items() if name not in KNOWN and value != ALL]
    if row["age"].endswith("m"):
        return MONTHS, row["geography"]
    return groups[0] if groups else (row["geography_type"], row["geography"])


def line_of(row: dict[str, str], breakdown: str, code: str) -> PublishedRow:
    """A line without its ages."""
    return PublishedRow(
        measure=row["measure"],
        period_start=date.fromisoformat(row["period_start"]),
        period_end=date.fromisoformat(row["period_end"]),
        breakdown=breakdown,
        code=code,
        cells={},
    )


def once(lines: Iterable[PublishedRow]) -> list[PublishedRow]:
    """Each line once: the first table that holds it speaks, as it was protected first."""
    found: dict[tuple[Any, ...], PublishedRow] = {}
    for line in lines:
        key = (line.measure, line.period_end, line.breakdown, line.code)
        found.setdefault(key, line)
    return list(found.values())


def steps_of(text: str) -> Iterator[WaterfallStep]:
    """The steps of every waterfall, each with all its ages."""
    found: dict[tuple[str, ...], WaterfallStep] = {}
    for row in csv.DictReader(io.StringIO(text)):
        key = (row["measure"], row["period_end"], row["step"])
        step = found.setdefault(key, step_of(row))
        step.cells[row["age"]] = [row["lost"], row["left"]]
    yield from found.values()


def step_of(row: dict[str, str]) -> WaterfallStep:
    """A step without its ages."""
    return WaterfallStep(
        measure=row["measure"],
        period_start=date.fromisoformat(row["period_start"]),
        period_end=date.fromisoformat(row["period_end"]),
        number=int(row["step"]),
        rule=row["rule"],
        words=row["words"],
        cells={},
    )
