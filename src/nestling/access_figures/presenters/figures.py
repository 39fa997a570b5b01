"""The numbers of access by age as figures: each with its unit, its period and its source."""

import re

from nestling.science.figures import Figure, FigureSource, SourceKind
from nestling.ui.charts.figure_words import FigureView, Said, said_in, view_of

COUNTED = FigureSource(
    kind=SourceKind.DATA,
    keys=("access", "extract"),
    words="Counted from the extract of this release, after disclosure control",
)
WORKED_OUT = FigureSource(
    kind=SourceKind.METHOD,
    keys=("access", "published"),
    words="Worked out from the published counts of this release",
)
RULE = FigureSource(
    kind=SourceKind.METHOD,
    keys=("access", "disclosure"),
    words="The rule of disclosure that this release was made under",
)
NO_DATE = "no date of its own"
RATIO, PEOPLE = "ratio", "people"
#: The numbers of a note beside a figure, each after the words that say what it is.
IN_NOTE = re.compile(
    r"(?P<ratio>(?<=ratio )[\d.]+|[\d.]+(?= to \d+\.)|(?<= to )\d+\.\d+|\d+%)"
    r"|(?P<people>(?<=n = )\d+|(?<=seen )\d+|(?<=aged out )\d+|(?<=no longer )\d+"
    r"|(?<=both periods )\d+|(?<= to )\d+(?= \()|(?<=\()[+-]\d+)"
)


def printed(
    value: float | None,
    *,
    words: str,
    unit: str,
    date: str = NO_DATE,
    source: FigureSource = COUNTED,
) -> FigureView:
    """One number in the words of its page; without a value the words say why there is none."""
    figure = Figure(value=value, unit=unit, date=date, source=source, instead=words)
    return view_of(figure, words=words)


def of_rule(value: float, *, unit: str = PEOPLE) -> FigureView:
    """A number that a rule of disclosure states."""
    return printed(value, words=f"{value:,.0f}", unit=unit, source=RULE)


def in_note(note: str, *, date: str) -> Said:
    """A note beside a figure, its numbers figures too.

    >>> said = in_note("n = 660; ratio 1.05 (95% 0.91 to 1.21)", date="2025")
    >>> [part.words for part in said.parts if not isinstance(part, str)]
    ['660', '1.05', '95%', '0.91', '1.21']
    """

    def view(match: re.Match[str]) -> FigureView:
        unit = RATIO if match["ratio"] else PEOPLE
        value = float(match.group().removesuffix("%"))
        return printed(value, words=match.group(), unit=unit, date=date, source=WORKED_OUT)

    return said_in(note, IN_NOTE, view)
