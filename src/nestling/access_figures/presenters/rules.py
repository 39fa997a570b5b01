"""Which rule loses which babies: a waterfall as a picture, a table and CSV."""

import csv
import io
from collections.abc import Sequence

from nestling.access_figures.models import Release, WaterfallStep
from nestling.access_figures.pictures import Fall
from nestling.access_figures.presenters.cells import NOT_HELD, Cell, Line, Table, unit_of
from nestling.access_figures.presenters.words import period
from nestling.analytics.access.explained import head_words

HEADS = (
    *("measure", "period_start", "period_end", "step", "rule", "words", "age"),
    *("lost", "left", "made_up"),
)


def falls(steps: Sequence[WaterfallStep], *, age: str) -> list[Fall]:
    """The steps at one age, everyone first."""
    return [
        Fall(words=step.words, left=cell_of(step, age, 1), lost=cell_of(step, age, 0))
        for step in steps
    ]


def cell_of(step: WaterfallStep, age: str, which: int) -> Cell:
    """Those lost (0) or left (1) at an age."""
    pair = step.cells.get(age)
    if not pair:
        return NOT_HELD
    when = period(step.measure, start=step.period_start, end=step.period_end)
    return Cell(shown=pair[which], unit=unit_of(step.measure), date=when)


def table(steps: Sequence[WaterfallStep], *, caption: str) -> Table:
    """A line a rule; for each age those lost by it and those left after it."""
    ages = list(steps[0].cells)
    lines = []
    for step in steps:
        pairs = []
        for age in ages:
            pairs.append((f"{head_words(age)}: lost", cell_of(step, age, 0)))
            pairs.append((f"{head_words(age)}: left", cell_of(step, age, 1)))
        head = f"{step.number}. {step.words}" if step.number else "Everyone in the extract"
        lines.append(Line(head=head, cells=tuple(pairs), is_total=not step.number))
    return Table(
        caption=caption,
        first="Rule",
        heads=tuple(head for head, _cell in lines[0].cells),
        lines=tuple(lines),
    )


def biggest_loss(found: Sequence[Fall]) -> Fall | None:
    """The rule that loses most, of those whose loss is shown."""
    shown = [fall for fall in found[1:] if fall.lost.number]
    return max(shown, key=lambda fall: fall.lost.number or 0, default=None)


def as_csv(steps: Sequence[WaterfallStep], release: Release) -> str:
    """The steps as comma-separated rows, one an age."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(HEADS)
    for step in steps:
        start, end = step.period_start.isoformat(), step.period_end.isoformat()
        head = (step.measure, start, end, step.number, step.rule, step.words)
        for age, (lost, left) in step.cells.items():
            out.writerow([*head, age, lost, left, "yes" if release.is_made_up else "no"])
    return text.getvalue()
