"""Drawings: a circle of causes, bars with a goal, a place among its neighbours."""

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from nestling.ui.charts.bars import Bar, Goal, bars
from nestling.ui.charts.cycle import Stage, cycle
from nestling.ui.charts.locator import locator
from nestling.ui.charts.svg import wrapped

STAGES = [Stage(title=f"part {n}", figure="not known", known=n % 2 == 0) for n in range(4)]
SQUARE = [[0.0, 50.0], [1.0, 50.0], [1.0, 51.0], [0.0, 51.0], [0.0, 50.0]]
FAR = [[40.0, 10.0], [41.0, 10.0], [41.0, 11.0], [40.0, 11.0], [40.0, 10.0]]


def drawn(svg: str) -> Tag:
    """The drawing, read strictly as XML."""
    found = BeautifulSoup(svg, "xml").find("svg")
    assert isinstance(found, Tag)
    return found


def feature(*shapes: list[list[float]]) -> dict[str, object]:
    if len(shapes) == 1:
        return {"geometry": {"type": "Polygon", "coordinates": [shapes[0]]}}
    return {"geometry": {"type": "MultiPolygon", "coordinates": [[one] for one in shapes]}}


def test_a_circle_says_each_part_and_that_it_begins_again() -> None:
    picture = cycle(STAGES, title="It goes round")

    assert picture.text.startswith("It goes round. 1. part 0: not known.")
    assert picture.text.endswith("The last leads to the first again.")
    assert picture.svg.count("marker-end") == 4
    assert drawn(picture.svg).get("aria-label") == picture.text


def test_what_is_not_known_is_drawn_dashed() -> None:
    assert cycle(STAGES, title="x").svg.count("stroke-dasharray") == 2


def test_two_parts_are_no_circle() -> None:
    with pytest.raises(ValueError, match="at least three"):
        cycle(STAGES[:2], title="x")


def test_bars_say_their_values_and_the_goal() -> None:
    rows = [Bar(label="Leeds", value=0.1, shown="7% to 16%", low=0.07, high=0.16)]
    picture = bars(rows, title="Share seen", goal=Goal(value=1, shown="All who need it"))

    assert picture.text == "Share seen. Leeds: 7% to 16%. All who need it."
    assert drawn(picture.svg).find_all("line")


def test_a_hidden_bar_has_its_word_and_no_length() -> None:
    rows = [Bar(label="Age 1", value=None, shown="hidden"), Bar(label="Age 2", value=5, shown="5")]
    picture = bars(rows, title="Children")

    assert "Age 1: hidden." in picture.text
    assert "stroke-dasharray" in picture.svg


def test_no_bars_are_no_picture() -> None:
    with pytest.raises(ValueError, match="no bars"):
        bars([], title="x")


def test_bars_of_nought_can_be_drawn() -> None:
    assert bars([Bar(label="a", value=0, shown="0")], title="x").text == "x. a: 0."


def test_words_with_signs_are_escaped() -> None:
    picture = bars([Bar(label="a < b & c", value=1, shown='"1"')], title="x")

    assert drawn(picture.svg) is not None


def test_a_place_is_drawn_on_its_neighbours_and_what_is_far_is_left_out() -> None:
    svg = locator([feature(SQUARE), feature(FAR)], [feature(SQUARE)], label="Map")

    assert drawn(svg).get("aria-label") == "Map"
    assert svg.count("<path") == 2


def test_an_area_of_islands_is_drawn_whole() -> None:
    islands = feature(SQUARE, [[x + 2, y] for x, y in SQUARE])

    assert locator([], [islands], label="Map").count("Z") == 2


def test_nowhere_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="no area"):
        locator([], [], label="Map")


@given(st.text(alphabet="ab ", max_size=60), st.integers(min_value=2, max_value=20))
def test_wrapping_keeps_every_word(text: str, letters: int) -> None:
    assert " ".join(wrapped(text, letters=letters)).split() == text.split()
