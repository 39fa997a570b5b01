import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from nestling.cli import main
from nestling.cli.measures_rows import json_rows, read_text


class Run:
    """What a command answered."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err

    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def go(*words: str, given: str | bytes = "") -> Run:
        content = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        status = main(list(words))
        said = capsys.readouterr()
        return Run(status, said.out, said.err)

    return go


def sheet(answers: dict[int, Any], **more: Any) -> str:
    return json.dumps({"responses": {str(k): v for k, v in answers.items()}, **more})


EPDS = dict.fromkeys(range(1, 11), 1)


def test_a_sheet_is_answered_in_the_documented_shape(run: Any) -> None:
    answers = {1: 1, 2: 2, 3: 1, 4: 1, 5: 2, 6: 2, 7: 2, 8: 2, 9: 2, 10: 2}

    done = run("score", "EPDS", "-", given=sheet(answers))

    assert done.out == (
        '{"row": 1, "instrument": "epds", "version": "1987", "status": "complete", "missing": [], '
        '"scores": {"total": {"value": 12, "band": "possible", "status": "complete"}}, '
        '"alerts": [10], "unknown_alerts": [], "errors": []}\n'
    )
    assert done.status == 0


def test_a_bad_row_is_answered_in_its_place_and_makes_the_status_one(run: Any) -> None:
    given = "\n".join([sheet(EPDS), "not json", sheet(EPDS | {4: 7}), "", sheet(EPDS)])

    done = run("score", "epds", "-", given=given)

    assert done.status == 1
    assert [row["row"] for row in done.rows()] == [1, 2, 3, 4]
    assert [row["status"] for row in done.rows()] == ["complete", "invalid", "invalid", "complete"]
    assert done.rows()[2]["errors"] == [{"item": "4", "reason": "out_of_range"}]
    assert done.rows()[2]["scores"] == {}


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("[1]", {"item": None, "reason": "wrong_type"}),
        ("{}", {"item": "responses", "reason": "wrong_type"}),
        ('{"responses": [1]}', {"item": "responses", "reason": "wrong_type"}),
        ('{"responses": {"1": 1, "1": 2}}', {"item": "1", "reason": "not_allowed"}),
        ('{"responses": {"1": NaN}}', {"item": "1", "reason": "wrong_type"}),
        ('{"responses": {"1": 1e99999999999999999999}}', {"item": "1", "reason": "wrong_type"}),
        ('{"responses": {}, "coding": "up"}', {"item": "coding", "reason": "not_allowed"}),
        ('{"responses": {}, "item_order": 2001}', {"item": "item_order", "reason": "not_allowed"}),
        ('{"responses": {"1": ' + "9" * 5000 + "}}", {"item": None, "reason": "wrong_type"}),
        ("[" * 100_000, {"item": None, "reason": "wrong_type"}),
    ],
)
def test_a_row_that_is_no_sheet_is_invalid_and_says_why(
    line: str, error: dict[str, Any], run: Any
) -> None:
    done = run("score", "gad2", "-", given=f"\n{line}\n")

    assert done.status == 1
    assert error in done.rows()[0]["errors"]


def test_an_unverified_measure_is_scored_and_marked(run: Any) -> None:
    row = run("score", "mors_sf", "-", given=sheet(dict.fromkeys(range(1, 15), 1))).rows()[0]

    assert row["evidence"] == "unverified"
    assert row["scores"]["warmth"]["value"] == 7


def test_a_verified_measure_carries_no_mark(run: Any) -> None:
    assert "evidence" not in run("score", "epds", "-", given=sheet(EPDS)).rows()[0]


def test_a_table_with_a_column_for_each_item_is_scored(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "sheets.csv"
    path.write_text("\ufeff1, 2,coding\n3, 3,\n0,,scored\nx,9,\n", encoding="utf-8")

    done = run("score", "gad2", str(path))

    assert done.status == 1
    assert [row["status"] for row in done.rows()] == ["complete", "incomplete", "invalid"]
    assert done.rows()[0]["scores"]["total"] == {
        "value": 6,
        "band": "positive",
        "status": "complete",
    }
    assert done.rows()[2]["errors"] == [
        {"item": "1", "reason": "wrong_type"},
        {"item": "2", "reason": "out_of_range"},
    ]


def test_a_table_on_standard_input_is_known_by_its_heading(run: Any) -> None:
    done = run("score", "gad2", "-", given='"1","2"\n1,2\n')

    assert done.rows()[0]["scores"]["total"]["value"] == 3


def test_a_word_that_the_key_allows_may_stand_in_a_table(run: Any) -> None:
    heading = ",".join(str(at) for at in range(1, 16))
    cells = ",".join("NA" if at in (1, 9) else "3" for at in range(1, 16))

    done = run("score", "kpcs", "-", given=f"{heading}\n{cells}\n")

    assert done.rows()[0]["scores"]["total"]["value"] == 43


def test_an_item_column_that_the_key_does_not_know_is_refused_where_it_is_filled(run: Any) -> None:
    done = run("score", "gad2", "-", given="1,2,3\n1,1,\n1,1,0\n")

    assert [row["status"] for row in done.rows()] == ["complete", "invalid"]
    assert done.rows()[1]["errors"] == [{"item": "3", "reason": "unknown_item"}]


def test_more_cells_than_columns_make_a_row_invalid(run: Any) -> None:
    done = run("score", "gad2", "-", given="1,2\n1,1,3\n")

    assert done.rows()[0]["errors"] == [{"item": None, "reason": "unknown_item"}]


def test_a_column_that_stands_twice_stops_the_command(run: Any) -> None:
    done = run("score", "gad2", "-", given="1,1\n1,1\n")

    assert (done.status, done.err) == (2, "nestling: the column “1” stands twice\n")


def test_a_cell_beyond_all_bounds_stops_the_command_with_its_line(run: Any) -> None:
    done = run("score", "gad2", "-", given="1,2\n1,1\n1," + "9" * 200_000 + "\n")

    assert done.status == 2
    assert done.err.startswith("nestling: after line 2 of the table: ")


def test_a_name_that_is_no_text_is_answered_escaped(run: Any) -> None:
    done = run("score", "gad2", "-", given='{"responses": {"1": 1, "2": 1, "\\ud800": 1}}')

    assert done.rows()[0]["errors"] == [{"item": "\ud800", "reason": "unknown_item"}]


def test_words_beside_the_answers_are_named_once_as_not_read(run: Any) -> None:
    given = "\n".join([sheet(EPDS), sheet(EPDS, codding="scored"), sheet(EPDS, codding="raw")])

    done = run("score", "epds", "-", given=given)

    assert done.err == "nestling: “codding” is not read (first in row 2)\n"


def test_the_coding_of_rows_that_do_not_say_can_be_given(run: Any) -> None:
    done = run("score", "epds", "-", "--coding", "scored", given=sheet(EPDS))

    assert done.rows()[0]["scores"]["total"]["value"] == 10


def test_the_item_order_of_a_pbq_row_may_be_a_number(run: Any) -> None:
    given = sheet(dict.fromkeys(range(1, 26), 0), item_order=2001)

    assert run("score", "pbq", "-", given=given).rows()[0]["status"] == "complete"


def test_a_mean_is_written_with_its_decimals_and_a_whole_number_without(run: Any) -> None:
    given = sheet(dict.fromkeys(range(1, 19), 2) | {1: 3}, coding="scored")

    scores = run("score", "prfq", "-", given=given).out

    assert '"PM": {"value": 2.1666666667,' in scores
    assert '"CM": {"value": 2,' in scores


def test_an_empty_file_is_answered_with_nothing(run: Any) -> None:
    done = run("score", "epds", "-", given="")

    assert (done.status, done.out) == (0, "")


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("score", "piios", "-"), b"", "there is no instrument “piios”"),
        (("score", "epds", "nowhere.jsonl"), b"", "cannot read nowhere.jsonl"),
        (("score", "epds", "-"), b"\xff", "- is not UTF-8 text (byte 1)"),
        (("instruments", "show", "nothing"), b"", "there is no instrument “nothing”"),
        (("change", "-"), b"", "nestling: "),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_with_status_two(
    words: tuple[str, ...], given: bytes, said: str, run: Any
) -> None:
    done = run(*words, given=given)

    assert done.status == 2
    assert said in done.err


def test_a_line_separator_inside_a_text_does_not_break_a_row() -> None:
    assert list(json_rows('{"a": "x\u2028y"}\r\n\r\n')) == [{"a": "x\u2028y"}]


def test_text_in_place_of_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\ufeffpre,post"))

    assert read_text("-") == "pre,post"


def test_a_change_is_answered_in_the_documented_shape(run: Any) -> None:
    row = {"pre": 20, "post": 10, "direction": "higher_worse", "sd": 7.7, "r": 0.9}
    norms = {"criterion": "C", "m_clin": 19.7, "sd_clin": 7.7, "m_non": 4.7, "sd_non": 4.8}

    done = run("change", "--method", "jt", "-", given=json.dumps(row | norms))

    assert done.out == (
        '{"status": "ok", "rci_threshold": 6.7493475833, "improvement": 10, '
        '"reliable": "improvement", "cutoff": 10.46, "crossed": true, "class": "recovered"}\n'
    )
    assert done.status == 0


def test_a_change_by_a_published_threshold_has_no_cut_off_unless_asked_for(run: Any) -> None:
    row = {"pre": 26.7, "post": 20.1, "direction": "higher_better", "threshold": 6.6}

    answer = run("change", "--method", "fixed", "-", given=json.dumps(row)).rows()[0]

    assert answer == {
        "status": "ok",
        "rci_threshold": 6.6,
        "improvement": -6.6,
        "reliable": "deterioration",
        "cutoff": None,
        "crossed": None,
        "class": "deteriorated",
    }


def test_a_change_that_cannot_be_judged_is_invalid_and_the_others_stand(run: Any) -> None:
    good = json.dumps({"pre": 9, "post": 1, "direction": "higher_worse", "threshold": 4})

    done = run("change", "--method", "fixed", "-", given=f'{{"pre": 1}}\n{good}\n"x"\nzzz\n')

    assert done.status == 1
    assert [row["status"] for row in done.rows()] == ["invalid", "ok", "invalid", "invalid"]
    assert {"item": "post", "reason": "missing"} in done.rows()[0]["errors"]
    assert done.rows()[0]["class"] is None


def test_the_list_names_every_instrument_with_its_evidence(run: Any) -> None:
    lines = run("instruments", "list").out.splitlines()

    assert len(lines) == 30
    assert "epds      on   verified  EPDS: Edinburgh Postnatal Depression Scale" in lines


def test_the_list_can_be_had_as_json(run: Any) -> None:
    measures = {row["id"]: row for row in json.loads(run("instruments", "list", "--json").out)}

    assert measures["swemwbs"]["scores"] == ["total", "metric"]
    assert not measures["loaf"]["enabled"]


def test_an_instrument_is_shown_in_plain_lines(run: Any) -> None:
    said = run("instruments", "show", "MORS_SF").out

    assert "evidence: partial; off" in said
    assert "  warmth: Warmth, 0 to 35, higher better" in said


def test_bands_and_alerts_are_shown_with_their_source(run: Any) -> None:
    said = run("instruments", "show", "kpcs").out + run("instruments", "show", "epds").out

    assert "  1. item 1 (0 to 3, NA)" in said
    assert "alert: items 10: thoughts of self-harm, whatever the total" in said
    assert "    bands: below_possible from 0, possible from 10, probable from 13 (Cox" in said


def test_an_instrument_can_be_shown_as_json(run: Any) -> None:
    shown = json.loads(run("instruments", "show", "epds", "--json").out)

    assert shown["licence"]["class"] == "B"


@pytest.mark.parametrize("words", [("score",), ("change",), ("instruments", "list")])
def test_every_command_gives_an_example(words: tuple[str, ...], run: Any) -> None:
    assert f"Example: nestling {' '.join(words)}" in run(*words, "--help").out
