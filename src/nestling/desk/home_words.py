"""One person's day in words."""

from dataclasses import dataclass
from datetime import date

from nestling.care.queries import CaseloadRow
from nestling.desk.queries.home import Day, TeamNumbers, babies_of
from nestling.people.models import Task
from nestling.people.presenters import about_words, age, task_words
from nestling.reference.codes import code_list
from nestling.science.ages import count_of, day_words
from nestling.ui.addresses import address_of
from nestling.ui.components import Figure, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task on the day's list."""

    words: str
    about: str
    due: str
    late: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One of the person's families."""

    babies: list[tuple[str, str]]
    carers: str
    stage: str
    last: str
    next: str
    unwritten: bool
    url: str


def task_rows(day: Day, *, on: date) -> list[TaskRow]:
    """The tasks, the earliest first."""
    return [task_row(task, day, on=on) for task in day.tasks]


def task_row(task: Task, day: Day, *, on: date) -> TaskRow:
    """One task, with the way to its family where there is one."""
    families = [day.family_of[pk] for pk in babies_of(task) if pk in day.family_of]
    return TaskRow(
        words=task_words(task),
        about=about_words(task),
        due=day_words(task.due_on),
        late=task.due_on < on,
        url=address_of("desk:family", families[0]) if families else "",
    )


def case_rows(rows: list[CaseloadRow], *, on: date) -> list[CaseRow]:
    """The person's families, the next session first."""
    stages, modes = code_list("episode_stages"), code_list("contact_modes")
    kinds = code_list("relationship_kinds")
    return [
        CaseRow(
            babies=[(baby.full_name, age(baby, on)) for baby in row.babies],
            carers=", ".join(
                f"{one.person.short_name} ({kinds.label(one.kind).lower()})" for one in row.carers
            ),
            stage=stages.label(row.episode.stage),
            last=seen(row.last_contact_on, modes.label(row.last_contact_mode)),
            next=seen(row.next_session_on, modes.label(row.next_session_mode)),
            unwritten=row.unwritten,
            url=address_of("desk:family", row.episode.family_id),
        )
        for row in rows
    ]


def seen(day: date | None, how: str) -> str:
    """A day and how, or nothing."""
    if day is None:
        return ""
    return f"{day_words(day)}, {how.lower()}" if how else day_words(day)


def figures(numbers: TeamNumbers, *, on: date) -> list[Figure]:
    """The team's numbers as a strip."""
    oldest = numbers.oldest_received_on
    waited = count_of((on - oldest).days, "day") if oldest else "None"
    return [
        Figure(str(numbers.to_decide), "referrals to decide", link("Board", "referrals:board")),
        Figure(waited, "oldest with no decision"),
        Figure(str(numbers.waiting), "referrals waiting", link("List", "care:waiting")),
        Figure(
            str(numbers.turned_away_this_month),
            "babies left without help this month",
            link("Unmet need", "referrals:unmet_need"),
        ),
    ]


def link(text: str, page: str) -> Link:
    """A link to a page without parts."""
    return Link(text, address_of(page))
