"""A map of areas shaded in classes, as SVG, with the same figures in words and as a table.

Free of Django. The map is a picture: the table beside it is the way in for a keyboard and for a
screen reader.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import altair
import vl_convert

Feature = Mapping[str, object]
#: Five classes of shade, light to dark; no value is hatched grey with words in the legend.
SHADES = ("#e3eeea", "#b3d0c9", "#74aaa0", "#3f7f78", "#0f4c4a")
UNKNOWN_SHADE = "#d8d8d8"
CHOSEN_EDGE = "#9a3f1c"
INK = "#212b32"
LONDON = "E09"
FONT = "Arial, Helvetica, sans-serif"
SIZE = {"width": 430, "height": 720}
INSET = {"width": 130, "height": 105}


class MapError(ValueError):
    """A map was asked for that cannot be read: no areas, or classes that do not rise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaValue:
    """One area's value on the map; None is not known, and is drawn so."""

    code: str
    name: str
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapWords:
    """What a map says around its shapes: title, unit, what is not known, who drew the lines."""

    title: str
    unit: str
    unknown: str = "Not known"
    credit: str = ""
    decimals: int = 0

    def number(self, value: float) -> str:
        """A value as it is printed."""
        return f"{value:,.{self.decimals}f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPicture:
    """A drawn map: the SVG, a text that stands in for it, and its figures as rows."""

    svg: str
    text: str
    rows: tuple[tuple[str, str, str], ...]
    head: tuple[str, str, str]


def choropleth(
    features: Sequence[Feature],
    values: Sequence[AreaValue],
    *,
    breaks: Sequence[float],
    words: MapWords,
    chosen: str = "",
) -> MapPicture:
    """Areas shaded in one more class than there are breaks; one area may be outlined.

    `features` are GeoJSON with `area_code` in their properties and rings turned for drawing.
    Raises `MapError` where there is nothing to draw.
    """
    _check(features, values=values, breaks=breaks)
    labels = class_labels(breaks)
    drawn = _with_classes(features, values=values, breaks=breaks, words=words)
    whole = _map(drawn, labels=labels, words=words, chosen=chosen, **SIZE)
    picture: altair.Chart | altair.HConcatChart = whole
    london = [one for one in drawn if str(_properties(one)["area_code"]).startswith(LONDON)]
    if london:
        inset = _map(london, labels=labels, words=words, chosen=chosen, **INSET)
        picture = altair.hconcat(whole, inset.properties(title="London"))
    spec = picture.configure_view(stroke=None).configure(font=FONT).to_dict()
    return MapPicture(
        svg=labelled(vl_convert.vegalite_to_svg(spec), text=text_of(values, words=words)),
        text=text_of(values, words=words),
        rows=rows_of(values, words=words),
        head=("Code", "Area", words.unit),
    )


def class_labels(breaks: Sequence[float]) -> list[str]:
    """The classes in words.

    >>> class_labels([250, 500])
    ['Under 250', '250 to under 500', '500 or more']
    """
    shown = [f"{one:,.10g}" for one in breaks]
    middle = [f"{low} to under {high}" for low, high in pairwise(shown)]
    return [f"Under {shown[0]}", *middle, f"{shown[-1]} or more"]


def class_of(value: float | None, *, breaks: Sequence[float], unknown: str) -> str:
    """The class that a value falls in.

    >>> class_of(250, breaks=[250, 500], unknown="Not known")
    '250 to under 500'
    """
    if value is None:
        return unknown
    return class_labels(breaks)[sum(value >= one for one in breaks)]


def text_of(values: Sequence[AreaValue], *, words: MapWords) -> str:
    """What the map shows, in two or three sentences."""
    known = sorted((one.value, one.name) for one in values if one.value is not None)
    silent = len(values) - len(known)
    if not known:
        return f"{words.title}. Nothing is known for any of {len(values)} areas."
    (low, lowest), (high, highest) = known[0], known[-1]
    said = (
        f"{words.title}. {words.unit}: from {words.number(low)} in {lowest} to "
        f"{words.number(high)} in {highest}, over {len(known)} areas."
    )
    return said + (f" {words.unknown} for {silent} of {len(values)} areas." if silent else "")


def rows_of(values: Sequence[AreaValue], *, words: MapWords) -> tuple[tuple[str, str, str], ...]:
    """The figures as rows, largest first, then those not known."""
    ordered = sorted(values, key=lambda one: (one.value is None, -(one.value or 0), one.name))
    return tuple(
        (one.code, one.name, words.unknown if one.value is None else words.number(one.value))
        for one in ordered
    )


def labelled(svg: str, *, text: str) -> str:
    """The SVG as one picture with its text, its parts hidden from a screen reader.

    The drawing library writes a label on every shape; one picture needs one.
    """
    bare = re.sub(r'\s(aria-label|aria-roledescription|role)="[^"]*"', "", svg)
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return bare.replace("<svg ", f'<svg role="img" aria-label="{safe}" ', 1)


def _check(
    features: Sequence[Feature], *, values: Sequence[AreaValue], breaks: Sequence[float]
) -> None:
    if not features or not values:
        raise MapError("a map needs areas and their values")
    if not breaks or list(breaks) != sorted(set(breaks)) or len(breaks) >= len(SHADES):
        raise MapError(f"a map needs one to {len(SHADES) - 1} rising breaks, not {list(breaks)}")


def _with_classes(
    features: Sequence[Feature],
    *,
    values: Sequence[AreaValue],
    breaks: Sequence[float],
    words: MapWords,
) -> list[dict[str, object]]:
    by_code = {one.code: one.value for one in values}
    drawn = []
    for one in features:
        held = _properties(one)
        found = class_of(by_code.get(str(held["area_code"])), breaks=breaks, unknown=words.unknown)
        drawn.append({**one, "properties": {**held, "class": found}})
    return drawn


def _properties(feature: Mapping[str, object]) -> Mapping[str, object]:
    held = feature["properties"]
    if not isinstance(held, Mapping):
        raise MapError("each area needs its properties")
    return held


def _map(
    features: Sequence[Mapping[str, object]],
    *,
    labels: Sequence[str],
    words: MapWords,
    chosen: str,
    width: int,
    height: int,
) -> altair.Chart:
    shades = SHADES[-len(labels) :] if len(labels) < len(SHADES) else SHADES
    scale = altair.Scale(domain=[*labels, words.unknown], range=[*shades, UNKNOWN_SHADE])
    outlined = altair.datum.properties["area_code"] == chosen
    chart: altair.Chart = (
        altair.Chart(altair.InlineData(values=list(features)))
        .mark_geoshape(strokeWidth=0.4)
        .encode(
            color=altair.Color(
                "properties.class:N",
                scale=scale,
                legend=_legend(words),
            ),
            stroke=altair.condition(outlined, altair.value(CHOSEN_EDGE), altair.value("white")),
            strokeWidth=altair.condition(outlined, altair.value(2.5), altair.value(0.4)),
        )
        .project(type="mercator")
        .properties(width=width, height=height)
    )
    return chart


def _legend(words: MapWords) -> altair.Legend:
    return altair.Legend(
        title=words.unit,
        orient="top-left",
        symbolType="square",
        labelColor=INK,
        titleColor=INK,
        labelFontSize=14,
        titleFontSize=14,
        titleLimit=0,
    )
