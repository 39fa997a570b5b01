"""The command `nestling case`."""

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from nestling.cli import main
from nestling.evidence.report import write as writing

if TYPE_CHECKING:
    from pathlib import Path

ACCESS = (
    "measure,period_start,period_end,geography_type,geography,age,value,shown,note\n"
    "referrals_received,2024-01-01,2024-12-31,icb,QWO,0,,120,\n"
    "referrals_received,2024-01-01,2024-12-31,icb,QWO,0-2,,300,\n"
    "referrals_accepted,2024-01-01,2024-12-31,icb,QWO,0-2,,210,\n"
    "children_ge1,2024-01-01,2024-12-31,icb,QWO,0,,60,\n"
    "children_ge1,2024-01-01,2024-12-31,icb,QWO,1,,*,hidden\n"
    "children_ge1,2024-01-01,2024-12-31,icb,QWO,2,,45,\n"
    "children_ge1,2024-01-01,2024-12-31,icb,QWO,0-2,,140,\n"
    "children_ge1_change,2024-01-01,2024-12-31,icb,QWO,0-2,,-5,\n"
)
WORKFORCE = (
    "area_code,profession,level,trained,all,as_of,source\n"
    "E08000035,Health visitors,2,12,140,2025-09,Workforce return\n"
    "E08000035,Midwives,1,30,220,2025-09,Workforce return\n"
)
PROVISION = (
    "lad_code,team_name,service_type,families_per_year,as_of,source\n"
    "E07000043,A team,specialised,40,2025-06,Annual report\n"
)


def given(folder: "Path", name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize("ending", ["pdf", "html", "docx", "md"])
def test_a_report_is_written_in_the_format_of_its_name(ending: str, tmp_path: "Path") -> None:
    out = tmp_path / f"rutland.{ending}"

    assert main(["case", "Rutland", "--on", "2026-03-10", "--out", str(out)]) == 0

    starts = {"pdf": b"%PDF", "html": b"<!DOCTYPE html>", "docx": b"PK", "md": b"*A case"}
    assert out.read_bytes().startswith(starts[ending])
    assert list(tmp_path.iterdir()) == [out]


def test_the_same_words_and_day_give_the_same_report(tmp_path: "Path") -> None:
    for name in ("a.md", "b.md"):
        main(["case", "Rutland", "--on", "2026-03-10", "--out", str(tmp_path / name)])

    assert (tmp_path / "a.md").read_bytes() == (tmp_path / "b.md").read_bytes()


def test_access_and_workforce_files_fill_their_pages(tmp_path: "Path") -> None:
    out = tmp_path / "leeds.md"
    files = [
        "--access",
        given(tmp_path, "access.csv", ACCESS),
        "--workforce",
        given(tmp_path, "workforce.csv", WORKFORCE),
    ]

    assert main(["case", "Leeds", *files, "--out", str(out)]) == 0

    text = out.read_text("utf-8")
    assert "These figures are for NHS West Yorkshire, which holds Leeds and other areas." in text
    assert "| Children with one contact or more | 60 | hidden | 45 | 140" in text
    assert "Age 1: hidden." in text
    assert "42 of 360 people trained" in text
    assert "300 referrals" in text


def test_a_hidden_count_is_never_nought(tmp_path: "Path") -> None:
    out = tmp_path / "leeds.md"
    main(["case", "Leeds", "--access", given(tmp_path, "a.csv", ACCESS), "--out", str(out)])

    assert "hidden" in out.read_text("utf-8")
    assert "| 0 |" not in out.read_text("utf-8")


def test_the_board_itself_gets_a_share_of_need_for_each_period(tmp_path: "Path") -> None:
    out = tmp_path / "board.md"
    main(["case", "E54000054", "--access", given(tmp_path, "a.csv", ACCESS), "--out", str(out)])

    assert "From January 2024 to December 2024, about 1.2%" in out.read_text("utf-8")


def test_a_file_about_somewhere_else_says_so(tmp_path: "Path") -> None:
    out = tmp_path / "wales.md"
    files = [
        "--access",
        given(tmp_path, "access.csv", ACCESS),
        "--workforce",
        given(tmp_path, "workforce.csv", WORKFORCE),
    ]

    assert main(["case", "Wales", *files, "--out", str(out)]) == 0

    text = out.read_text("utf-8")
    assert "The file that was given holds no figures for Wales" in text
    assert "The workforce file that was given holds no row for Wales." in text


def test_provision_of_ones_own_is_what_counts(tmp_path: "Path") -> None:
    out = tmp_path / "north-devon.md"
    provision = given(tmp_path, "provision.csv", PROVISION)

    assert main(["case", "E07000043", "--provision", provision, "--out", str(out)]) == 0
    assert "as stated in June 2025" in out.read_text("utf-8")


def test_another_scenario_may_lead(tmp_path: "Path") -> None:
    out = tmp_path / "leeds.md"

    assert main(["case", "Leeds", "--scenario", "policy_floor", "--out", str(out)]) == 0
    assert "Policy floor (main estimate)" in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["Atlantis"], "“Atlantis” is no area that we hold"),
        (["Leeds", "--scenario", "half"], "there is no scenario 'half'"),
        (["Leeds", "--scenario", "all"], "a report leads with one scenario"),
        (["Wales", "--scenario", "risk_weighted"], "risk_weighted is not available for Wales"),
        (["Leeds", "--provision", "none.csv"], "there is no file none.csv"),
        (["Leeds", "--access", "none.csv"], "there is no file none.csv"),
    ],
)
def test_bad_input_is_said_plainly_and_leaves_no_file(
    words: list[str], fault: str, tmp_path: "Path", capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.pdf"

    assert main(["case", *words, "--out", str(out)]) == 2

    assert fault in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("option", "text", "fault"),
    [
        ("--provision", "lad_code,team_name\n", "1: no column service_type"),
        ("--access", "measure,age\n", "1: no column period_start"),
        ("--workforce", "area_code,trained\n", "1: no column profession"),
        ("--access", ACCESS.replace(",120,", ",many,"), "2: shown 'many' is not a number"),
        ("--workforce", WORKFORCE.replace("12,140", "150,140"), "2: 150 trained is more than all"),
        ("--workforce", WORKFORCE.replace("12,140", "-1,140"), "2: trained '-1' must be 0 or more"),
        ("--workforce", WORKFORCE.replace("2025-09", ""), "2: as_of is empty"),
        ("--workforce", WORKFORCE.splitlines()[0] + "\n", "there are no rows below the head"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_leaves_no_report(
    option: str, text: str, fault: str, tmp_path: "Path", capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = given(tmp_path, "given.csv", text), tmp_path / "report.html"

    assert main(["case", "Leeds", option, path, "--out", str(out)]) == 2

    assert fault in capsys.readouterr().err
    assert not out.exists()


def test_a_file_that_is_no_text_is_refused(
    tmp_path: "Path", capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "given.csv"
    path.write_bytes(b"\xff\xfe\x00")

    assert main(["case", "Leeds", "--access", str(path), "--out", str(tmp_path / "x.md")]) == 2
    assert "cannot be read as UTF-8 text" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("report.txt", "must end in one of .pdf, .html, .docx, .md"),
        ("none/report.pdf", "there is no folder"),
    ],
)
def test_a_name_that_cannot_be_written_is_refused(
    name: str, fault: str, tmp_path: "Path", capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["case", "Leeds", "--out", str(tmp_path / name)]) == 2
    assert fault in capsys.readouterr().err


def test_an_area_that_became_several_is_not_guessed(
    tmp_path: "Path", capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["case", "E10000021", "--out", str(tmp_path / "x.md")]) == 2
    assert "a report is about one of them" in capsys.readouterr().err


def test_a_file_that_cannot_take_its_place_leaves_nothing(
    tmp_path: "Path", monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("the folder is closed")

    monkeypatch.setattr("pathlib.Path.replace", refuse)

    with pytest.raises(PermissionError):
        writing.save(b"x", tmp_path / "x.md")
    assert list(tmp_path.iterdir()) == []


def test_the_report_needs_no_web_framework(tmp_path: "Path") -> None:
    program = (
        "import sys; from nestling.cli import main; "
        f"status = main(['case', 'Rutland', '--out', {str(tmp_path / 'x.md')!r}]); "
        "sys.exit(status or int('django' in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603 - our own words

    assert done.returncode == 0
