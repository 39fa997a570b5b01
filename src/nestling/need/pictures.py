"""The pictures of need: a map of the UK by figure, and one area's scenarios on one scale."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from nestling.need.asked import OwnData, study_area
from nestling.need.choices import Choices
from nestling.need.engine import Study, study
from nestling.reference.areas import Area, AreaType, areas
from nestling.reference.geography import CREDIT, Layer, boundaries, version
from nestling.reference.parameters.loader import MapRow, map_rows
from nestling.reference.provision import Statement
from nestling.science.draws import Sampling
from nestling.science.need import Estimate, FigureName
from nestling.ui.charts.maps import AreaValue, MapPicture, MapWords, choropleth
from nestling.ui.charts.ranges import Range, RangePicture, RangeWords, ranges_on_one_scale

#: Maps that are kept: figures times kinds of area times a few scenarios.
KEPT = 64


class MapFigure(StrEnum):
    """What a map can show."""

    RATE = "rate"
    NEED = "need"
    PROVISION = "provision"
    GAP = "gap"


class MapKind(StrEnum):
    """The areas of a map."""

    LAD = "lad"
    UTLA = "utla"
    HEALTH_AREA = "health_area"


KINDS = {
    MapKind.LAD: (AreaType.LAD,),
    MapKind.UTLA: (AreaType.UTLA,),
    MapKind.HEALTH_AREA: (AreaType.ICB, AreaType.LHB, AreaType.HB, AreaType.HSCT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapQuestion:
    """What to show, for which areas, under which scenario, by whose provision."""

    figure: MapFigure = MapFigure.NEED
    kind: MapKind = MapKind.UTLA
    scenario: str = ""
    chosen: str = ""
    statements: tuple[Statement, ...] | None = None


@lru_cache(maxsize=KEPT)
def map_of(question: MapQuestion) -> MapPicture:
    """The map, drawn once for a question and its data.

    A question is its own key while the program runs; `version_of` tells one version of the
    boundaries from the next for a store that outlives it.
    """
    row = map_rows()[question.figure.value]
    return choropleth(
        boundaries(Layer(question.kind.value)),
        map_values(question),
        breaks=row.breaks[question.kind.value],
        words=_words(row),
        chosen=question.chosen,
    )


def map_values(question: MapQuestion) -> list[AreaValue]:
    """The figure of every area of a map; None is not known."""
    held = [
        study_area(area.code, own=OwnData(statements=question.statements))
        for area in _areas(question)
    ]
    choices = Choices(scenario=question.scenario, sampling=Sampling(draws=0))
    values = _values(study(held, choices).estimates[0], figure=question.figure)
    return [
        AreaValue(code=area.code, name=area.name, value=value)
        for area, value in zip(held, values, strict=True)
    ]


def version_of(question: MapQuestion) -> str:
    """The version of the boundaries that a map would be drawn with."""
    return version(Layer(question.kind.value))


def ranges_of(
    found: Study, *, name: FigureName = FigureName.NEED, area: int = 0
) -> RangePicture | None:
    """One area's figure under every scenario of a study, on one scale; None where none is known.

    A scenario whose source gives a range alone has no middle value.
    """
    ranges = []
    for one in found.estimates:
        figure = one.figures(name)[area]
        if figure is not None:
            known = figure.interval_known
            ranges.append(
                Range(
                    label=one.scenario.title,
                    best=figure.median if one.scenario.has_middle else None,
                    low=figure.low if known else None,
                    high=figure.high if known else None,
                )
            )
    seen = found.areas[area].seen
    words = RangeWords(
        title=f"Babies needing help each year in {found.areas[area].name}, by what is counted",
        unit="Babies a year",
        seen_label="Families seen",
        seen=seen.families if seen and name is FigureName.NEED else None,
    )
    return ranges_on_one_scale(ranges, words=words) if ranges else None


def _areas(question: MapQuestion) -> list[Area]:
    return [area for kind in KINDS[question.kind] for area in areas().of_type(kind)]


def _values(found: Estimate, *, figure: MapFigure) -> list[float | None]:
    need = found.points(FigureName.NEED)
    if figure is MapFigure.NEED:
        return need
    if figure is MapFigure.GAP:
        return found.points(FigureName.GAP)
    if figure is MapFigure.PROVISION:
        return [None if v is None else 100 * v for v in found.points(FigureName.COVERAGE)]
    births = [area.births for area in found.areas]
    return [
        100 * in_need / born if in_need is not None and born else None
        for in_need, born in zip(need, births, strict=True)
    ]


def _words(row: MapRow) -> MapWords:
    return MapWords(title=row.title, unit=row.unit, credit=CREDIT, decimals=row.decimals)
