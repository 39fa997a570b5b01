"""A release pack: workbook, CSV with metadata, quality report.

Differences from the last release, manifest.
"""

import csv
import importlib
import io
import json
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from nestling.analytics.access.pivot import Pivot, pivots
from nestling.analytics.access.writers import AFTER, BEFORE, as_csv

if TYPE_CHECKING:
    from nestling.analytics.access.job import Outcome
    from nestling.analytics.access.published import Published

COLUMNS = {
    "measure": "name of the measure; with _change, the later period less the earlier",
    "period_start": "first day counted",
    "period_end": "last day counted; for caseload the day itself",
    "geography_type": "country, region, icb, sub_icb or provider",
    "geography": "ODS code, England or UNKNOWN",
    "age": "a single year, or a range with each person once",
    "value": "empty: exact counts are not published",
    "shown": "the figure; * where it is hidden, which is never 0",
    "note": "what to know about the figure",
}
HIDDEN_WORDS, NOBODY_WORDS = "[c]", "[z]"
FIGURES, META, QUALITY, DIFFERENCES, WORKBOOK = (
    "figures.csv",
    "figures.csv-metadata.json",
    "quality.md",
    "differences.csv",
    "figures.xlsx",
)


def pack(outcome: "Outcome", *, folder: Path) -> dict[str, bytes]:
    """The files of a release by name, but for the manifest.

    ``folder`` may hold the last release.
    """
    text = as_csv(outcome.published)
    return {
        FIGURES: text.encode(),
        META: metadata(outcome.published).encode(),
        QUALITY: quality_report(outcome).encode(),
        DIFFERENCES: differences(folder / FIGURES, text).encode(),
        WORKBOOK: workbook(outcome.published),
    }


def metadata(published: "Published") -> str:
    """The columns of the CSV, in the form of CSV on the Web."""
    names = [*BEFORE, *published.breakdowns, *AFTER]
    columns = [
        {"name": name, "dc:description": COLUMNS.get(name, f"breakdown: {name}")} for name in names
    ]
    about: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": FIGURES,
        "dc:title": "Access by age",
        "dc:license": "Open Government Licence v3.0, where the extract's own terms allow",
        "tableSchema": {"columns": columns},
    }
    return json.dumps(about, indent=1) + "\n"


def quality_report(outcome: "Outcome") -> str:
    """What is doubtful in the extract and what could not be counted, as a page."""
    lines = ["# Quality of the extract", "", "| question | answer |", "| --- | --- |"]
    lines += [f"| {words} | {answer} |" for words, answer in outcome.quality.as_words().items()]
    lines += ["", "## Measures that could not be counted", ""]
    lacking = outcome.prepared.lacking.items()
    lines += [f"- {name}: the extract has no {' and no '.join(lacks)}" for name, lacks in lacking]
    return "\n".join([*lines, *([] if lacking else ["None."]), ""])


def differences(last: Path, text: str) -> str:
    """Cells that the last release showed otherwise, or that only one of the two has."""
    before = cells_of(last.read_text(encoding="utf-8")) if last.is_file() else {}
    after = cells_of(text)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["cell", "last_release", "this_release"])
    if before:
        for cell in sorted(before.keys() | after.keys()):
            pair = (before.get(cell, "none"), after.get(cell, "none"))
            if pair[0] != pair[1]:
                writer.writerow([cell, *pair])
    return out.getvalue()


def cells_of(text: str) -> dict[str, str]:
    """What each cell of a CSV shows."""
    rows = csv.DictReader(io.StringIO(text))
    skip = {"value", "shown", "note"}
    return {"; ".join(v for k, v in row.items() if k not in skip): row["shown"] for row in rows}


def workbook(published: "Published") -> bytes:
    """An accessible workbook: cover, contents, notes, a sheet a measure and period."""
    gptables = library()
    tables = pivots(published)
    sheets = {f"Table_{number}": sheet(table) for number, table in enumerate(tables, start=1)}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the library's own use of pandas
        path = Path(folder) / WORKBOOK
        gptables.write_workbook(
            filename=str(path),
            sheets=sheets,
            cover=gptables.Cover(
                title="Access by age",
                intro=["Children seen by mental health services, by age."],
                about=[
                    f"Rule for small counts: {published.rule.source}.",
                    f"{HIDDEN_WORDS} is a hidden figure, never 0; {NOBODY_WORDS} where nobody is.",
                ],
                cover_label="Cover",
            ),
            contentsheet_label="Contents",
            notes_table=pd.DataFrame(
                {
                    "Note reference": ["note 1"],
                    "Note text": [f"{HIDDEN_WORDS} is a hidden count. {published.rule.source}."],
                }
            ),
        )
        return path.read_bytes()


def library() -> Any:
    """The workbook library, loaded when a release is made; it leaves a file open while it loads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        return importlib.import_module("gptables")


def sheet(table: Pivot) -> Any:
    """One table of the workbook."""
    heads = [*table.heads, *table.ages]
    lines = [
        [*places, *(cell_value(row.shown) if row else "" for row in cells)]
        for places, cells in table.lines
    ]
    return library().GPTable(
        table=pd.DataFrame(lines, columns=heads),
        table_name=table.measure + "_" + "".join(c for c in table.period if c.isdigit()),
        title=table.title,
        subtitles=[f"{table.period} $$note 1$$"],
        scope="England, NHS-funded mental health services",
        source="Record-level Mental Health Services Data Set",
        index_columns={1: 0},
    )


def cell_value(shown: str) -> Any:
    """A number as a number, a hidden one in the workbook's own sign."""
    try:
        return int(shown)
    except ValueError:
        return HIDDEN_WORDS if shown else NOBODY_WORDS
