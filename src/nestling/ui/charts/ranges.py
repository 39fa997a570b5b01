"""Figures with their likely ranges on one scale, as SVG, in words and as a table.

Free of Django. A figure without an interval is drawn as its mark alone and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import altair
import vl_convert

from nestling.ui.charts.maps import FONT, INK, labelled

RANGE, MARK, SEEN = "#a9cbc4", "#0f4c4a", "#9a3f1c"
ROW_HEIGHT = 34
WIDTH = 420
NOT_KNOWN = "not known"
NO_MIDDLE = "no middle value"
#: The plain sentence that stands beside every interval.
MEANING = (
    "What “likely between” means: given what the studies found, we would expect the true number "
    "to lie inside this range 19 times out of 20, if the thing counted is the right thing to count."
)


class RangeError(ValueError):
    """Ranges were asked for that cannot be drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """One figure: what it is, its best value, and its likely range where one is known.

    Without a best value, as where a source gives a range alone, it is drawn as its range.
    """

    label: str
    best: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeWords:
    """What the chart says: title, what is counted, and what is seen now where it is known."""

    title: str
    unit: str
    seen_label: str = ""
    seen: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RangePicture:
    """The drawn chart: SVG, a text that stands in for it, its figures as rows, what they mean."""

    svg: str
    text: str
    head: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    meaning: str


def ranges_on_one_scale(ranges: Sequence[Range], *, words: RangeWords) -> RangePicture:
    """Each figure as a mark on its likely range, all on one scale from nothing.

    Raises `RangeError` where there is nothing to draw or a range is turned round.
    """
    if not ranges:
        raise RangeError("there are no ranges to draw")
    for one in ranges:
        _check(one)
    text = text_of(ranges, words=words)
    svg = vl_convert.vegalite_to_svg(_chart(ranges, words=words).to_dict())
    return RangePicture(
        svg=labelled(svg, text=text),
        text=text,
        head=("If you count", "Best figure", "Likely between"),
        rows=tuple((one.label, middle(one), between(one)) for one in ranges),
        meaning=MEANING,
    )


def _check(one: Range) -> None:
    if one.low is None or one.high is None:
        if one.best is None:
            raise RangeError(f"{one.label}: neither a value nor a range")
        return
    best = one.low if one.best is None else one.best
    if not one.low <= best <= one.high:
        raise RangeError(f"{one.label}: {best:g} is not from {one.low:g} to {one.high:g}")


def middle(one: Range) -> str:
    """The best value in words.

    >>> middle(Range(label="", best=1270, low=1, high=2000)), middle(
    ...     Range(label="", best=None, low=1, high=2000)
    ... )
    ('1,270', 'no middle value')
    """
    return NO_MIDDLE if one.best is None else f"{one.best:,.0f}"


def between(one: Range) -> str:
    """The likely range in words.

    >>> between(Range(label="", best=5, low=1, high=1200)), between(
    ...     Range(label="", best=5, low=None, high=None)
    ... )
    ('1 and 1,200', 'not known')
    """
    if one.low is None or one.high is None:
        return NOT_KNOWN
    return f"{one.low:,.0f} and {one.high:,.0f}"


def text_of(ranges: Sequence[Range], *, words: RangeWords) -> str:
    """What the chart shows, in sentences."""
    said = [f"{one.label}: {middle(one)}, {_likely(one)}." for one in ranges]
    seen = [] if words.seen is None else [f"{words.seen_label}: {words.seen:,.0f}."]
    return " ".join([f"{words.title}.", *said, *seen])


def _likely(one: Range) -> str:
    found = between(one)
    return "interval not known" if found == NOT_KNOWN else f"likely between {found}"


def _chart(ranges: Sequence[Range], *, words: RangeWords) -> altair.LayerChart:
    rows = [
        {"label": one.label, "best": one.best, "low": one.low, "high": one.high} for one in ranges
    ]
    tops = [one.high if one.high is not None else one.best or 0 for one in ranges]
    scale = altair.Scale(domain=[0, max([*tops, words.seen or 0, 1])], nice=True)
    base = altair.Chart(altair.InlineData(values=rows)).encode(
        y=altair.Y(
            "label:N",
            sort=[one.label for one in ranges],
            title=None,
            axis=altair.Axis(labelLimit=320),
        )
    )
    bars = base.transform_filter("datum.low !== null").mark_bar(
        height=16, color=RANGE, cornerRadius=3
    )
    marks = base.transform_filter("datum.best !== null").mark_tick(
        thickness=4, height=24, color=MARK, opacity=1
    )
    layers = [
        bars.encode(x=altair.X("low:Q", scale=scale, title=words.unit), x2="high:Q"),
        marks.encode(x=altair.X("best:Q", scale=scale, title=words.unit)),
    ]
    if words.seen is not None:
        seen = altair.Chart(altair.InlineData(values=[{"seen": words.seen}]))
        layers.append(seen.mark_rule(color=SEEN, size=3).encode(x=altair.X("seen:Q", scale=scale)))
    chart: altair.LayerChart = (
        altair.layer(*layers)
        .properties(width=WIDTH, height=ROW_HEIGHT * len(ranges))
        .configure_view(stroke=None)
        .configure(font=FONT)
        .configure_axis(labelColor=INK, titleColor=INK, labelFontSize=14, titleFontSize=14)
    )
    return chart
