"""The numbers of the pages of need as figures: each with its unit, its date and its source."""

import re
from collections.abc import Callable
from dataclasses import replace

from nestling.need.presenters.words import NOT_KNOWN, about, in_hundred
from nestling.reference.populations.babies import PROXY, Babies
from nestling.science import draws
from nestling.science.figures import Figure, FigureSource, Interval, SourceKind
from nestling.science.need import Scenario
from nestling.ui.charts.figure_words import FigureView, Said, said_in, view_of

#: A share, money or count in a note, with the words that belong to it.
A_NUMBER = re.compile(
    r"£?(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?P<unit>%| in \d+(?: babies)?| babies| children| families| teams)"
)
#: The date of a number that is a choice of ours or of the reader, not a count.
NO_DATE = "no date of its own"
WORKED_OUT = FigureSource(
    kind=SourceKind.METHOD, keys=("need",), words="Worked out here from the sources below"
)
ASSUMED = FigureSource(
    kind=SourceKind.METHOD, keys=("parameters",), words="A stated value, listed with its source"
)
TRIED = FigureSource(kind=SourceKind.GIVEN, keys=("reader",), words="Set by the reader")
STATED = FigureSource(kind=SourceKind.GIVEN, keys=("provision",), words="As a team stated it")
BIRTHS = FigureSource(
    kind=SourceKind.DATA,
    keys=("births",),
    words="Births: Office for National Statistics; in Scotland and Northern Ireland the "
    "population aged under one, from NRS and NISRA",
)
PEOPLE = FigureSource(
    kind=SourceKind.DATA, keys=("population",), words="Population: ONS, NRS and NISRA"
)
LOW_INCOME = FigureSource(
    kind=SourceKind.DATA,
    keys=("low-income",),
    words="Low income: Department for Work and Pensions, after housing costs",
)


def number(
    value: float | None,
    *,
    unit: str,
    source: FigureSource,
    say: Callable[[float], str] = about,
    date: str = NO_DATE,
) -> FigureView:
    """One number as it is said on a page, or that it is not known."""
    words = NOT_KNOWN if value is None else say(value)
    return view_of(Figure(value=value, unit=unit, date=date, source=source), words=words)


def estimate(
    found: draws.Figure | None,
    *,
    unit: str,
    say: Callable[[float], str] = about,
    source: FigureSource = WORKED_OUT,
    date: str = NO_DATE,
) -> FigureView:
    """The middle of an uncertain number, with what its range means."""
    known = found is not None and found.interval_known
    figure = Figure(
        value=found.median if found else None,
        unit=unit,
        date=date,
        source=source,
        interval=Interval(low=found.low, high=found.high) if found and known else None,
        is_estimate=True,
    )
    return view_of(figure, words=say(found.median) if found else NOT_KNOWN)


def limits(
    found: draws.Figure | None, *, unit: str, say: Callable[[float], str] = about
) -> FigureView:
    """The likely range of a number, "380 and 850"."""
    if found is None or not found.interval_known:
        return number(None, unit=unit, source=WORKED_OUT)
    words = f"{say(found.low)} and {say(found.high)}"
    return number(found.median, unit=unit, source=WORKED_OUT, say=lambda _: words)


def births(counted: Babies) -> FigureView:
    """Births in a year, exactly as they were counted."""
    unit = "children aged under one" if counted.births_basis == PROXY else "births a year"
    when = counted.births_period or NO_DATE
    return number(counted.births, unit=unit, source=BIRTHS, say=whole, date=when)


def share(value: float | None, *, source: FigureSource, decimals: int = 0) -> FigureView:
    """A share as so many in a hundred."""
    return number(
        value, unit="share", source=source, say=lambda one: in_hundred(one, decimals=decimals)
    )


def weight(scenario: Scenario) -> FigureView:
    """The share of babies that a scenario counts."""
    return share(scenario.prevalence.value(), source=ASSUMED, decimals=1)


def in_note(note: str, *, about: str) -> Said:
    """A note from our data whose numbers are figures, resting on the sources of its subject.

    >>> str(in_note("About 1 in 5 babies", about="any problem"))
    'About 1 in 5 babies'
    """
    source = FigureSource(
        kind=SourceKind.METHOD, keys=("note",), words=f"A note on {about}, from its sources below"
    )

    def view(match: re.Match[str]) -> FigureView:
        value = float(match["digits"].replace(",", ""))
        return replace(
            number(value, unit=match["unit"].strip(), source=source), words=match.group()
        )

    return said_in(note, A_NUMBER, view)


def whole(value: float) -> str:
    """A count as it was published.

    >>> whole(8471.0)
    '8,471'
    """
    return f"{value:,.0f}"
