"""The outlines of a map's areas as SVG paths, worked out once for a version of the boundaries.

What a map shows changes with the question; where its areas lie does not. So the outlines are kept,
and a shade is set on each whenever somebody asks.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

from django.core.cache import cache

from nestling.need.pictures import MapKind
from nestling.reference.areas import membership
from nestling.reference.geography import Layer, boundaries, version
from nestling.ui.charts.locator import Frame, ring_path, rings

WIDTH, HEIGHT, MARGIN = 460.0, 852.0, 6.0
#: Where the larger London stands: over the sea, east of Scotland.
INSET = (318.0, 262.0, 134.0, 112.0)
LONDON = "E09"
#: Raised when the drawing changes, so that outlines kept by an earlier program are not used.
DRAWING = 1

Feature = dict[str, object]


@dataclass(frozen=True, slots=True)
class Outline:
    """One area's code and the path of its shape."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Outlines:
    """Every area of a map, and those of London once more and larger."""

    uk: tuple[Outline, ...]
    london: tuple[Outline, ...]


def outlines(kind: MapKind) -> Outlines:
    """The outlines of one kind of area, from the store where they have been drawn before."""
    return kept(kind, version(Layer(kind.value)))


@lru_cache(maxsize=4)
def kept(kind: MapKind, edition: str) -> Outlines:
    """The outlines for one version of the boundaries, drawn where no store holds them."""
    key = f"need-outlines-{kind.value}-{edition}-{DRAWING}"
    found = cache.get(key)
    if not isinstance(found, Outlines):
        found = drawn(kind)
        cache.set(key, found, timeout=None)
    return found


def drawn(kind: MapKind) -> Outlines:
    """The outlines of one kind of area, drawn from its boundaries."""
    every = boundaries(Layer(kind.value))
    london = [one for one in every if _in_london(code_of(one))]
    left, top, width, height = INSET
    frame = fitted(every, box=(MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN))
    inset = fitted(london, box=(left + MARGIN, top + MARGIN, width - 2 * MARGIN, height - 10))
    return Outlines(
        uk=tuple(_outline(one, frame) for one in every),
        london=tuple(_outline(one, inset) for one in london),
    )


def fitted(features: "tuple[Feature, ...] | list[Feature]", *, box: tuple[float, ...]) -> Frame:
    """The frame that fills a box (left, top, width, height) with some areas, from its corner."""
    points = [point for one in features for ring in rings(one) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = cos(radians((south + north) / 2))
    left, top, width, height = box
    scale = min(width / ((east - west) * squeeze), height / (north - south))
    spare = (width - (east - west) * squeeze * scale) / 2
    return Frame(
        west=west - (left + spare) / scale / squeeze,
        north=north + top / scale,
        scale=scale,
        squeeze=squeeze,
    )


def code_of(feature: Feature) -> str:
    """The code of a feature's area."""
    held = feature["properties"]
    if not isinstance(held, dict):
        raise TypeError("each area needs its properties")
    return str(held["area_code"])


def _outline(feature: Feature, frame: Frame) -> Outline:
    paths = (ring_path([frame.place(point) for point in ring]) for ring in rings(feature))
    return Outline(code_of(feature), "".join(paths))


def _in_london(code: str) -> bool:
    parts = membership(code)
    return bool(parts) and all(lad.startswith(LONDON) for lad in parts)
