"""Words that are written anew, beside figures that stay as they were built."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.evidence.report.edited import edited
from nestling.evidence.report.model import Aside, Bullets, Number, Paragraph, Report, Section, plain
from nestling.evidence.report.passages import PassageError, blocks_from, passages_of
from nestling.evidence.report.stored import StoredReportError, from_plain, report_from, to_plain
from tests.evidence.areas import report_of

AREAS = ("Leeds", "Wales")


def every(report: Report) -> list[str]:
    return [section.id for section in report.sections]


def section(report: Report, name: str) -> Section:
    return next(one for one in report.sections if one.id == name)


@pytest.mark.parametrize("area", AREAS)
def test_a_stored_report_comes_back_as_it_was(area: str) -> None:
    report = report_of(area)

    assert report_from(json.loads(json.dumps(to_plain(report)))) == report


@pytest.mark.parametrize("stored", [{"part": "Elephant"}, {"part": "Mark"}, {"note": 3}, 7, []])
def test_what_is_no_report_is_refused(stored: object) -> None:
    with pytest.raises(StoredReportError):
        report_from(stored)


def test_a_list_of_parts_becomes_a_tuple() -> None:
    assert from_plain([1, [2]]) == (1, (2,))


@pytest.mark.parametrize("area", AREAS)
def test_a_report_with_every_section_and_no_words_reads_as_it_was_built(area: str) -> None:
    report = report_of(area)

    same = edited(report, chosen=every(report), words={})

    assert [plain(line) for line in same.lines()] == [plain(line) for line in report.lines()]
    assert same.references == report.references
    assert {note.text for note in same.notes} == {note.text for note in report.notes}


@pytest.mark.parametrize("area", AREAS)
def test_saving_the_built_text_unchanged_changes_no_word_and_no_note(area: str) -> None:
    report = report_of(area)
    words = {
        passage.key: passage.text
        for one in report.sections
        for passage in passages_of(one)
        if passage.text
    }

    again = edited(report, chosen=every(report), words=words)
    plainly = edited(report, chosen=every(report), words={})

    assert [plain(line) for line in again.lines()] == [plain(line) for line in plainly.lines()]
    assert again.notes == plainly.notes
    assert again.numbers() == plainly.numbers()


@given(left_out=st.sets(st.sampled_from(every(report_of("Leeds"))), max_size=19))
def test_notes_are_numbered_in_reading_order_whatever_is_left_out(left_out: set[str]) -> None:
    report = report_of("Leeds")

    part = edited(report, chosen=[k for k in every(report) if k not in left_out], words={})

    met = list(dict.fromkeys(s.note for line in part.lines() for s in line if hasattr(s, "note")))
    assert met == [note.number for note in part.notes] == list(range(1, len(met) + 1))
    kickers = [one.kicker for one in part.sections if one.kicker]
    assert kickers == [f"Message {n} of {len(kickers)}" for n in range(1, len(kickers) + 1)]


def test_a_reference_goes_when_nothing_cites_it() -> None:
    report = report_of("Leeds")

    short = edited(report, chosen=["early-life"], words={})

    assert 0 < len(short.references) < len(report.references)


def test_a_figure_may_be_moved_and_keeps_its_value_and_its_note() -> None:
    report = report_of("Leeds")
    built = passages_of(section(report, "early-life"))[0]

    new = edited(report, chosen=["early-life"], words={built.key: "We begin with {1}."})

    first = new.sections[0].blocks[0]
    assert isinstance(first, Paragraph)
    line = first.line
    number = next(span for span in line if isinstance(span, Number))
    assert number.text in report.numbers()
    assert plain(line) == f"We begin with {number.text}."
    assert len(line) == 4


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("There are {1: 9,999 babies}.", "cannot be changed here"),
        ("There are {99}.", "no figure 99"),
        ("As said{note 9999}.", "no note 9999"),
        ("Our team sees 40% of them.", "Say where the number comes from"),
        ("We spent £30,000 last year.", "Say where the number comes from"),
        ("We saw 12 families.", "Say where the number comes from"),
        ("A source elsewhere [source: x 2025]. We saw 12 families.", "12 families"),
    ],
)
def test_a_text_that_cannot_stand_is_refused_with_what_to_do(text: str, says: str) -> None:
    with pytest.raises(PassageError, match=says):
        blocks_from(text, section=section(report_of("Leeds"), "early-life"))


def test_a_typed_number_with_its_source_becomes_a_footnote() -> None:
    report = report_of("Leeds")
    text = "We saw 12 families [source: Leeds annual report 2025].\n\n- one\n- two **strong**"

    new = edited(report, chosen=["early-life"], words={"early-life.0": text})

    assert "Leeds annual report 2025" in [note.text for note in new.notes]
    said, listed, *_ = new.sections[0].blocks
    assert isinstance(said, Paragraph)
    assert plain(said.line) == "We saw 12 families."
    assert isinstance(listed, Bullets)
    assert [plain(item) for item in listed.items] == ["one", "two strong"]


def test_local_words_take_the_place_of_the_prompts_and_the_caution_stays() -> None:
    report = report_of("Leeds")

    new = edited(report, chosen=["early-life"], words={"early-life.1": "Ask Seacroft."})

    titles = [block.title for block in new.sections[0].blocks if isinstance(block, Aside)]
    assert titles == ["An honest caution", "Locally"]


def test_progress_takes_the_place_of_the_line_to_fill_in() -> None:
    report = report_of("Leeds")
    asks = section(report, "asks")
    key = next(one.key for one in passages_of(asks) if one.kind == "ask")

    new = edited(report, chosen=["asks"], words={key: "The board has agreed."})

    said = [plain(line) for line in new.lines()]
    assert "Progress: The board has agreed." in said


@given(text=st.text(max_size=300))
def test_no_text_breaks_a_report(text: str) -> None:
    report = report_of("Leeds")
    try:
        new = edited(report, chosen=["need"], words={"need.0": text})
    except PassageError:
        return

    built = set(report.numbers())
    assert set(new.numbers()) <= built


def test_a_report_can_be_told_when_it_was_saved() -> None:
    report = report_of("Leeds")

    assert edited(report, chosen=[], words={}, prepared="Version 2").prepared == "Version 2"
    assert edited(report, chosen=[], words={}).prepared == replace(report).prepared
