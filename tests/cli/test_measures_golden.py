"""Every golden sheet, worked out by a separate program, scores to its golden answer."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nestling.cli.measures import scored, sheet_line
from nestling.cli.measures_rows import json_rows, json_sheet
from nestling.reference.instruments import instrument, instrument_ids

GOLDEN = Path(__file__).parent.parent / "golden" / "instruments"
FEWEST_ROWS = 20


def golden_rows(name: str) -> list[dict[str, Any]]:
    lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", instrument_ids())
def test_every_golden_sheet_scores_to_its_golden_answer(name: str) -> None:
    measure = instrument(name)
    rows = golden_rows(name)
    sheets = json_rows("\n".join(json.dumps(row["sheet"]) for row in rows))

    answers = [
        sheet_line(number, scored(measure.key(), json_sheet(said, coding="raw")), measure)
        for number, said in enumerate(sheets, start=1)
    ]

    head = {"instrument": name, "version": None}
    found = [{**answer, "version": None} for answer in json.loads(json.dumps(answers))]
    wanted = [{"row": at, **head, **row["expected"]} for at, row in enumerate(rows, start=1)]
    assert found == wanted


@pytest.mark.parametrize("name", instrument_ids())
def test_every_instrument_has_at_least_twenty_golden_rows(name: str) -> None:
    assert len(golden_rows(name)) >= FEWEST_ROWS


def test_every_status_occurs_in_the_golden_rows_of_an_instrument_that_prorates() -> None:
    statuses = {row["expected"]["status"] for row in golden_rows("hads")}

    assert statuses == {"complete", "prorated", "incomplete", "invalid"}


def test_golden_values_keep_ten_places() -> None:
    values = {
        Decimal(str(score["value"]))
        for row in golden_rows("prfq")
        for score in row["expected"]["scores"].values()
        if score["value"] is not None
    }

    assert Decimal("1.8333333333") in values or any(value % 1 for value in values)
