"""The words that print a figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.science.figures import Figure, FigureSource, Interval, SourceKind
from nestling.ui.charts.figure_words import (
    figure_words,
    one_in,
    plural,
    pounds,
    range_words,
    rounded,
    sure_words,
    view_of,
)

SOURCE = FigureSource(kind=SourceKind.METHOD, words="our method")


def figure(
    value: float | None, unit: str = "babies", *, limits: Interval | None = None, est: bool = True
) -> Figure:
    return Figure(
        value=value, unit=unit, date="2025", source=SOURCE, interval=limits, is_estimate=est
    )


@pytest.mark.parametrize(
    ("value", "unit", "est", "words"),
    [
        (1273.6, "babies", True, "about 1,270 babies"),
        (8471, "births", False, "8,471 births"),
        (1, "babies", False, "1 baby"),
        (0, "babies", False, "0 babies"),
        (0.6, "babies", True, "about 1 baby"),
        (1.5, "teams", True, "about 2 teams"),
        (1.5, "teams", False, "1.5 teams"),
        (71_550_000, "pence", True, "about £716,000"),
        (0.15, "share", False, "15%"),
        (None, "babies", True, "not known"),
        (1, "families a year", False, "1 family a year"),
    ],
)
def test_a_figure_is_said_with_its_unit(
    value: float | None, unit: str, words: str, *, est: bool
) -> None:
    assert figure_words(figure(value, unit, est=est)) == words


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        (823.2, 1811.7, "babies", "820 to 1,810 babies"),
        (1.2, 4.9, "teams", "2 to 5 teams"),
        (71_550_000, 120_000_000, "pence", "£716,000 to £1.2 million"),
        (0.04, 0.06, "share", "4% to 6%"),
        (12.2, 12.4, "babies", "12 babies"),
        (0.9, 1.1, "babies", "1 baby"),
    ],
)
def test_limits_are_said_in_the_unit(low: float, high: float, unit: str, words: str) -> None:
    middle = figure((low + high) / 2, unit, limits=Interval(low=low, high=high))

    assert range_words(middle) == words


def test_limits_say_what_they_mean() -> None:
    likely = figure(10, limits=Interval(low=5, high=20))
    given_by_source = figure(10, limits=Interval(low=5, high=20, level=None))

    assert sure_words(likely) == "5 to 20 babies, 19 times out of 20"
    assert sure_words(given_by_source) == "5 to 20 babies, the range that its source gives"
    assert sure_words(figure(10)) == ""


def test_a_figure_without_limits_is_said_by_its_value() -> None:
    assert range_words(figure(10)) == "about 10 babies"


@given(st.floats(min_value=0, max_value=1e7))
def test_rounding_moves_an_estimate_by_less_than_five_in_a_hundred(value: float) -> None:
    assert abs(rounded(value) - value) <= max(0.5, 0.05 * value)


@given(st.floats(min_value=0.001, max_value=1))
def test_one_in_n_is_never_far_from_the_share(share: float) -> None:
    top, _, bottom = one_in(share).removeprefix("about ").partition(" in ")

    assert abs(float(top) / float(bottom) - share) <= max(0.1 * share, 0.0051)


@pytest.mark.parametrize(
    ("count", "many", "words"),
    [(1, "people", "person"), (1, "teams a year", "team a year"), (1, "per cent", "per cent")],
)
def test_one_is_singular(count: int, many: str, words: str) -> None:
    assert plural(count, many) == words


def test_large_sums_are_said_in_millions_and_billions() -> None:
    assert [pounds(1_152_000_000), pounds(67_300_000)] == ["£1.15 billion", "£67.3 million"]


def test_a_view_holds_every_word_that_a_template_places() -> None:
    view = view_of(figure(1273.6, limits=Interval(low=823, high=1811)))

    assert (view.words, view.sure) == (
        "about 1,270 babies",
        "820 to 1,810 babies, 19 times out of 20",
    )
    assert (view.date, view.source, view.is_known) == ("2025", "our method", True)
