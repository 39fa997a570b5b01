"""The list of looks in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from nestling.desk.page_words import action_words, page_words
from nestling.desk.queries.looks import Look, LookSummary
from nestling.science.ages import count_of, day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRow:
    """One look as the table shows it."""

    day: str
    time: str
    who: str
    roles: str
    page: str
    action: str
    reason: str


def look_rows(looks: Iterable[Look]) -> list[LookRow]:
    """The looks in words, in the order given."""
    return [look_row(look) for look in looks]


def look_row(look: Look) -> LookRow:
    """One look in words, its time where the service is."""
    at = timezone.localtime(look.at)
    return LookRow(
        day=day_words(at.date()),
        time=f"{at:%H:%M}",
        who=look.who,
        roles=look.roles,
        page=page_words(look.page),
        action=action_words(look.action),
        reason=look.reason,
    )


def summary_words(summary: LookSummary) -> str:
    """How many people looked how often, in one sentence."""
    if not summary.looks:
        return f"No one has looked since {day_words(summary.since)}."
    people = "1 person" if summary.people == 1 else f"{summary.people} people"
    times = count_of(summary.looks, "time")
    return f"{people} looked {times} since {day_words(summary.since)}."
