"""The task to plan a hand-over before a baby reaches the age limit."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction

from nestling.care.models import Episode
from nestling.care.queries.team_rules import TeamRules, team_rules
from nestling.foundation.looks import unwatched
from nestling.people import services as people
from nestling.people.models import Person, PersonKind, Task
from nestling.science.ages import day_words, limit_on

HANDOVER = "handover_before_limit"


@transaction.atomic
def ensure_handover_tasks(*, on: date) -> int:
    """Make a task for each baby in open work who comes close to the team's age limit.

    Once for each baby and team, also when it was done; none after a loss. The number made.
    """
    made = 0
    # No one is shown these families: the task is made for whoever opens the list later.
    with unwatched():
        for episode, baby, rules in _babies_at_work(on):
            made += _ensure(episode, baby, rules, on=on)
    return made


def _babies_at_work(on: date) -> Iterator[tuple[Episode, Person, TeamRules]]:
    rules: dict[object, TeamRules] = {}
    episodes = Episode.objects.open().select_related("team", "practitioner")
    for episode in episodes.order_by("taken_up_on", "pk"):
        if episode.team_id not in rules:
            rules[episode.team_id] = team_rules(episode.team_id, on=on)
        for baby in _living_babies(episode, on=on):
            yield episode, baby, rules[episode.team_id]


def _living_babies(episode: Episode, *, on: date) -> list[Person]:
    members = episode.family.members.current(on).filter(
        person__kind=PersonKind.BABY, person__loss=""
    )
    return [member.person for member in members.select_related("person").order_by("person_id")]


def _ensure(episode: Episode, baby: Person, rules: TeamRules, *, on: date) -> bool:
    """Whether a task had to be made."""
    limit = limit_on(baby.dates, rules.limit_months)
    if limit is None or on < limit - timedelta(days=rules.near_limit_days):
        return False
    if Task.objects.filter(team=episode.team_id, about_person=baby, kind=HANDOVER).exists():
        return False
    details = people.TaskDetails(
        kind=HANDOVER,
        words=f"Plan the hand-over: the age limit is reached on {day_words(limit)}",
        due_on=on,
        about_person=baby,
        assigned_to=episode.practitioner,
    )
    people.add_task(details, team=episode.team, by=None)
    return True
