"""The map of need in words: its sentence, its shades, its key, its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from nestling.need.choices import Choices
from nestling.need.engine import study_of
from nestling.need.pictures import KINDS, MapFigure, MapKind, MapQuestion, map_values
from nestling.need.presenters import figures
from nestling.need.presenters.shapes import Outline, outlines
from nestling.need.presenters.words import about, in_hundred
from nestling.reference.areas import areas
from nestling.reference.geography import CREDIT
from nestling.reference.parameters import need_parameters
from nestling.reference.parameters.loader import MapRow, map_rows
from nestling.reference.populations import babies
from nestling.reference.populations.babies import PROXY, Babies
from nestling.science.ages import day_words
from nestling.science.need import FigureName, Scenario
from nestling.ui.charts.figure_words import FigureView, Said, said
from nestling.ui.charts.maps import AreaValue, MapWords, class_labels, class_of, text_of
from nestling.ui.components import Column

UK = "K02000001"
KIND_WORDS = {
    MapKind.UTLA: "County or unitary authority",
    MapKind.LAD: "District or local authority",
    MapKind.HEALTH_AREA: "Integrated care board or health board",
}
FIGURE_WORDS = {
    MapFigure.NEED: "Babies in need each year",
    MapFigure.RATE: "In need, in 100 born",
    MapFigure.PROVISION: "Families seen, for 100 in need",
    MapFigure.GAP: "In need and not seen",
}
UNKNOWN = "Not known"
DIFFERS = (
    "This is an illustration, not a count. Research gives anything from {spread}, depending on "
    "what is measured."
)
#: How many of each figure are kept while the program runs.
KEPT = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One area as it is drawn: its path, its shade, what it says under a pointer."""

    path: str
    shade: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDrawing:
    """The map: shapes, London once more, the area with an edge, the key, the words for it."""

    heading: str
    text: str
    shapes: tuple[Shape, ...]
    london: tuple[Shape, ...]
    chosen: tuple[str, ...]
    key: tuple[tuple[str, str], ...]
    caution: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """One area of the table."""

    code: str
    name: str
    births: int | None
    value: float | None
    births_words: FigureView
    value_words: FigureView


def mappable() -> list[Scenario]:
    """The scenarios that a map can show: those with a stated value."""
    found = need_parameters().scenarios.values()
    return [one for one in found if one.prevalence.point is not None]


def share_words(scenario: Scenario) -> str:
    """A scenario by its share, for a list of choices."""
    share = in_hundred(scenario.prevalence.value(), decimals=1)
    weighted = ", by household risk" if scenario.weighted else ""
    return f"{share}{weighted} ({scenario.title[0].lower()}{scenario.title[1:]})"


@lru_cache(maxsize=KEPT)
def values_of(question: MapQuestion) -> tuple[AreaValue, ...]:
    """The figure of every area, worked out once for a question and its statements."""
    return tuple(map_values(question))


def drawing_of(question: MapQuestion) -> MapDrawing:
    """The map for a question."""
    row, values = map_rows()[question.figure.value], values_of(question)
    words = MapWords(title=row.title, unit=row.unit, decimals=row.decimals, unknown=UNKNOWN)
    breaks = row.breaks[question.kind.value]
    labels = [*class_labels(breaks), UNKNOWN]
    shades = [f"k{number}" for number in range(1, len(labels))] + ["k0"]
    by_label = dict(zip(labels, shades, strict=True))
    held = {one.code: one for one in values}

    def shaped(outline: Outline) -> Shape:
        one = held.get(outline.code)
        value = one.value if one else None
        told = UNKNOWN.lower() if value is None else f"{words.number(value)} {row.unit.lower()}"
        shade = by_label[class_of(value, breaks=breaks, unknown=UNKNOWN)]
        return Shape(path=outline.path, shade=shade, title=f"{one.name if one else ''}: {told}")

    lines = outlines(question.kind)
    return MapDrawing(
        heading=f"{row.title}, {_if(question.scenario)}",
        text=text_of(values, words=words),
        shapes=tuple(shaped(one) for one in lines.uk),
        london=tuple(shaped(one) for one in lines.london),
        chosen=tuple(one.path for one in lines.uk if one.code == question.chosen),
        key=tuple(zip(shades, labels, strict=True)),
        caution=_caution(question),
        source=f"{births_source()} {CREDIT}",
    )


def rows_of(question: MapQuestion) -> list[AreaRow]:
    """Every area of a map as a row."""
    row, counted = map_rows()[question.figure.value], babies()
    return [_row(one, row=row, counted=counted[one.code]) for one in values_of(question)]


def columns_of(question: MapQuestion) -> list[tuple[str, Column]]:
    """The table's headers with the keys by which they sort."""
    return [
        ("name", Column(label="Area")),
        ("births", Column(label="Births a year", numeric=True)),
        ("value", Column(label=FIGURE_WORDS[question.figure], numeric=True)),
    ]


def ordered(rows: Sequence[AreaRow], *, order: str) -> list[AreaRow]:
    """The rows in an order; what is not known comes last whichever way."""
    key = order.removeprefix("-")
    if key == "name":
        return sorted(rows, key=lambda one: one.name, reverse=order.startswith("-"))
    sign = -1 if order.startswith("-") else 1

    def place(one: AreaRow) -> tuple[bool, float, str]:
        value = one.births if key == "births" else one.value
        return (value is None, sign * (value or 0), one.name)

    return sorted(rows, key=place)


@lru_cache(maxsize=1)
def uk_sentences(scenario: str) -> tuple[Said, Said]:
    """What the share means for the whole UK, and how far research differs."""
    found = study_of(UK, choices=Choices(scenario=scenario))
    need = found.figure(FigureName.NEED, scenario=found.scenarios[0].name)
    shares = [one.prevalence.value() for one in mappable()]
    share = figures.weight(found.scenarios[0])
    spread = figures.number(
        max(shares),
        unit="share",
        source=figures.ASSUMED,
        say=lambda value: f"{min(shares) * 100:.0f} to {in_hundred(value)}",
    )
    differs = said(DIFFERS, spread=spread)
    if need is None:
        return said("Weighted by household risk, {share} babies in England.", share=share), differs
    return (
        said(
            "If {share} babies need specialised help, that is about {need} born in the UK each "
            "year, likely between {limits}.",
            share=share,
            need=figures.estimate(need, unit="babies", say=lambda value: f"{about(value)} babies"),
            limits=figures.limits(need, unit="babies"),
        ),
        differs,
    )


def births_source() -> str:
    """Where births come from, and when they were counted."""
    periods = {one.births_period for one in babies().values() if one.births_basis != PROXY}
    period = next(iter(sorted(one for one in periods if "/" in one)), "")
    return (
        f"Births: Office for National Statistics, {period_words(period)}; in Scotland "
        "and Northern Ireland the population aged under one, mid-2022, from NRS and NISRA."
    )


def period_words(period: str) -> str:
    """Twelve months in words.

    >>> period_words("2022-07-01/2023-06-30")
    '1 July 2022 to 30 June 2023'
    """
    days = [date.fromisoformat(one) for one in period.split("/")] if "/" in period else []
    return " to ".join(day_words(day) for day in days) or period


def area_kinds(code: str) -> list[MapKind]:
    """The maps on which an area is drawn."""
    area = areas().by_code[code]
    return [kind for kind, types in KINDS.items() if any(area.is_a(one) for one in types)]


def _if(scenario: str) -> str:
    rules = need_parameters()
    held = rules.scenarios[scenario] if scenario else rules.default_scenario
    return f"if {in_hundred(held.prevalence.value(), decimals=1)}" + (
        " in England, by household risk" if held.weighted else ""
    )


def _caution(question: MapQuestion) -> str:
    if question.figure in {MapFigure.PROVISION, MapFigure.GAP}:
        return (
            "Grey means that nobody has said how many families are seen there. "
            "Not known is never counted as zero."
        )
    if question.figure is MapFigure.RATE:
        return "Only weighting by household risk makes this share differ from place to place."
    return (
        "A large area looks darker because more babies are born there, not because each is "
        "worse off."
    )


def _row(one: AreaValue, *, row: MapRow, counted: Babies) -> AreaRow:
    def say(value: float) -> str:
        return f"{value:,.{row.decimals}f}" if row.decimals else f"about {about(value)}"

    return AreaRow(
        code=one.code,
        name=one.name,
        births=counted.births,
        value=one.value,
        births_words=figures.births(counted),
        value_words=figures.number(one.value, unit=row.unit, source=figures.WORKED_OUT, say=say),
    )
