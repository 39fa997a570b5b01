"""The answer to each question of Parliament: the number first, then cautions, then the tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from nestling.access_figures.presenters import cells, words
from nestling.access_figures.presenters.before import BEFORE, Before
from nestling.access_figures.presenters.cells import Cell, Figures, Line, Table, sentence
from nestling.access_figures.presenters.figures import WORKED_OUT, in_note, printed
from nestling.analytics.access.pivot import age_words
from nestling.reference.access import Question, questions, statements
from nestling.ui.charts.figure_words import FigureView, Said, to_two_figures

if TYPE_CHECKING:
    from nestling.access_figures.models import PublishedRow

SEEN, TWICE, CASELOAD = "children_ge1", "children_ge2", "caseload"
RECEIVED, ACCEPTED, SUSPECT = "referrals_received", "referrals_accepted", "suspect_0_2"
BLIND = "blind_spot_0_2"
PAPER = (
    ("providers_accept_saw_5_or_more", "say that they accept under-twos, and saw 5 or more"),
    ("providers_accept_saw_fewer", "say that they accept under-twos, and saw fewer than 5"),
    ("providers_do_not_accept", "say that they do not accept under-twos"),
    ("providers_not_known", "have not said"),
)
MEASURES = (SEEN, TWICE, CASELOAD, RECEIVED, ACCEPTED, SUSPECT, BLIND, *(name for name, _ in PAPER))
AGES_UP = ("0", "1", "2", *statements().bands.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The period asked about and, where one is held, the one before it."""

    start: date
    end: date
    earlier: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question's page in words."""

    number: str
    place: str
    title: str
    asked: str
    question: str
    answer: Cell
    unit: str
    under: tuple[Said, ...]
    cautions: tuple[str, ...]
    more_cautions: tuple[Said, ...]
    by_age: Table
    before: Before
    measures: tuple[str, ...]
    area: "AreaWanted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWanted:
    """Which lines the table by area is made of."""

    measure: str
    breakdown: str
    ages: tuple[str, ...]
    over_time: bool = False


def answer(number: str, figures: Figures, period: Period) -> Answer:
    """The page of one question. Raises ``KeyError`` for a number that nobody asked."""
    question = questions()[number]
    return ANSWERS[number](question, figures, period)


def started(question: Question, area: AreaWanted) -> Answer:
    """What every answer has, before its figures."""
    numbers = list(questions())
    return Answer(
        number=question.number,
        place=f"Question {numbers.index(question.number) + 1} of {len(numbers)} asked in "
        "Parliament",
        title=question.title,
        asked=words.day(question.asked),
        question=question.question,
        answer=cells.NOT_HELD,
        unit="",
        under=(),
        cautions=question.cautions,
        more_cautions=(),
        by_age=Table(caption="", first="", heads=(), lines=()),
        before=BEFORE[question.number],
        measures=question.measures,
        area=area,
    )


def under_two(question: Question, figures: Figures, period: Period) -> Answer:
    """How many children aged 0 and 1 reach care."""
    end, ages = period.end, "0-1"
    seen = figures.cell(SEEN, ages, end=end)
    away = cells.less(figures.cell(RECEIVED, ages, end=end), figures.cell(ACCEPTED, ages, end=end))
    first = sentence(
        (
            "aged under two in England were seen at least once by an NHS-funded mental health "
            f"service in the year to {words.day(end)}."
        ),
        *one_in(seen, ("0", "1")),
    )
    rest = sentence(
        "Seen at least twice: ",
        figures.cell(TWICE, ages, end=end),
        ". Referrals turned away: ",
        away,
        ".",
    )
    return replace(
        started(question, AreaWanted(measure=SEEN, breakdown="region", ages=("0", "1"))),
        answer=seen,
        unit="children",
        under=(first, *since(SEEN, ages, figures, period), rest),
        more_cautions=tuple(doubts(figures, end)),
        by_age=over_time(
            SEEN, ("0", "1", "0-1"), figures, period, caption="Children seen at least once"
        ),
    )


def by_every_age(question: Question, figures: Figures, period: Period) -> Answer:
    """What is known about access by age."""
    end = period.end
    seen = figures.cell(SEEN, "0-2", end=end)
    older = figures.cell(SEEN, "5-10", end=end)
    first = sentence(
        (
            f"aged 0 to 2 in England were seen at least once in the year to {words.day(end)}. "
            "Aged 5 to 10 it was "
        ),
        older,
        ". Single years of age are collected, and can be counted.",
    )
    rest = sentence(
        "Until March 2024 the rules for children’s teams would have lost ",
        figures.cell(BLIND, "0-2", end=end),
        " of the children aged 0 to 2.",
    )
    return replace(
        started(question, AreaWanted(measure=SEEN, breakdown="region", ages=AGES_UP[3:])),
        answer=seen,
        unit="children",
        under=(first, rest),
        by_age=beside_each_other(figures, end),
    )


def since_then(question: Question, figures: Figures, period: Period) -> Answer:
    """How many more children aged 0 to 2 are seen than at an earlier date."""
    end, ages = period.end, "0-2"
    area = AreaWanted(measure=SEEN, breakdown="icb", ages=(ages,), over_time=True)
    made = started(question, area)
    if period.earlier is None:
        words_ = "This release holds one period alone, so it can show no change."
        return replace(made, under=(sentence(words_),), by_age=beside_each_other(figures, end))
    change = figures.change(SEEN, ages, end=end)
    first = sentence(
        (
            "aged 0 to 2 in England were seen at least once in the year to "
            f"{words.day(end)} than in the year to {words.day(period.earlier)}: "
        ),
        figures.cell(SEEN, ages, end=end),
        " after ",
        figures.cell(SEEN, ages, end=period.earlier),
        ".",
    )
    second = sentence(
        (
            "This is not the change since January 2019, which no release from before October 2021 "
            "can give by the same rule."
        ),
    )
    third = sentence(
        "On the caseload on the last day: ",
        figures.cell(CASELOAD, ages, end=end),
        " after ",
        figures.cell(CASELOAD, ages, end=period.earlier),
        ".",
    )
    fewer = change.number is not None and change.number < 0
    shown = replace(change, shown=change.shown.lstrip("-"))
    return replace(
        made,
        answer=replace(shown, is_change=False),
        unit="fewer children" if fewer else "more children",
        under=(first, second, third),
        more_cautions=noted(change),
        by_age=over_time(
            SEEN, ("0", "1", "2", "0-2"), figures, period, caption="Children seen at least once"
        ),
    )


ANSWERS: dict[str, Callable[[Question, Figures, Period], Answer]] = {
    "120765": under_two,
    "120766": by_every_age,
    "120767": since_then,
}


def one_in(seen: Cell, ages: Sequence[str]) -> "tuple[str | FigureView, ...]":
    """How many children of that age there are for each one seen, as parts of a sentence."""
    people = cells.population(ages)
    if not seen.number or not people:
        return ()
    each = to_two_figures(people / seen.number)
    said = printed(
        1 / each, words=f"1 in {each:,.0f}", unit="share", date=seen.date, source=WORKED_OUT
    )
    return (" That is about ", said, " children of that age.")


def noted(change: Cell) -> tuple[Said, ...]:
    """What must be known beside a change, as a caution."""
    note = change.note
    return (in_note(f"{note[:1].upper()}{note[1:]}.", date=change.date),) if note else ()


def since(measure: str, ages: str, figures: Figures, period: Period) -> list[Said]:
    """One year before, and the change."""
    if period.earlier is None:
        return []
    change = figures.change(measure, ages, end=period.end)
    before = figures.cell(measure, ages, end=period.earlier)
    return [
        sentence(f"In the year to {words.day(period.earlier)} it was ", before, " (", change, ").")
    ]


def doubts(figures: Figures, end: date) -> list[Said]:
    """Cautions that carry a number."""
    return [
        sentence(
            "Of those aged 0 to 2, ",
            figures.cell(SUSPECT, "0-2", end=end),
            " were seen by teams for adults alone and may be an adult’s record with a mistyped "
            "birth date. They are still in the figure.",
        ),
        sentence(
            "Until March 2024 the national rules would have lost ",
            figures.cell(BLIND, "0-1", end=end),
            " of the children under two: part of any rise since is better counting.",
        ),
    ]


def over_time(
    measure: str, ages: Sequence[str], figures: Figures, period: Period, *, caption: str
) -> Table:
    """One line an age: this period, the one before, the change and the rate."""
    now = f"Year to {short(period.end)}"
    lines = []
    for age in ages:
        cell = figures.cell(measure, age, end=period.end)
        row = [(now, cell)]
        if period.earlier is not None:
            before = figures.cell(measure, age, end=period.earlier)
            row += [
                (f"Year to {short(period.earlier)}", before),
                ("Change", figures.change(measure, age, end=period.end)),
            ]
        row.append((cells.per_words(), rate_cell(cell, singles_of(age))))
        lines.append(Line(head=head_of(age), cells=tuple(row), is_total="-" in age))
    return drawn(f"{caption}, by age, England", lines)


def beside_each_other(figures: Figures, end: date) -> Table:
    """One line an age: seen once, referrals received, seen twice and the rate."""
    lines = []
    for age in AGES_UP:
        seen = figures.cell(SEEN, age, end=end)
        row = (
            ("Seen at least once", seen),
            ("Seen at least twice", figures.cell(TWICE, age, end=end)),
            ("Referrals received", figures.cell(RECEIVED, age, end=end)),
            (f"Seen, {cells.per_words().lower()}", rate_cell(seen, singles_of(age))),
        )
        lines.append(Line(head=head_of(age), cells=row, is_total=age == "0-2"))
    return drawn(f"Children referred and seen in the year to {words.day(end)}, England", lines)


def drawn(caption: str, lines: Sequence[Line]) -> Table:
    """A table by age with a bar on each line."""
    heads = tuple(head for head, _cell in lines[0].cells)
    return Table(
        caption=caption,
        first="Age at first contact",
        heads=heads,
        lines=cells.with_shares(lines),
        has_bars=True,
    )


def rate_cell(cell: Cell, ages: Sequence[str]) -> Cell:
    """A rate as a cell: hidden where the count is."""
    said = cells.rate_words(cell, cells.population(ages))
    return replace(
        cell,
        shown=cells.HIDDEN_MARK if cell.is_hidden else said,
        unit=f"for each {statements().per.value:,}",
        note="",
        is_worked_out=True,
    )


def singles_of(age: str) -> tuple[str, ...]:
    """The ages whose populations together are an age's."""
    return ("0", "1") if age == "0-1" else (age,)


def head_of(age: str) -> str:
    """An age as a line's head."""
    return "Under two" if age == "0-1" else age_words(age)


def short(when: date) -> str:
    """A month as a column's head."""
    return f"{when:%b %Y}"


def area_table(
    wanted: AreaWanted, now: "Sequence[PublishedRow]", figures: dict[str, Figures], period: Period
) -> Table:
    """The table by area of a question: places down, ages or periods across."""
    lines = []
    for row in words.by_name(now):
        place = figures[row.code]
        pairs = area_cells(wanted, place, period)
        lines.append(Line(head=words.code_words(row.breakdown, row.code), cells=tuple(pairs)))
    heads = tuple(head for head, _cell in lines[0].cells) if lines else ()
    return Table(
        caption=f"Children seen at least once, year to {words.day(period.end)}, by area",
        first=words.FIRST[wanted.breakdown],
        heads=heads,
        lines=tuple(lines),
    )


def area_cells(wanted: AreaWanted, place: Figures, period: Period) -> list[tuple[str, Cell]]:
    """The cells of one area."""
    if not wanted.over_time or period.earlier is None:
        return [
            (head_of(age), place.cell(wanted.measure, age, end=period.end)) for age in wanted.ages
        ]
    age = wanted.ages[0]
    return [
        (f"Year to {short(period.earlier)}", place.cell(wanted.measure, age, end=period.earlier)),
        (f"Year to {short(period.end)}", place.cell(wanted.measure, age, end=period.end)),
        ("Change", place.change(wanted.measure, age, end=period.end)),
    ]


def paper_by_area(rows: "Sequence[PublishedRow]", *, end: date) -> Table:
    """Providers by what they say and do, an area a line; an area without a provider is left out."""
    found: dict[str, dict[str, Cell]] = {}
    for row in words.by_name(rows):
        found.setdefault(row.code, {})[row.measure] = cells.cell_of(row, "0-2")
    lines = [
        Line(
            head=words.code_words(rows[0].breakdown, code),
            cells=tuple((said.capitalize(), of[name]) for name, said in PAPER if name in of),
        )
        for code, of in found.items()
        if any(cell.is_hidden or cell.number for cell in of.values())
    ]
    return Table(
        caption=f"Providers on paper and in practice, year to {words.day(end)}, by region",
        first=words.FIRST["region"],
        heads=tuple(head for head, _cell in lines[0].cells) if lines else (),
        lines=tuple(lines),
    )


def on_paper(figures: Figures, end: date) -> list[tuple[Cell, str]]:
    """Providers by what they say and what they do."""
    held = [(figures.cell(name, "0-2", end=end), said) for name, said in PAPER]
    return [pair for pair in held if pair[0].shown]
