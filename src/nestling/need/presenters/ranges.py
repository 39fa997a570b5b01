"""How many babies need help, by what is counted: each answer and its range on one scale."""

from dataclasses import dataclass, replace

from nestling.need.presenters import figures
from nestling.need.presenters.study import Answer
from nestling.need.presenters.words import about
from nestling.science.draws import Figure
from nestling.science.need import FigureName, Scenario
from nestling.ui.charts.figure_words import FigureView, Said, said
from nestling.ui.charts.ranges import NO_MIDDLE

#: The scale ends on one of these times a power of ten.
STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
#: From here on, need is said to be so many times what is seen.
MORE = 1.5
NO_INTERVAL = "The source gives one number and no range."
NO_VALUE = "The source gives a range and no middle value."
NOT_AVAILABLE = replace(
    figures.number(None, unit="babies", source=figures.WORKED_OUT), words="not available"
)
NO_MIDDLE_VIEW = replace(
    figures.number(None, unit="babies", source=figures.WORKED_OUT), words=NO_MIDDLE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeRow:
    """One scenario: its words, its best figure, its range, and where both lie on the scale.

    ``middle`` is empty where the source gives a range alone.
    """

    name: str
    title: str
    meaning: Said
    best: FigureView
    between: FigureView
    sentence: Said
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
    strong: Said
    seen: Said | None


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
    with_middle = [
        figure for one in found.scenarios if (figure := needs[one.name]) and one.has_middle
    ]
    return RangeTable(
        rows=tuple(rows),
        scale=f"0 to {top:,.0f} babies",
        lead=_lead(known),
        strong=_strong(with_middle or [one for one in needs.values() if one], seen=seen),
        seen=said("Families seen, {seen}", seen=_families(seen)) if seen else None,
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
            meaning=figures.in_note(one.meaning, about=one.title),
            best=NOT_AVAILABLE,
            between=NOT_AVAILABLE,
            sentence=said("No household risk is held for this area."),
            first=one.default,
        )
    known = figure.interval_known
    return RangeRow(
        name=one.name,
        title=one.title,
        meaning=figures.in_note(one.meaning, about=one.title),
        best=figures.estimate(figure, unit="babies") if one.has_middle else NO_MIDDLE_VIEW,
        between=figures.limits(figure, unit="babies"),
        sentence=_sentence(figure, births=births, has_middle=one.has_middle),
        first=one.default,
        start=_percent(figure.low / top) if known else "",
        width=_percent((figure.high - figure.low) / top) if known else "",
        middle=_percent(figure.median / top) if one.has_middle else "",
        now=_percent(seen.median / top) if seen else "",
    )


def _sentence(figure: Figure, *, births: int, has_middle: bool) -> Said:
    if not figure.interval_known:
        return said(NO_INTERVAL)
    found = sentence_of(figure, births=births)
    return found if has_middle else said(f"{{found}} {NO_VALUE}", found=found)


def sentence_of(figure: Figure, *, births: int) -> Said:
    """What a range of babies means, said plainly.

    >>> str(sentence_of(Figure(median=15, mean=15, low=10, high=21, mcse=1), births=100))
    'Most likely between 10 and 21 of every 100 babies born here.'
    """
    low, high = (round(100 * one / births) if births else 0 for one in (figure.low, figure.high))
    share = figures.number(
        low,
        unit="babies of every 100",
        source=figures.WORKED_OUT,
        say=lambda _: f"{low} and {high} of every 100 babies",
    )
    return said("Most likely between {share} born here.", share=share)


def _lead(known: int) -> str:
    return (
        f"It depends on what you count, so here are {known} answers side by side. They are not "
        "added or averaged."
    )


def _strong(needs: list[Figure], *, seen: Figure | None) -> Said:
    if not needs:
        return said("No births are held for this area, so need is not known.")
    least = min(needs, key=lambda figure: figure.median)
    times = least.median / seen.median if seen and seen.median > 0 else None
    return said(
        _strong_words(times, seen=seen),
        babies=figures.estimate(least, unit="babies", say=lambda value: f"{about(value)} babies"),
        times=figures.number(
            times, unit="times", source=figures.WORKED_OUT, say=lambda value: f"{value:.0f} times"
        ),
    )


def _strong_words(times: float | None, *, seen: Figure | None) -> str:
    if seen is None:
        return (
            "The lowest best figure is {babies}. How many families are seen is not known, which is "
            "not the same as none."
        )
    if times is None:
        return "The lowest best figure is {babies}; no family is stated as seen."
    if times < 1:
        return "The lowest best figure, {babies}, is below the families seen."
    if times < MORE:
        return "The lowest best figure, {babies}, is about the families seen."
    return "Even the lowest best figure, {babies}, is about {times} the number of families seen."


def _families(seen: Figure) -> FigureView:
    return figures.number(seen.median, unit="families", source=figures.STATED)


def _percent(share: float) -> str:
    return f"{min(max(share, 0), 1) * 100:.1f}%"
