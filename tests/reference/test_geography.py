"""Tests of boundaries: every area has one, its rings turned for drawing."""

import json
from itertools import pairwise

import pytest

from nestling.reference.areas import AreaType, areas
from nestling.reference.geography import CREDIT, Layer, boundaries, version
from nestling.reference.geography.boundaries import FILES, HERE

KINDS = {Layer.LAD: AreaType.LAD, Layer.UTLA: AreaType.UTLA, Layer.ICB: AreaType.ICB}


def signed_area(ring: list[list[float]]) -> float:
    """Above zero for a ring that runs counter-clockwise."""
    pairs = pairwise(ring)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


@pytest.mark.parametrize(("layer", "kind"), KINDS.items())
def test_every_area_of_a_layer_has_its_boundary(layer: Layer, kind: AreaType) -> None:
    drawn = {str(one["properties"]["area_code"]) for one in boundaries(layer)}  # type: ignore[index]

    assert drawn == {area.code for area in areas().of_type(kind)}


@pytest.mark.parametrize("layer", list(Layer))
def test_every_outer_ring_runs_clockwise(layer: Layer) -> None:
    for feature in boundaries(layer):
        geometry = json.loads(json.dumps(feature["geometry"]))
        many = geometry["type"] == "MultiPolygon"
        polygons = geometry["coordinates"] if many else [geometry["coordinates"]]
        assert all(signed_area(polygon[0]) < 0 for polygon in polygons)


def test_the_files_themselves_run_the_other_way() -> None:
    read = json.loads((HERE / FILES[Layer.REGION]).read_text("utf-8"))

    assert signed_area(read["features"][0]["geometry"]["coordinates"][0][0]) > 0


def test_a_version_is_that_of_its_layer() -> None:
    assert len({version(layer) for layer in Layer}) == len(Layer)


def test_the_credit_names_the_owners_of_the_lines() -> None:
    assert "OS data © Crown copyright" in CREDIT
    assert "Land & Property Services" in CREDIT
