"""Boundaries of local authorities, upper tiers, health areas and regions, ready to be drawn.

The files follow RFC 7946, with outer rings counter-clockwise; the drawing library takes such a
ring as the whole world without the area, so every ring is turned.
"""

import json
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent / "data"
#: To be shown wherever a boundary is drawn.
CREDIT = (
    "Boundaries: Office for National Statistics, Open Government Licence v3.0; contains OS data "
    "© Crown copyright and database right 2023, 2024; Northern Ireland boundaries contain data "
    "from Land & Property Services."
)

Point = list[float]
Rings = list[list[Point]]
Feature = dict[str, object]


class Layer(StrEnum):
    """A set of boundaries that covers the UK, or England."""

    LAD = "lad"
    UTLA = "utla"
    ICB = "icb"
    HEALTH_AREA = "health_area"
    REGION = "region"


FILES = {
    Layer.LAD: "lad_2024_uk.geojson",
    Layer.UTLA: "utla_2023_uk.geojson",
    Layer.ICB: "icb_2023_england.geojson",
    Layer.HEALTH_AREA: "health_area_uk.geojson",
    Layer.REGION: "region_nation_uk.geojson",
}


@cache
def boundaries(layer: Layer) -> tuple[Feature, ...]:
    """The areas of a layer as GeoJSON features with `area_code` and `area_name`, rings turned."""
    read = json.loads((HERE / FILES[layer]).read_text(encoding="utf-8"))
    return tuple(
        {
            "type": "Feature",
            "geometry": _turned(one["geometry"]),
            "properties": {
                "area_code": one["properties"]["area_code"],
                "area_name": one["properties"]["area_name"],
            },
        }
        for one in read["features"]
    )


@cache
def version(layer: Layer) -> str:
    """A short fingerprint of a layer's file: a map that was drawn for it can be kept."""
    return sha256((HERE / FILES[layer]).read_bytes()).hexdigest()[:16]


def reversed_rings(rings: Rings) -> Rings:
    """A polygon's rings in the other direction.

    >>> reversed_rings([[[0, 0], [1, 0], [1, 1], [0, 0]]])
    [[[0, 0], [1, 1], [1, 0], [0, 0]]]
    """
    return [ring[::-1] for ring in rings]


def _turned(geometry: dict[str, object]) -> dict[str, object]:
    coordinates = geometry["coordinates"]
    if not isinstance(coordinates, list):
        raise TypeError("a geometry has a list of coordinates")
    if geometry["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": reversed_rings(coordinates)}
    turned = [reversed_rings(polygon) for polygon in coordinates]
    return {"type": "MultiPolygon", "coordinates": turned}
