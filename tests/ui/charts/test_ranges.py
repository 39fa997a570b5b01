"""Tests of ranges on one scale."""

import pytest

from nestling.ui.charts.ranges import MARK, Range, RangeError, RangeWords, ranges_on_one_scale

WORDS = RangeWords(
    title="Babies needing help", unit="Babies a year", seen_label="Families seen", seen=130
)
RANGES = [
    Range(label="Policy floor", best=850, low=550, high=1210),
    Range(label="Regulatory", best=1694, low=None, high=None),
]


def test_the_text_and_the_rows_say_what_the_picture_shows() -> None:
    picture = ranges_on_one_scale(RANGES, words=WORDS)

    assert picture.text == (
        "Babies needing help. Policy floor: 850, likely between 550 and 1,210. "
        "Regulatory: 1,694, interval not known. Families seen: 130."
    )
    assert picture.rows[1] == ("Regulatory", "1,694", "not known")


def test_the_picture_is_one_labelled_image() -> None:
    svg = ranges_on_one_scale(RANGES, words=WORDS).svg

    assert svg.count("aria-label=") == 1
    assert "#9a3f1c" in svg


def test_nothing_is_drawn_for_families_that_are_not_known() -> None:
    svg = ranges_on_one_scale(RANGES, words=RangeWords(title="t", unit="u")).svg

    assert "#9a3f1c" not in svg


def test_a_plain_sentence_says_what_likely_means() -> None:
    assert "19 times out of 20" in ranges_on_one_scale(RANGES, words=WORDS).meaning


def test_a_range_turned_round_is_refused() -> None:
    with pytest.raises(RangeError, match="5 is not from 9 to 1"):
        ranges_on_one_scale([Range(label="x", best=5, low=9, high=1)], words=WORDS)


def test_no_ranges_are_refused() -> None:
    with pytest.raises(RangeError, match="no ranges"):
        ranges_on_one_scale([], words=WORDS)


def test_a_range_without_a_middle_value_has_no_mark_and_says_so() -> None:
    alone = Range(label="A range alone", best=None, low=100, high=250)

    picture = ranges_on_one_scale([alone], words=RangeWords(title="Need", unit="Babies"))

    assert picture.rows == (("A range alone", "no middle value", "100 and 250"),)
    assert MARK not in picture.svg


def test_what_has_neither_a_value_nor_a_range_is_not_drawn() -> None:
    nothing = Range(label="Nothing", best=None, low=None, high=None)

    with pytest.raises(RangeError, match="neither"):
        ranges_on_one_scale([nothing], words=RangeWords(title="Need", unit="Babies"))
