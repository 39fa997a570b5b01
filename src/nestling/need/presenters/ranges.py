"""How many babies need help, by what is counted: each answer and its range on one scale."""

from dataclasses import dataclass

from nestling.need.presenters.study import Answer
from nestling.need.presenters.words import about, between
from nestling.science.draws import Figure
from nestling.science.need import FigureName, Scenario

#: The scale ends on one of these times a power of ten.
STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
#: From here on, need is said to be so many times what is seen.
MORE = 1.5
NO_INTERVAL = "The source gives one number and no range."


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeRow:
    """One scenario: its words, its best figure, its range, and where both lie on the scale."""

    name: str
    title: str
    meaning: str
    best: str
    between: str
    sentence: str
    first: bool
    start: str = ""
    width: str = ""
    middle: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeTable:
    """Every scenario on one scale, and what they say together."""

    rows: tuple[RangeRow, ...]
    scale: str
    lead: str
    strong: str
    seen: str


def range_table(answer: Answer) -> RangeTable:
    """Every scenario's need on one scale, lowest first; those not available last."""
    found = answer.found
    needs = {one.scenario.name: one.figures(FigureName.NEED)[0] for one in found.estimates}
    seen = answer.figure(FigureName.FAMILIES_SEEN)
    tops = [figure.high for figure in needs.values() if figure]
    top = scale_end(max([*tops, seen.median if seen else 0.0, 1.0]))
    births = found.areas[0].counted.births or 0
    rows = [
        _row(one, figure=needs[one.name], births=births, top=top, seen=seen)
        for one in sorted(found.scenarios, key=lambda one: _place(needs[one.name]))
    ]
    known = sum(figure is not None for figure in needs.values())
    return RangeTable(
        rows=tuple(rows),
        scale=f"0 to {top:,.0f} babies",
        lead=_lead(known),
        strong=_strong([figure for figure in needs.values() if figure], seen=seen),
        seen=f"Families seen, {about(seen.median)}" if seen else "",
    )


def scale_end(top: float) -> float:
    """The round number at which a scale ends.

    >>> scale_end(2330), scale_end(41), scale_end(900)
    (2500.0, 50.0, 1000.0)
    """
    power = 1.0
    while power * 10 < top:
        power *= 10
    return next(step * power for step in STEPS if step * power >= top)


def _place(figure: Figure | None) -> tuple[bool, float]:
    return (figure is None, figure.median if figure else 0.0)


def _row(
    one: Scenario, *, figure: Figure | None, births: int, top: float, seen: Figure | None
) -> RangeRow:
    if figure is None:
        return RangeRow(
            name=one.name,
            title=one.title,
            meaning=one.meaning,
            best="not available",
            between="not available",
            sentence="No household risk is held for this area.",
            first=one.default,
        )
    known = figure.interval_known
    return RangeRow(
        name=one.name,
        title=one.title,
        meaning=one.meaning,
        best=about(figure.median),
        between=between(figure),
        sentence=sentence_of(figure, births=births) if known else NO_INTERVAL,
        first=one.default,
        start=_percent(figure.low / top) if known else "",
        width=_percent((figure.high - figure.low) / top) if known else "",
        middle=_percent(figure.median / top),
        now=_percent(seen.median / top) if seen else "",
    )


def sentence_of(figure: Figure, *, births: int) -> str:
    """What a range of babies means, said plainly.

    >>> sentence_of(Figure(median=15, mean=15, low=10, high=21, mcse=1), births=100)
    'Most likely between 10 and 21 of every 100 babies born here.'
    """
    low, high = (round(100 * one / births) if births else 0 for one in (figure.low, figure.high))
    return f"Most likely between {low} and {high} of every 100 babies born here."


def _lead(known: int) -> str:
    return (
        f"It depends on what you count, so here are {known} answers side by side. They are not "
        "added or averaged."
    )


def _strong(figures: list[Figure], *, seen: Figure | None) -> str:
    if not figures:
        return "No births are held for this area, so need is not known."
    lowest = min(figure.median for figure in figures)
    if seen is None:
        return (
            f"The lowest best figure is {about(lowest)} babies. How many families are seen is not "
            "known, which is not the same as none."
        )
    if seen.median <= 0:
        return f"The lowest best figure is {about(lowest)} babies; no family is stated as seen."
    times = lowest / seen.median
    if times < 1:
        return f"The lowest best figure, {about(lowest)} babies, is below the families seen."
    if times < MORE:
        return f"The lowest best figure, {about(lowest)} babies, is about the families seen."
    return (
        f"Even the lowest best figure, {about(lowest)} babies, is about {times:.0f} times the "
        "number of families seen."
    )


def _percent(share: float) -> str:
    return f"{min(max(share, 0), 1) * 100:.1f}%"
