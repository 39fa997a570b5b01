"""Tests of maps: shades, words and rows."""

import re
from collections.abc import Sequence

import pytest

from nestling.ui.charts.maps import (
    AreaValue,
    Feature,
    MapError,
    MapWords,
    choropleth,
    class_labels,
    labelled,
    rows_of,
    text_of,
)

WORDS = MapWords(title="Babies in need", unit="Babies a year")


def square(code: str, *, east: float) -> Feature:
    ring = [[east, 50.0], [east, 51.0], [east + 1, 51.0], [east + 1, 50.0], [east, 50.0]]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"area_code": code, "area_name": code},
    }


SQUARES: Sequence[Feature] = [square("A", east=-3.0), square("B", east=-2.0), square("C", east=-1)]
VALUES = [
    AreaValue(code="A", name="Ayton", value=100),
    AreaValue(code="B", name="Beeford", value=600),
    AreaValue(code="C", name="Ceeham", value=None),
]


def test_areas_are_shaded_by_their_class_and_the_unknown_in_grey() -> None:
    svg = choropleth(SQUARES, VALUES, breaks=[250, 500], words=WORDS).svg

    for shade in ("#74aaa0", "#0f4c4a", "#d8d8d8"):
        assert shade in svg.lower()


def test_a_square_that_is_drawn_does_not_fill_the_whole_picture() -> None:
    svg = choropleth(SQUARES, VALUES, breaks=[250, 500], words=WORDS).svg

    paths = re.findall(r'aria|d="(M[^"]+)"', svg)
    assert paths
    assert "NaN" not in svg


def test_the_picture_has_one_label_with_its_text() -> None:
    picture = choropleth(SQUARES, VALUES, breaks=[250], words=WORDS)

    assert picture.svg.count("aria-label=") == 1
    assert f'aria-label="{picture.text}"' in picture.svg
    assert picture.svg.count("role=") == 1


def test_the_text_names_both_ends_and_what_is_not_known() -> None:
    said = text_of(VALUES, words=WORDS)

    assert said == (
        "Babies in need. Babies a year: from 100 in Ayton to 600 in Beeford, over 2 areas. "
        "Not known for 1 of 3 areas."
    )


def test_the_text_of_nothing_known_says_so() -> None:
    assert text_of(VALUES[2:], words=WORDS) == (
        "Babies in need. Nothing is known for any of 1 areas."
    )


def test_the_rows_are_largest_first_and_the_unknown_last() -> None:
    assert [row[2] for row in rows_of(VALUES, words=WORDS)] == ["600", "100", "Not known"]


def test_a_chosen_area_is_outlined() -> None:
    plain = choropleth(SQUARES, VALUES, breaks=[250], words=WORDS).svg
    chosen = choropleth(SQUARES, VALUES, breaks=[250], words=WORDS, chosen="A").svg

    assert "#9a3f1c" not in plain
    assert "#9a3f1c" in chosen


def test_london_is_drawn_again_larger() -> None:
    with_london = [*SQUARES, square("E09000001", east=0)]

    svg = choropleth(with_london, VALUES, breaks=[250], words=WORDS).svg

    assert "London" in svg


def test_five_classes_have_their_words() -> None:
    assert class_labels([250, 500, 1000, 2000])[-1] == "2,000 or more"


def test_a_label_cannot_break_out_of_its_attribute() -> None:
    assert 'aria-label="a &quot;b&quot; &lt;c> &amp; d"' in labelled("<svg >", text='a "b" <c> & d')


@pytest.mark.parametrize("breaks", [[], [5, 1], [1, 1], [1, 2, 3, 4, 5]], ids=str)
def test_breaks_that_make_no_classes_are_refused(breaks: list[float]) -> None:
    with pytest.raises(MapError, match="rising breaks"):
        choropleth(SQUARES, VALUES, breaks=breaks, words=WORDS)


def test_a_map_of_nothing_is_refused() -> None:
    with pytest.raises(MapError, match="needs areas"):
        choropleth([], VALUES, breaks=[1], words=WORDS)
    with pytest.raises(MapError, match="properties"):
        choropleth([{"type": "Feature", "properties": None}], VALUES, breaks=[1], words=WORDS)
