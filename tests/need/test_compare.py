"""Tests of areas like one another, and of the funnel."""

import pytest

from nestling.need.choices import NeedError
from nestling.need.compare import areas_like, provision_funnel
from nestling.reference.provision import Statement
from nestling.science.funnel import FunnelError, funnel_limits
from nestling.science.neighbours import NeighbourError, nearest


def seen(lad: str, families: float) -> Statement:
    return Statement(
        lad_code=lad,
        team_name="A",
        service_type="specialised",
        families_per_year=families,
        as_of="2026-03",
        source="made up",
    )


def test_an_areas_neighbours_are_others_nearest_first() -> None:
    found = areas_like("E08000035", count=5)

    assert len(found) == 5
    assert "E08000035" not in {one.code for one in found}
    assert [one.distance for one in found] == sorted(one.distance for one in found)


def test_an_area_that_is_no_district_has_no_neighbours() -> None:
    with pytest.raises(NeedError, match="no measures"):
        areas_like("E92000001")


def test_a_measure_that_never_varies_makes_no_difference() -> None:
    held = {"a": [1.0, 5.0], "b": [2.0, 5.0], "c": [9.0, 5.0]}

    assert [one.code for one in nearest("a", measures=held, count=9)] == ["b", "c"]


def test_neighbours_need_measures() -> None:
    with pytest.raises(NeighbourError):
        nearest("z", measures={"a": [1.0]}, count=1)


def test_a_funnel_leaves_out_areas_that_are_not_known() -> None:
    statements = (seen("E08000035", 130), seen("W06000015", 10))

    found = provision_funnel(("E08000035", "W06000015", "E08000003"), statements=statements)

    assert [point.name for point in found] == ["Leeds", "Cardiff"]


def test_an_area_far_from_the_common_rate_stands_out() -> None:
    statements = (seen("E08000035", 400), seen("W06000015", 5))

    places = {
        p.name: p.place for p in provision_funnel(("E08000035", "W06000015"), statements=statements)
    }

    assert places["Cardiff"] == "beyond the outer limits"


def test_a_funnel_without_any_provision_is_empty() -> None:
    assert provision_funnel(("E08000003",), statements=()) == []
    assert provision_funnel(("E08000035",), statements=(seen("E08000035", 0),)) == []


def test_a_funnel_is_wider_for_fewer_babies() -> None:
    small, large = funnel_limits(0.1, size=50), funnel_limits(0.1, size=5000)

    assert small.inner[1] - small.inner[0] > large.inner[1] - large.inner[0]
    assert small.outer[1] > small.inner[1]


def test_a_rate_has_its_place_against_the_limits() -> None:
    limits = funnel_limits(0.1, size=400)

    found = [limits.place_of(rate) for rate in (0.1, 0.14, 0.3)]

    assert found == ["within", "beyond the inner limits", "beyond the outer limits"]


@pytest.mark.parametrize(("rate", "size"), [(0, 10), (0.1, 0)])
def test_a_funnel_needs_a_rate_and_babies(rate: float, size: float) -> None:
    with pytest.raises(FunnelError):
        funnel_limits(rate, size=size)
