"""The commands `access` and `demo-extract`.

Answers, and one plain line for everything that is wrong.
"""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nestling.analytics.synthetic import Demo, write_demo
from nestling.cli import main

Capture = pytest.CaptureFixture[str]
UNTIL = ["--until", "2025-12-31"]
ICBS, WITH_UNKNOWN_AND_ENGLAND = 42, 44


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("extract")
    write_demo(Demo(referrals=4000), folder, step=lambda _words: None)
    return folder


@pytest.fixture
def broken(extract: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(extract, tmp_path / "broken"))


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_board_and_unknown_has_a_row_at_every_age(extract: Path, capsys: Capture) -> None:
    status = main(
        [
            "access",
            str(extract),
            *UNTIL,
            "--by",
            "age,icb",
            "--measure",
            "children_ge1",
            "--format",
            "csv",
        ]
    )

    rows = rows_of(capsys.readouterr().out)
    assert status == 0
    assert len(rows) == WITH_UNKNOWN_AND_ENGLAND * 4
    assert list(rows[0]) == [
        "measure", "period_start", "period_end", "geography_type", "geography", "age", "value", "shown", "note",  # noqa: E501 - one piece of text
    ]  # fmt: skip
    assert {row["value"] for row in rows} == {""}


def test_exact_values_are_given_only_where_nothing_is_protected(
    extract: Path, capsys: Capture
) -> None:
    main(
        [
            "access",
            str(extract),
            *UNTIL,
            "--measure",
            "referrals_received",
            "--format",
            "csv",
            "--disclosure",
            "none",
        ]
    )

    rows = rows_of(capsys.readouterr().out)
    assert [row["value"] for row in rows] == [row["shown"] for row in rows]


def test_a_change_stands_after_the_rows_of_both_periods(extract: Path, capsys: Capture) -> None:
    compare = ["--compare-until", "2024-12-31", "--disclosure", "none", "--format", "csv"]
    main(["access", str(extract), *UNTIL, *compare, "--measure", "caseload"])

    rows = [row for row in rows_of(capsys.readouterr().out) if row["age"] == "0-2"]
    assert [(row["measure"], row["period_end"]) for row in rows] == [
        ("caseload", "2024-12-31"),
        ("caseload", "2025-12-31"),
        ("caseload_change", "2025-12-31"),
    ]
    assert int(rows[2]["shown"]) == int(rows[1]["shown"]) - int(rows[0]["shown"])


def test_a_change_is_the_difference_of_published_numbers_or_hidden(
    extract: Path, capsys: Capture
) -> None:
    compare = ["--compare-until", "2024-12-31", "--format", "csv", "--by", "age,region"]
    main(["access", str(extract), *UNTIL, *compare, "--measure", "referrals_received"])

    shown = {
        (r["measure"], r["period_end"], r["geography"], r["age"]): r["shown"]
        for r in rows_of(capsys.readouterr().out)
    }
    for (measure, _end, place, age), change in shown.items():
        if measure.endswith("_change"):
            pair = [
                shown["referrals_received", f"{year}-12-31", place, age] for year in (2024, 2025)
            ]
            assert change == ("*" if "*" in pair else str(int(pair[1]) - int(pair[0])))


def test_all_names_what_it_lacks_and_goes_on(broken: Path, tmp_path: Path, capsys: Capture) -> None:
    (broken / "MHS204IndirectActivity.parquet").unlink()
    out = tmp_path / "out.csv"

    status = main(
        ["access", str(broken), *UNTIL, "--measure", "all", "--format", "csv", "--out", str(out)]
    )

    assert status == 0
    assert (
        "MHS95 was not counted: the extract has no table MHS204IndirectActivity"
        in capsys.readouterr().err
    )
    manifest = json.loads((tmp_path / "out.csv.manifest.json").read_text())
    assert manifest["not_computed"]["MHS69"] == "table MHS204IndirectActivity"
    assert manifest["disclosure"] == {"rule": "strict", "differencing": "not checked"}
    assert all(len(entry["sha256"]) == 64 for entry in manifest["inputs"])


def test_an_earlier_output_is_checked_together_with_this_one(extract: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    words = ["access", str(extract), *UNTIL, "--measure", "referrals_received", "--format", "csv"]
    main([*words, "--out", str(first)])

    status = main([*words, "--published", str(first), "--out", str(second)])

    manifest = json.loads((tmp_path / "second.csv.manifest.json").read_text())
    assert status == 0
    assert second.read_text() == first.read_text()
    assert manifest["disclosure"]["differencing"] == "checked against 1 earlier output"


def test_an_output_that_an_earlier_one_would_undo_is_refused(
    extract: Path, tmp_path: Path, capsys: Capture
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    words = ["access", str(extract), *UNTIL, "--measure", "referrals_received", "--format", "csv"]
    main([*words, "--out", str(first)])

    status = main([*words, "--by", "age,region", "--published", str(first), "--out", str(second)])

    assert status == 2
    assert "these hidden counts could be worked out" in capsys.readouterr().err
    assert not second.exists()


def test_a_release_pack_holds_workbook_figures_metadata_quality_and_manifest(
    extract: Path, tmp_path: Path
) -> None:
    status = main(
        [
            "access",
            str(extract),
            *UNTIL,
            "--measure",
            "children_ge1",
            "--release",
            str(tmp_path / "pack"),
        ]
    )

    assert status == 0
    assert sorted(path.name for path in (tmp_path / "pack").iterdir()) == [
        "differences.csv",
        "figures.csv",
        "figures.csv-metadata.json",
        "figures.xlsx",
        "manifest.json",
        "quality.md",
    ]


@pytest.mark.parametrize("form", ["table", "json", "html"])
def test_each_form_is_written_with_its_manifest(extract: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "answers"

    status = main(
        [
            "access",
            str(extract),
            *UNTIL,
            "--question",
            "120765",
            "--format",
            form,
            "--out",
            str(out),
        ]
    )

    assert status == 0
    assert {path.name for path in out.iterdir()} >= {"manifest.json"}
    assert len(list(out.iterdir())) == 2


def test_the_waterfall_of_a_measure_sums(extract: Path, capsys: Capture) -> None:
    main(
        [
            "access",
            str(extract),
            *UNTIL,
            "--measure",
            "children_ge2",
            "--explain",
            "--disclosure",
            "none",
            "--format",
            "csv",
        ]
    )

    rows = rows_of(capsys.readouterr().out)
    by_step = {(int(r["step"]), r["age"]): (int(r["lost"]), int(r["left"])) for r in rows}
    for (step, age), (lost, left) in by_step.items():
        if step:
            assert by_step[step - 1, age][1] == left + lost


def without_column(folder: Path) -> None:
    path = folder / "MHS101Referral.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["ServDischDate"]), path)


def text_in_dates(folder: Path) -> None:
    path = folder / "MHS201CareContact.parquet"
    table = pq.read_table(path).slice(0, 50)
    rows = [{**row, "CareContDate": "a Tuesday in May"} for row in table.to_pylist()]
    path.unlink()
    with (folder / "MHS201CareContact.csv").open("w", newline="") as out:
        writer = csv.DictWriter(out, table.column_names)
        writer.writeheader()
        writer.writerows(rows)


def truncated(folder: Path) -> None:
    path = folder / "MHS201CareContact.parquet"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(folder: Path) -> None:
    path = folder / "MHS201CareContact.parquet"
    pq.write_table(pq.read_table(path).slice(0, 0), path)


def given_twice(folder: Path) -> None:
    (folder / "MHS001MPI.csv").write_text("RecordNumber\n1\n")


def record_twice(folder: Path) -> None:
    path = folder / "MHS001MPI.parquet"
    table = pq.read_table(path)
    pq.write_table(pa.concat_tables([table, table.slice(0, 1)]), path)


def cut_short(folder: Path) -> None:
    (folder / "MHS002GP.parquet").unlink()
    (folder / "MHS204IndirectActivity.parquet").unlink()
    (folder / "MHS204IndirectActivity.csv").write_text('RecordNumber,Person_ID\n1,"two\n')


def no_table(folder: Path) -> None:
    (folder / "MHS001MPI.parquet").unlink()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (without_column, "MHS101Referral lacks the column ServDischDate"),
        (text_in_dates, "MHS201CareContact: CareContDate has 50 values that are not a date"),
        (
            truncated,
            "MHS201CareContact: MHS201CareContact.parquet cannot be read as Parquet; it may be cut short",  # noqa: E501 - one piece of text
        ),
        (empty, "MHS201CareContact has no rows"),
        (given_twice, "MHS001MPI is given twice: MHS001MPI.csv and MHS001MPI.parquet"),
        (record_twice, "MHS001MPI: 1 row repeats a RecordNumber"),
        (cut_short, "MHS204IndirectActivity "),
        (no_table, "the extract has no table MHS001MPI"),
    ],
)
def test_a_faulty_extract_is_refused_with_its_fault_and_nothing_is_written(
    broken: Path, tmp_path: Path, capsys: Capture, harm: Callable[[Path], None], words: str
) -> None:
    harm(broken)
    out = tmp_path / "new" / "out.csv"

    status = main(["access", str(broken), *UNTIL, "--format", "csv", "--out", str(out)])

    assert status == 2
    assert words in capsys.readouterr().err
    assert not out.parent.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--until", "2025-12-31", "--months", "0"], "the period ends before it begins"),
        (["--until", "31/12/2025"], "is not a date"),
        (["--until", "2025-12-31", "--compare-until", "2026-12-31"], "must be before --until"),
        (["--until", "2025-12-31", "--measure", "children"], "there is no measure children"),
        (["--until", "2025-12-31", "--by", "shoe_size"], "--by shoe_size"),
        (["--until", "2025-12-31", "--ages", "2-0"], "end before they begin"),
        (["--until", "2025-12-31", "--format", "poem"], "--format poem"),
        (["--until", "2025-12-31", "--disclosure", "lax"], "--disclosure lax"),
        (["--until", "2025-12-31", "--published", "none.csv"], "none.csv is not there"),
        (["--until", "2025-12-31", "--measure", "MHS95", "--explain"], "MHS95 has no waterfall"),
    ],
)
def test_a_faulty_request_is_refused(
    extract: Path, capsys: Capture, options: list[str], words: str
) -> None:
    status = main(["access", str(extract), *options])

    assert status == 2
    assert words in capsys.readouterr().err


def test_the_same_number_of_referrals_makes_the_same_extract(tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert main(["demo-extract", "--referrals", "300", "--out", str(tmp_path / name)]) == 0

    tables = [pq.read_table(tmp_path / name / "MHS101Referral.parquet") for name in ("a", "b")]
    assert tables[0].equals(tables[1])


def test_an_extract_is_not_written_over_other_files(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "mine.txt").write_text("keep")

    assert main(["demo-extract", "--referrals", "10", "--out", str(tmp_path)]) == 2
    assert "not an empty folder" in capsys.readouterr().err
