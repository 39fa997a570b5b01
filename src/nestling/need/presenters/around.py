"""An area's help and its place among others: what is stated, the funnel, areas like it."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from nestling.need.asked import OwnData, study_area
from nestling.need.choices import NeedError
from nestling.need.compare import FunnelPoint, areas_like, provision_funnel
from nestling.need.models import ProvisionStatement
from nestling.need.pictures import KINDS, MapKind
from nestling.need.presenters import figures
from nestling.need.presenters.map_page import area_kinds
from nestling.need.presenters.study import Answer
from nestling.need.presenters.words import NOT_KNOWN, about
from nestling.need.queries import as_statement
from nestling.reference.areas import areas, membership
from nestling.reference.populations import babies, context
from nestling.reference.provision import Statement, shipped_statements
from nestling.reference.provision.statements import service_types
from nestling.science import draws
from nestling.science.ages import day_words
from nestling.science.need import FigureName
from nestling.ui.charts.figure_words import FigureView, Said, said

#: A funnel says something from so many areas upwards.
FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedRow:
    """One statement in words."""

    team: str
    district: str
    kind: str
    families: FigureView
    as_of: str
    source: str
    caution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """What is known of help in an area, and what follows from it."""

    sentence: Said
    per_hundred: FigureView
    gap: FigureView
    rows: tuple[StatedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An area like this one."""

    code: str
    name: str
    births: FigureView
    poverty: FigureView
    rurality: str
    seen: FigureView


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelRow:
    """One area against what chance allows at its size."""

    code: str
    name: str
    need: FigureView
    rate: FigureView
    limits: FigureView
    place: str
    here: bool
    x: str = ""
    y: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Families seen for each 100 in need, over areas where it is known."""

    rows: tuple[FunnelRow, ...]
    text: str
    limits: tuple[tuple[str, str, str, str], ...]
    most_need: str
    most_rate: str


def provision(answer: Answer) -> Provision:
    """What is stated of help in the area, and families seen for each 100 babies in need."""
    area = answer.found.areas[0]
    coverage, gap = answer.figure(FigureName.COVERAGE), answer.figure(FigureName.GAP)
    return Provision(
        sentence=seen_words(answer),
        per_hundred=_interval(coverage, unit="families for each 100", times=100),
        gap=_interval(gap, unit="babies"),
        rows=tuple(
            stated_row(one)
            for one in answer.question.statements or ()
            if one.lad_code in membership(area.code)
        ),
    )


def seen_words(answer: Answer) -> Said:
    """Whether families seen are known, and what not knowing means."""
    seen = answer.found.areas[0].seen
    if seen is not None and seen.families is not None:
        return said(
            "About {families} are seen in a year, as stated below; nobody has checked it here.",
            families=_families(seen.families, say=lambda value: f"{about(value)} families"),
        )
    if seen is None or seen.state == "unknown":
        return said("How many families are seen here is not known. Unknown is unknown, never zero.")
    some = said(" At least {least} are stated.", least=_families(seen.at_least))
    return said(
        "How many families are seen here is known for {known}.{some} The rest is unknown, never "
        "zero.",
        known=figures.number(
            seen.districts_known,
            unit="districts",
            source=figures.STATED,
            say=lambda value: f"{value:.0f} of {seen.districts} districts",
        ),
        some=some if seen.at_least else "",
    )


def _families(value: float | None, *, say: Callable[[float], str] = about) -> FigureView:
    return figures.number(value, unit="families", source=figures.STATED, say=say)


def stated_row(one: Statement) -> StatedRow:
    """A statement in words."""
    kind = service_types()[one.service_type]
    beside = "" if kind.counts else "Shown beside, not counted as seen by specialised help."
    return StatedRow(
        team=one.team_name,
        district=areas().districts[one.lad_code].name,
        kind=kind.title,
        families=_families(one.families_per_year, say=figures.whole),
        as_of=said_on(one.as_of),
        source=one.source,
        caution=" ".join(part for part in (kind.caution, beside) if part),
    )


def said_on(text: str) -> str:
    """A full date in words; a month or a year as it was stated.

    >>> said_on("2025-04-01"), said_on("2021-03")
    ('1 April 2025', 'March 2021')
    """
    try:
        if len(text) == len("2021-03"):
            return f"{date.fromisoformat(f'{text}-01'):%B %Y}"
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text


def own_rows(rows: Sequence[ProvisionStatement]) -> list[tuple[ProvisionStatement, StatedRow, str]]:
    """The organisation's statements; an older one about the same team is marked as passed."""
    met: set[tuple[str, str]] = set()
    found = []
    for row in rows:
        key = (row.lad_code, row.team_name.casefold())
        told = f"by {row.stated_by}, {day_words(row.stated_on)}"
        state = f"{told}; a newer statement counts" if key in met else told
        found.append((row, stated_row(as_statement(row)), state))
        met.add(key)
    return found


def shipped_rows(own: Sequence[ProvisionStatement]) -> list[StatedRow]:
    """What we ship, but for the districts of which the organisation has spoken."""
    spoken = {row.lad_code for row in own}
    return [stated_row(one) for one in shipped_statements() if one.lad_code not in spoken]


def neighbours(answer: Answer) -> list[Neighbour]:
    """The districts most like this one; none for an area that is no district."""
    try:
        found = areas_like(answer.question.code)
    except NeedError:
        return []
    return [_neighbour(one.code, statements=answer.question.statements) for one in found]


def funnel(answer: Answer) -> Funnel | None:
    """This area among those where families seen are known; None where they are too few."""
    kinds = area_kinds(answer.question.code)
    if not kinds:
        return None
    points = _points(kinds[0], answer.question.scenario, answer.question.statements)
    if len(points) < FEWEST:
        return None
    top_need = max(point.need for point in points) * 1.1
    top_rate = max(max(point.rate, point.limits.outer[1]) for point in points) * 1.1
    rows = [_funnel_row(one, answer.question.code, top_need, top_rate) for one in points]
    rows.sort(key=lambda one: one.name)
    outside = sum(one.place != "within" for one in points)
    return Funnel(
        rows=tuple(rows),
        text=f"{len(points)} areas; {outside} stand outside what chance alone would allow.",
        limits=tuple(_limit_lines(points, top_need=top_need, top_rate=top_rate)),
        most_need=about(top_need),
        most_rate=f"{top_rate * 100:.0f}",
    )


@lru_cache(maxsize=16)
def _points(
    kind: MapKind, scenario: str, statements: tuple[Statement, ...] | None
) -> tuple[FunnelPoint, ...]:
    codes = tuple(area.code for one in KINDS[kind] for area in areas().of_type(one))
    return tuple(provision_funnel(codes, scenario=scenario, statements=statements))


def _limit_lines(
    points: "tuple[FunnelPoint, ...]", *, top_need: float, top_rate: float
) -> list[tuple[str, str, str, str]]:
    """Short lines between neighbouring limits: x1, y1, x2, y2 in percent."""
    ordered = sorted(points, key=lambda one: one.need)
    lines = []
    for first, second in itertools.pairwise(ordered):
        for pair in ("inner", "outer"):
            for end in (0, 1):
                low, high = (getattr(one.limits, pair)[end] for one in (first, second))
                start = (_x(first.need, top_need), _y(low, top_rate))
                lines.append((*start, _x(second.need, top_need), _y(high, top_rate)))
    return lines


def _funnel_row(one: FunnelPoint, here: str, top_need: float, top_rate: float) -> FunnelRow:
    low, high = one.limits.inner
    return FunnelRow(
        code=one.code,
        name=one.name,
        need=figures.number(one.need, unit="babies", source=figures.WORKED_OUT),
        rate=_hundredths(one.rate, words=f"{one.rate * 100:.1f}"),
        limits=_hundredths(high, words=f"{low * 100:.1f} to {high * 100:.1f}"),
        place="within chance" if one.place == "within" else one.place,
        here=one.code == here,
        x=_x(one.need, top_need),
        y=_y(one.rate, top_rate),
    )


def _x(value: float, top: float) -> str:
    return f"{100 * value / top:.1f}%"


def _y(value: float, top: float) -> str:
    return f"{100 - 100 * value / top:.1f}%"


def _neighbour(code: str, *, statements: tuple[Statement, ...] | None) -> Neighbour:
    place, counted = context().get(code), babies()[code]
    seen = study_area(code, own=OwnData(statements=statements)).seen
    known = seen.families if seen else None
    return Neighbour(
        code=code,
        name=areas().by_code[code].name,
        births=figures.births(counted),
        poverty=figures.share(
            (place.poverty_share or None) if place else None, source=figures.LOW_INCOME
        ),
        rurality=(place.rurality if place else "") or NOT_KNOWN,
        seen=_families(known),
    )


def _hundredths(share: float, *, words: str) -> FigureView:
    return figures.number(
        share * 100, unit="families for each 100", source=figures.WORKED_OUT, say=lambda _: words
    )


def _interval(found: draws.Figure | None, *, unit: str, times: float = 1) -> FigureView:
    """A number with its likely range beside it in words."""
    if found is None:
        return figures.number(None, unit=unit, source=figures.WORKED_OUT)
    best, low, high = (about(one * times) for one in (found.median, found.low, found.high))
    words = f"{best}, likely between {low} and {high}" if low != high else best
    return figures.number(
        found.median * times, unit=unit, source=figures.WORKED_OUT, say=lambda _: words
    )
