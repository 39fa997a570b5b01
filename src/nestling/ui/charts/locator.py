"""Where an area lies: its shape among its neighbours."""

from dataclasses import dataclass
from itertools import chain
from math import cos, radians
from typing import TYPE_CHECKING, Any

from nestling.ui.charts.svg import PINE, drawing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WIDTH, HEIGHT = 640, 410
LAND, SEA = "#dde4e0", "#ffffff"
#: Room around the area, as a part of its larger side, so that its neighbours can be seen.
ROOM = 0.35
#: A point nearer than this on paper to the one before it is left out.
STEP = 0.35

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How degrees become points on the paper."""

    west: float
    north: float
    scale: float
    squeeze: float

    def place(self, point: "Sequence[float]") -> Point:
        """A longitude and latitude on the paper."""
        return (
            (point[0] - self.west) * self.squeeze * self.scale,
            (self.north - point[1]) * self.scale,
        )


def locator(
    around: "Iterable[Mapping[str, Any]]", chosen: "Sequence[Mapping[str, Any]]", *, label: str
) -> str:
    """An SVG of some areas in a dark shade on all that lies around them.

    Both are GeoJSON features. Raises `ValueError` when no area is chosen.
    """
    if not chosen:
        raise ValueError("there is no area to show")
    frame = frame_around(chosen)
    parts = [
        f'<clipPath id="paper"><rect width="{WIDTH}" height="{HEIGHT}"/></clipPath>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{SEA}"/><g clip-path="url(#paper)">',
        *(shape(one, frame, fill=LAND, edge="#ffffff") for one in around if is_near(one, frame)),
        *(shape(one, frame, fill=PINE, edge=PINE) for one in chosen),
        "</g>",
    ]
    return drawing(parts, width=WIDTH, height=HEIGHT, label=label)


def frame_around(chosen: "Sequence[Mapping[str, Any]]") -> Frame:
    """The frame that holds the chosen areas with room around them."""
    points = [point for one in chosen for ring in rings(one) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = cos(radians((south + north) / 2))
    side = max((east - west) * squeeze, north - south) * ROOM
    wide = (east - west) * squeeze + 2 * side
    high = (north - south) + 2 * side
    scale = min(WIDTH / wide, HEIGHT / high)
    return Frame(
        west=(west + east) / 2 - WIDTH / scale / squeeze / 2,
        north=(south + north) / 2 + HEIGHT / scale / 2,
        scale=scale,
        squeeze=squeeze,
    )


def rings(feature: "Mapping[str, Any]") -> "Iterable[Sequence[Sequence[float]]]":
    """The outer and inner rings of an area."""
    geometry = feature["geometry"]
    coordinates = geometry["coordinates"]
    return coordinates if geometry["type"] == "Polygon" else chain.from_iterable(coordinates)


def is_near(feature: "Mapping[str, Any]", frame: Frame) -> bool:
    """Whether any corner of an area's ring may fall on the paper."""
    places = [frame.place(point) for ring in rings(feature) for point in ring[::4]]
    across = min(x for x, _ in places) < WIDTH and max(x for x, _ in places) > 0
    return across and min(y for _, y in places) < HEIGHT and max(y for _, y in places) > 0


def shape(feature: "Mapping[str, Any]", frame: Frame, *, fill: str, edge: str) -> str:
    """One area as a path."""
    path = "".join(ring_path([frame.place(point) for point in ring]) for ring in rings(feature))
    return f'<path d="{path}" fill="{fill}" stroke="{edge}" stroke-width="1.2"/>'


def ring_path(places: "Sequence[Point]") -> str:
    """One ring, without the points that nobody could tell apart on paper."""
    kept = [places[0]]
    for point in places[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= STEP:
            kept.append(point)
    if len(kept) < 3:
        return ""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"
