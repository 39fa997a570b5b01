"""What every report says, whatever the area."""

import re
from typing import TYPE_CHECKING

import pytest

from nestling.evidence.report.build import build
from nestling.evidence.report.inputs import Asked, inputs_for, words_file
from nestling.evidence.report.model import Mark, Number, Picture, Table, Words, plain
from nestling.evidence.report.notes import Notebook
from nestling.evidence.report.phrases import Phrasebook, UnknownPhraseError
from nestling.evidence.report.places import place_of
from nestling.reference.areas import areas
from nestling.reference.claims import register
from tests.evidence.areas import DAY, TWO, report_of

if TYPE_CHECKING:
    from nestling.evidence.report.model import Report

#: Words that a careful person would not print.
NEVER = (
    r"N/A",
    r"\bNone\b",
    r"\bnan\b",
    r"\b0 teams",
    r"about about",
    r"[{}]",
    r"\[claim",
    r" [,.;]",
    r"\b1 babies",
)
BABY_WORDS = "infant, children and young people's mental health"


def text_of(report: "Report") -> str:
    return "\n".join(plain(line) for line in report.lines())


@pytest.mark.parametrize("area", TWO)
def test_no_report_prints_an_empty_or_broken_phrase(area: str) -> None:
    text = text_of(report_of(area))

    assert [word for word in NEVER if re.search(word, text)] == []


@pytest.mark.parametrize("area", TWO)
def test_every_report_has_ten_messages_each_with_a_caution(area: str) -> None:
    sections = [section for section in report_of(area).sections if section.kicker]

    assert [section.kicker for section in sections] == [f"Message {n} of 10" for n in range(1, 11)]
    for section in sections:
        titles = [getattr(block, "title", "") for block in section.blocks]
        assert "An honest caution" in titles


@pytest.mark.parametrize("area", TWO)
def test_every_number_has_a_source_and_most_a_note_beside_them(area: str) -> None:
    for line in report_of(area).lines():
        for span, following in zip(line, (*line[1:], None), strict=True):
            if isinstance(span, Number):
                assert span.figure.source.words
            if isinstance(span, Words) and isinstance(following, Mark):
                assert following.note >= 1


@pytest.mark.parametrize("area", TWO)
def test_running_text_prints_digits_only_as_figures_dates_or_names(area: str) -> None:
    allowed = (
        r"\b(?:19|20)\d\d\b|\b\d{1,2} (?:January|April|June|March)|1001|Message \d+|[CEX]\d{2,3}"
    )
    loose = [
        span.text
        for line in report_of(area).lines()
        for span in line
        if isinstance(span, Words) and re.search(r"\d", re.sub(allowed, "", span.text))
    ]

    cautions = [caution for caution in loose if re.match(r"[A-Z][a-z ,-]+: ", caution)]
    assert [text for text in loose if text not in cautions] == []


@pytest.mark.parametrize("area", TWO)
def test_every_mark_has_its_note_and_every_note_its_words(area: str) -> None:
    report = report_of(area)
    marks = {span.note for line in report.lines() for span in line if isinstance(span, Mark)}

    assert marks == {note.number for note in report.notes}
    assert all(note.text.strip() for note in report.notes)


@pytest.mark.parametrize("area", TWO)
def test_every_picture_has_words_and_every_table_rows(area: str) -> None:
    blocks = [block for section in report_of(area).sections for block in section.blocks]

    assert sum(isinstance(block, Picture) for block in blocks) >= 3
    assert all(block.alternative for block in blocks if isinstance(block, Picture))
    assert all(block.rows for block in blocks if isinstance(block, Table))


@pytest.mark.parametrize("area", TWO)
def test_the_report_says_infant_children_and_young_people(area: str) -> None:
    assert BABY_WORDS in report_of(area).subtitle


def test_wales_has_welsh_policy_and_no_english_promise() -> None:
    text = text_of(report_of("Wales"))

    assert "NYTH/NEST" in text
    assert "We found no such promise for Wales" in text
    assert "integrated care board" not in text


def test_each_nation_names_its_own_bodies() -> None:
    bodies = {
        "Leeds": "integrated care board",
        "Wales": "local health board",
        "Highland": "NHS board",
        "Newry, Mourne and Down": "health and social care trust",
    }

    assert all(body in text_of(report_of(area)) for area, body in bodies.items())


def test_births_that_are_stood_in_for_are_said_to_be_so() -> None:
    assert "stands in for births" in text_of(report_of("Highland"))
    assert "At any time about 1,900 babies under one live in Highland" in text_of(
        report_of("Highland")
    )


def test_a_small_area_is_told_that_it_needs_part_of_a_team() -> None:
    text = text_of(report_of("Rutland"))

    assert "a team shared with a neighbour would serve" in text
    assert "less than the work of one team" in text


def test_unknown_help_is_said_to_be_unknown_and_has_no_gap() -> None:
    text = text_of(report_of("Devon"))

    assert "How many families get specialised help is not known" in text
    assert "The gap between need and help cannot be worked out" in text


def test_help_in_part_of_an_area_is_said_to_be_in_part() -> None:
    text = text_of(report_of("E54000054"))

    assert "At least 130 families are seen in part of the area" in text
    assert report_of("E54000054").title.startswith("West Yorkshire: babies who need help")


def test_stated_help_is_dated_and_held_against_need() -> None:
    text = text_of(report_of("Leeds"))

    assert "sees 130 families a year, as stated in March 2021" in text
    assert "The gap between need and help is about 1,120 babies" in text


def test_constructs_are_shown_side_by_side_and_never_summed() -> None:
    (table,) = (
        block
        for section in report_of("Leeds").sections
        if section.id == "need"
        for block in section.blocks
        if isinstance(block, Table) and block.head[0] == "If you count"
    )

    assert len(table.rows) == 7
    assert "We do not add or average them" in text_of(report_of("Leeds"))


def test_every_phrase_names_things_that_exist() -> None:
    for area in ("Leeds", "Wales", "K02000001", "E92000001", "E12000006"):
        assert report_of(area).sections


def test_the_words_files_hold_no_number_of_their_own() -> None:
    allowed = re.compile(r"\{[^}]*\}|\[[^\]]*\]|\b(?:19|20)\d\d\b|1001|30 April|v3\.0")
    for name in ("messages", "nations", "body"):
        text = re.sub(r"(?m)^\s*(?:#.*|- id:.*)$", "", str(words_file(name)))
        assert re.findall(r"\d+[^']{0,20}", allowed.sub("", text)) == [], name


def test_a_source_is_noted_once_in_a_section() -> None:
    notes = [note.text for note in report_of("Leeds").notes]
    in_cover = notes[: notes.index(notes[0], 1)]

    assert len(in_cover) == len(set(in_cover))


def test_a_main_estimate_without_an_interval_says_so() -> None:
    report = build(inputs_for(Asked(area="Rutland", on=DAY, scenario="regulatory")))
    text = text_of(report)

    assert "about 54 babies, of which no interval is known." in text
    assert "one figure, no interval known" in text


@pytest.mark.parametrize(
    ("code", "nation", "name", "in_sentence"),
    [
        ("BHSCT", "northern-ireland", "Belfast", "Belfast"),
        ("E06000010", "england", "Kingston upon Hull", "Kingston upon Hull"),
        ("E09000001", "england", "City of London", "the City of London"),
        ("S12000036", "scotland", "Edinburgh", "Edinburgh"),
        ("E12000001", "england", "North East", "the North East"),
        ("W11000024", "wales", "Powys", "Powys"),
        ("E40000011", "england", "Midlands", "the Midlands"),
    ],
)
def test_an_area_is_spoken_of_as_people_do(
    code: str, nation: str, name: str, in_sentence: str
) -> None:
    place = place_of(areas().by_code[code])

    assert (place.nation, place.name, place.in_sentence) == (nation, name, in_sentence)


def test_a_phrase_that_asks_for_nothing_that_exists_is_refused() -> None:
    book = Phrasebook(
        figures={}, words={}, flags=frozenset(), notebook=Notebook(register=register())
    )

    with pytest.raises(UnknownPhraseError, match="weather"):
        book.line("It is {weather}.")


def test_a_table_without_rows_and_a_picture_without_words_are_refused() -> None:
    with pytest.raises(ValueError, match="empty or uneven"):
        Table(caption="Nothing", head=("a",), rows=())
    with pytest.raises(ValueError, match="cannot see it"):
        Picture(svg="<svg/>", caption="", alternative=" ")


def test_a_count_whose_source_gives_a_range_alone_has_no_middle_in_table_and_chart() -> None:
    blocks = [block for section in report_of("Leeds").sections for block in section.blocks]

    rows = [row for one in blocks if isinstance(one, Table) for row in one.rows]
    said = next(row for row in rows if plain(row[0]).startswith("Distorted relationship"))
    charts = [one.alternative for one in blocks if isinstance(one, Picture)]
    assert plain(said[1]).startswith("no middle value")
    assert plain(said[2])[0].isdigit()
    assert "Distorted relationship: no middle value, likely between" in "\n".join(charts)
