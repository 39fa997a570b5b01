"""The command `nestling evidence`."""

import json
from typing import TYPE_CHECKING

import pytest

from nestling.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def test_list_prints_one_claim_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "list"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 139
    assert lines[10].startswith("E011  about 130 families a year  Leeds, 2021")


def test_list_can_be_narrowed(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["evidence", "list", "--kind", "prevalence", "--document", "S004", "--search", "secure"]

    assert main(words) == 0
    assert [line[:4] for line in capsys.readouterr().out.splitlines()] == ["E110"]


def test_show_prints_a_claim_with_its_contradictions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "show", "e077"]) == 0

    out = capsys.readouterr().out
    assert "283 in all" in out
    assert "C09: Who says that a service" in out
    assert "line 429" in out


@pytest.mark.parametrize(
    ("identifier", "words"),
    [("C03", "from conception (E007, E008, E094, E106)"), ("X20", "27 teams")],
)
def test_show_prints_contradictions_and_findings(
    identifier: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", "show", identifier]) == 0
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["show", "E999"], "nothing is called 'E999'"),
        (["cite", "C01"], "nothing is called 'C01'"),
        (["cite", "E001", "--format", "word"], "word is not one of"),
        (["list", "--kind", "rumour"], "no kind is called 'rumour'"),
        (["list", "--document", "S009"], "no document is called 'S009'"),
        (["check", "--docs", "/no/such/folder"], "/no/such/folder is not a folder"),
        (["check", "--format", "xml"], "'xml' is not one of"),
    ],
)
def test_bad_input_is_one_plain_line_and_status_2(
    words: list[str], fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evidence", *words]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert fault in captured.err
    assert len(captured.err.splitlines()) == 1


def test_check_explains_each_fault_and_what_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    main(["evidence", "check", "--on", "2026-03-10"])

    out = capsys.readouterr().out
    assert "108 of 283 is 38.2%" in out
    assert "C09: Keep the 36% and drop the 108." in out
    assert "E105 to E139" in out


def test_check_gives_its_numbers_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    main(["evidence", "check", "--format", "json", "--on", "2026-03-10"])

    answer = json.loads(capsys.readouterr().out)
    assert answer["on"] == "2026-03-10"
    assert {row["check"] for row in answer["results"]} >= {"share_of_base", "tenfold", "totals"}


def test_check_passes_on_what_is_shipped() -> None:
    assert main(["evidence", "check", "--format", "json"]) == 0


def test_check_fails_when_a_page_uses_both_sides_of_a_contradiction(
    tmp_path: "Path", capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.md").write_text("[claim E002] and [claim E119]", "utf-8")

    assert main(["evidence", "check", "--docs", str(tmp_path)]) == 1
    assert "page.md uses E002 against E119" in capsys.readouterr().out


def test_cite_writes_for_a_reference_manager(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "cite", "e005", "--format", "ris"]) == 0
    assert capsys.readouterr().out.startswith("TY  - RPRT")
