"""The command gives, cell by cell, the figures that SQL written by hand gave for an extract."""

import csv
from pathlib import Path

from nestling.cli import main

GOLDEN = Path(__file__).parent.parent / "golden" / "access"


def test_every_cell_equals_the_one_computed_elsewhere(tmp_path: Path) -> None:
    answers = {
        (row["measure"], row["geography"], row["age"]): row["value"]
        for row in rows_of(GOLDEN / "answers.csv")
    }
    names = ",".join(sorted({measure for measure, _place, _age in answers}))
    out = tmp_path / "out.csv"
    words = f"access {GOLDEN / 'extract'} --until 2025-12-31 --by age,icb --disclosure none"

    status = main([*words.split(), "--measure", names, "--format", "csv", "--out", str(out)])

    found = {(row["measure"], row["geography"], row["age"]): row["value"] for row in rows_of(out)}
    assert status == 0
    assert {key: value for key, value in found.items() if value != "0"} == answers


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
