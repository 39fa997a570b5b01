"""Tests of the pictures of need."""

import pytest

from nestling.need.asked import births_given
from nestling.need.choices import ALL, Choices
from nestling.need.engine import study, study_of
from nestling.need.pictures import (
    MapFigure,
    MapKind,
    MapQuestion,
    map_of,
    map_values,
    ranges_of,
    version_of,
)
from nestling.reference.geography import Layer, boundaries
from nestling.science.need import FigureName


@pytest.mark.parametrize("kind", list(MapKind))
def test_every_boundary_of_a_map_has_a_value(kind: MapKind) -> None:
    codes = {one.code for one in map_values(MapQuestion(kind=kind))}

    drawn = {str(one["properties"]["area_code"]) for one in boundaries(Layer(kind.value))}  # type: ignore[index]
    assert drawn == codes


def test_the_rate_is_in_a_hundred_and_not_known_outside_england() -> None:
    question = MapQuestion(figure=MapFigure.RATE, scenario="risk_weighted")

    values = {one.name: one.value for one in map_values(question)}

    assert values["Leeds"] == pytest.approx(16.03, abs=0.005)
    assert values["Cardiff"] is None


def test_provision_and_gap_are_known_where_somebody_said() -> None:
    provision = {one.name: one.value for one in map_values(MapQuestion(figure=MapFigure.PROVISION))}
    gap = {one.name: one.value for one in map_values(MapQuestion(figure=MapFigure.GAP))}

    assert provision["Leeds"] == pytest.approx(100 * 130 / (8471 * 0.15))
    assert gap["Leeds"] == pytest.approx(8471 * 0.15 - 130)
    assert [name for name, value in provision.items() if value is not None] == ["Leeds"]


def test_a_map_is_drawn_once_for_a_question() -> None:
    question = MapQuestion(kind=MapKind.HEALTH_AREA, scenario="policy_floor")

    assert map_of(question) is map_of(question)
    assert "68 areas" in map_of(question).text
    assert len(version_of(question)) == 16


def test_an_areas_scenarios_stand_on_one_scale() -> None:
    picture = ranges_of(study_of("Leeds", choices=Choices(scenario=ALL)))

    assert picture is not None
    assert len(picture.rows) == 8
    assert "Families seen: 130." in picture.text


def test_a_scenario_that_is_not_available_has_no_range() -> None:
    cardiff = study_of("Cardiff", choices=Choices(scenario=ALL))
    only_weighted = study_of("Cardiff", choices=Choices(scenario="risk_weighted"))

    picture = ranges_of(cardiff)
    assert picture is not None
    assert len(picture.rows) == 7
    assert ranges_of(only_weighted) is None


def test_another_figure_is_drawn_without_families_seen() -> None:
    picture = ranges_of(study([births_given(4000)]), name=FigureName.DEMAND)

    assert picture is not None
    assert "Families seen" not in picture.text
