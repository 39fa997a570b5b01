"""The tables of a report: the same figures as its pictures, for those who read rather than look."""

from typing import TYPE_CHECKING

from nestling.evidence.report.inputs import words_file
from nestling.evidence.report.model import Mark, Number, Table, Words
from nestling.evidence.report.seen import AGES, MEASURES
from nestling.science.need import FigureName
from nestling.ui.charts import figure_words as say
from nestling.ui.charts.ranges import NO_MIDDLE

if TYPE_CHECKING:
    from nestling.evidence.report.facts import Facts
    from nestling.evidence.report.model import Line
    from nestling.evidence.report.phrases import Phrasebook
    from nestling.evidence.report.seen import Access, Stated, Trained
    from nestling.science.figures import Figure

#: The figures of the main estimate, in the order in which one follows from another.
MAIN = (
    (FigureName.NEED, "Babies in need each year"),
    (FigureName.DEMAND, "Families who would come each year"),
    (FigureName.TEAMS, "Teams to see them"),
    (FigureName.COST_PENCE, "Cost of those teams each year"),
    (FigureName.COST_PER_FAMILY_PENCE, "Cost for each family"),
    (FigureName.BREAK_EVEN_SHARE, "Part of the claimed benefit that pays for it"),
)
HELP = (
    (FigureName.COVERAGE, "Share of need that is seen"),
    (FigureName.GAP, "Babies in need who are not seen"),
)
SINGLE = "one figure, no interval known"


def text(words: str) -> "Line":
    """A cell of words."""
    return (Words(text=words),)


def cell(book: "Phrasebook", figure: "Figure", words: str, *, noted: bool = False) -> "Line":
    """A cell of one figure, with its note where the row does not carry it already."""
    number = Number(text=words, figure=figure)
    return (number, Mark(note=book.notebook.cite(figure.source))) if noted else (number,)


def need(facts: "Facts", book: "Phrasebook") -> Table:
    """Need under each scenario: the middle, the likely range, and the source of the share."""
    rows = []
    for name in facts.scenarios():
        figure = facts.engine(FigureName.NEED, scenario=name)
        short = words_file("links")["scenarios"][name]["short"]
        label = f"{short} (main estimate)" if name == facts.inputs.main else short
        if facts.has_middle(name):
            middle = cell(book, figure, say.bare_number(figure), noted=True)
        else:
            middle = (*text(NO_MIDDLE), Mark(note=book.notebook.cite(figure.source)))
        rows.append((text(label), middle, likely_cell(book, figure)))
    return Table(
        caption="Babies in need each year, by what is counted",
        head=("If you count", "Babies", "Likely between"),
        rows=tuple(rows),
    )


def likely_cell(book: "Phrasebook", figure: "Figure") -> "Line":
    """A cell of the limits of a figure, "820 and 1,810", or that none are known."""
    if figure.interval is None:
        return text(SINGLE)
    return cell(book, figure, say.limit_words(figure).replace(" to ", " and "))


def main_estimate(facts: "Facts", book: "Phrasebook", seen: "Stated") -> Table:
    """The main estimate from need to money; help and gap where help is known."""
    names = (*MAIN[:1], *HELP, *MAIN[1:]) if seen.state == "known" else MAIN
    rows = []
    for name, label in names:
        figure = facts.engine(name)
        middle = cell(book, figure, say.bare_number(figure), noted=True)
        rows.append((text(label), middle, likely_cell(book, figure)))
    return Table(
        caption="The main estimate, from need to money",
        head=("What", "Middle", "Likely between"),
        rows=tuple(rows),
    )


def access(found: "Access", book: "Phrasebook") -> Table:
    """Referrals and children by single year of age in the last period."""
    rows = []
    for measure, label in MEASURES.items():
        figures = [found.figure(measure, age) for age in AGES]
        if any(figure.is_known or figure.instead == "hidden" for figure in figures):
            *ages, whole = (cell(book, figure, say.bare_number(figure)) for figure in figures)
            note = Mark(note=book.notebook.cite(figures[-1].source))
            rows.append((text(label), *ages, (*whole, note)))
    when = found.figure("children_ge1", "0-2").date
    return Table(
        caption=f"{found.geography}, {when}",
        head=("Measure", "Age 0", "Age 1", "Age 2", "All of 0 to 2"),
        rows=tuple(rows),
    )


def trained(staff: "Trained", book: "Phrasebook") -> Table:
    """Trained staff and all staff, by profession."""
    rows = [
        (
            text(profession),
            cell(book, trained_staff, say.bare_number(trained_staff), noted=True),
            cell(book, whole, say.bare_number(whole)),
            text(trained_staff.date),
        )
        for profession, trained_staff, whole in staff.rows
    ]
    return Table(
        caption="Staff trained to work with babies",
        head=("Profession", "Trained", "All", "As of"),
        rows=tuple(rows),
    )
