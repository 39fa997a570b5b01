"""Words, answers and pictures from published numbers alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.access_figures import pictures
from nestling.access_figures.models import Release
from nestling.access_figures.presenters import answers, cells, explore, words
from nestling.access_figures.presenters.answers import Period
from nestling.access_figures.presenters.before import BEFORE
from nestling.access_figures.presenters.cells import Cell, Figures
from nestling.access_figures.queries import england
from nestling.access_figures.views.questions import with_changes
from nestling.reference.access import questions
from nestling.ui.charts.figure_words import Said
from tests.factories.access_figures import BEFORE as EARLIER
from tests.factories.access_figures import END, START, PublishedRowFactory

PERIOD = Period(start=START, end=END, earlier=EARLIER)


def found(release: Release, number: str) -> answers.Answer:
    """The answer to a question from a release."""
    return answers.answer(number, Figures(england(release, with_changes())), PERIOD)


def words_of(sentences: tuple[Said, ...]) -> str:
    """Sentences as a reader reads them."""
    return " ".join(str(one) for one in sentences)


@given(first=st.integers(0, 10**6), second=st.integers(0, 10**6))
def test_a_difference_is_worked_out_from_shown_numbers(first: int, second: int) -> None:
    assert cells.less(Cell(shown=str(first)), Cell(shown=str(second))).number == first - second


@pytest.mark.parametrize(("first", "second"), [("*", "5"), ("5", "*"), ("*", "*")])
def test_what_is_worked_out_from_a_hidden_number_is_hidden(first: str, second: str) -> None:
    assert cells.less(Cell(shown=first), Cell(shown=second)).is_hidden


def test_a_hidden_number_has_no_rate_and_no_bar() -> None:
    cell = Cell(shown="*")

    assert cells.rate_words(cell, 1000) == "hidden"
    assert cells.shared(cell, most=10).share == 0


def test_what_was_not_counted_is_not_hidden_and_not_zero() -> None:
    assert cells.NOT_HELD.words == "not counted"
    assert not cells.NOT_HELD.is_hidden


def test_a_change_carries_its_sign() -> None:
    said = [Cell(shown=n, is_change=True).words for n in ("545", "-5", "0")]

    assert said == ["+545", "-5", "0"]


def test_the_first_answer_counts_ages_0_and_1(release: Release) -> None:
    answer = found(release, "120765")

    assert answer.answer.words == "4,185"
    assert "1 in 270" in words_of(answer.under) or "1 in 280" in words_of(answer.under)
    assert "3,640" in words_of(answer.under)
    assert [line.head for line in answer.by_age.lines] == ["Under 1", "Age 1", "Under two"]


def test_referrals_turned_away_are_those_received_less_those_accepted(release: Release) -> None:
    said = " ".join(words_of(found(release, "120765").under).split())

    assert "turned away: 1,925" in said


def test_the_third_answer_is_the_change_and_says_that_it_is_not_since_2019(
    release: Release,
) -> None:
    answer = found(release, "120767")

    assert (answer.answer.words, answer.unit) == ("545", "more children")
    assert "not the change since January 2019" in words_of(answer.under)


def test_fewer_children_are_said_as_fewer(release: Release) -> None:
    rows = england(release, with_changes())
    for row in rows:
        if row.measure == "children_ge1_change":
            row.cells["0-2"] = ["-30", ""]

    answer = answers.answer("120767", Figures(rows), PERIOD)

    assert (answer.answer.words, answer.unit) == ("30", "fewer children")


def test_a_release_of_one_period_shows_no_change(release: Release) -> None:
    alone = Period(start=START, end=END, earlier=None)

    answer = answers.answer("120767", Figures(england(release, with_changes())), alone)

    assert "no change" in words_of(answer.under)
    assert answer.answer == cells.NOT_HELD


def test_every_question_says_what_older_data_can_and_cannot_show() -> None:
    assert set(BEFORE) == set(questions()) == set(answers.ANSWERS)
    assert all(one.can and one.cannot for one in BEFORE.values())


def test_what_hidden_means_takes_its_numbers_from_the_rule(release: Release) -> None:
    said = words_of(words.hiding(release).sentences)

    assert "1 to 4 children" in said
    assert "nearest 5" in said


@pytest.mark.django_db
def test_the_chart_has_no_bar_for_a_hidden_number_and_says_hidden() -> None:
    shown = explore.shown([PublishedRowFactory.create()], age="0")

    assert shown.chart is not None
    assert "Age 1: hidden" in shown.chart.text
    assert "Under 1: 2,125" in shown.chart.text


def test_a_waterfall_says_every_rule_with_those_lost_and_left() -> None:
    falls = [
        pictures.Fall(words="everyone", left=Cell(shown="9000"), lost=Cell(shown="0")),
        pictures.Fall(words="seen", left=Cell(shown="5000"), lost=Cell(shown="*")),
    ]

    picture = pictures.falls_chart(falls, title="Babies")

    assert picture is not None
    assert picture.text == "Babies. Everyone: 9,000. 1. seen: lost hidden, left 5,000."
    assert "9,000" in picture.svg


def test_areas_stand_by_name_with_those_not_known_last() -> None:
    rows = [
        PublishedRowFactory.build(release=None, breakdown="icb", code=code)
        for code in ("UNKNOWN", "QWO", "QJK")
    ]

    assert [row.code for row in words.by_name(rows)] == ["QJK", "QWO", "UNKNOWN"]


def test_a_day_is_said_in_words() -> None:
    assert words.day(date(2025, 12, 31)) == "31 December 2025"
