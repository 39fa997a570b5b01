"""Open work of people who leave, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from nestling.accounts.presenters import closing_words
from nestling.desk.queries.leavers import HandOver, OpenWork
from nestling.science.ages import count_of

NO_ROLE = "No role in the team now"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """What one person has open in one team."""

    who: str
    team: str
    state: str
    work: str
    url: str


def work_rows(rows: Iterable[OpenWork], *, on: date) -> list[WorkRow]:
    """The rows in words, in the order given."""
    return [
        WorkRow(
            who=row.user.full_name,
            team=row.team.name,
            state=closing_words(row.user, on=on) or ("" if row.in_team else NO_ROLE),
            work=work_words(families=row.families, tasks=row.tasks, unsigned=row.unsigned),
            url=reverse("desk:leaver", args=[row.team.pk, row.user.pk]),
        )
        for row in rows
    ]


def hand_over_words(work: HandOver) -> str:
    """How much there is to give to others."""
    return work_words(families=len(work.episodes), tasks=len(work.tasks), unsigned=0)


def work_words(*, families: int, tasks: int, unsigned: int) -> str:
    """How much is open.

    >>> work_words(families=1, tasks=2, unsigned=0)
    '1 family that they work with, 2 tasks'
    >>> work_words(families=0, tasks=0, unsigned=0)
    'Nothing is open'
    """
    return ", ".join(_parts(families, tasks, unsigned)) or "Nothing is open"


def _parts(families: int, tasks: int, unsigned: int) -> Iterator[str]:
    if families:
        word = "family" if families == 1 else "families"
        yield f"{families} {word} that they work with"
    if tasks:
        yield count_of(tasks, "task")
    if unsigned:
        yield f"{count_of(unsigned, 'note')} not signed"
