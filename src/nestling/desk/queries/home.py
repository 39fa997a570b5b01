"""What waits for someone today: tasks, own families, and for leads the team's numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.care.queries import CaseloadRow, caseload
from nestling.foundation.prepared import Value, rows_of
from nestling.people.models import Task
from nestling.people.queries import families_of_babies, tasks_open
from nestling.referrals.models import Referral, UnmetNeed
from nestling.referrals.models.referrals import UNDECIDED_STATES, WAITING_STATES

TASKS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamNumbers:
    """How much waits for the team; counts of referrals and babies, never of risks."""

    to_decide: int
    oldest_received_on: date | None
    waiting: int
    turned_away_this_month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One person's day."""

    tasks: list[Task]
    family_of: dict[UUID, UUID]
    families: list[CaseloadRow]
    numbers: TeamNumbers | None


def day_of(user: User, *, on: date) -> Day:
    """Tasks and families of someone who works with families, and the numbers of their teams."""
    teams = user.teams_where(Ability.OPEN_FAMILY)
    tasks = tasks_open(user, most=TASKS_SHOWN)
    babies = {baby for task in tasks for baby in babies_of(task)}
    works = user.can(Ability.WRITE_CLINICAL)
    return Day(
        tasks=tasks,
        family_of=families_of_babies(babies, teams=teams) if babies else {},
        families=caseload(user, on=on) if works else [],
        numbers=team_numbers(user, on=on) if user.can(Ability.SEE_WORKLOAD) else None,
    )


def babies_of(task: Task) -> list[UUID]:
    """The baby that a task is about, by itself or through a relationship."""
    if task.about_relationship is not None:
        return [task.about_relationship.baby_id]
    return [task.about_person_id] if task.about_person_id else []


def team_numbers(user: User, *, on: date) -> TeamNumbers:
    """Counts over the teams whose lists the user may see."""
    waits = _by_state(user)
    undecided = [row for row in waits if row[0] in UNDECIDED_STATES]
    return TeamNumbers(
        to_decide=sum(count for _, count, _ in undecided),
        oldest_received_on=min((oldest for *_, oldest in undecided), default=None),
        waiting=sum(count for state, count, _ in waits if state in WAITING_STATES),
        turned_away_this_month=_turned_away(user, since=on.replace(day=1)),
    )


def _by_state(user: User) -> list[tuple[Any, ...]]:
    """State, how many referrals of the user's teams are in it, and when the oldest came."""
    teams = user.teams_where(Ability.SEE_WORKLOAD)
    given: list[Value] = [user.pk, teams, user.teams_where(Ability.OPEN_FAMILY)]
    states = sorted(UNDECIDED_STATES | WAITING_STATES)

    def rows() -> QuerySet[Any, tuple[Any, ...]]:
        mine = Referral.objects.visible_to(user).filter(team__in=teams, state__in=states)
        counted = mine.order_by().values("state").annotate(count=Count("pk"))
        return counted.annotate(oldest=Min("received_on")).values_list("state", "count", "oldest")

    return rows_of("referrals by state", given, rows)


def _turned_away(user: User, *, since: date) -> int:
    """Referrals turned away since a day that nobody has met yet."""

    def rows() -> QuerySet[Any, tuple[Any, ...]]:
        unmet = UnmetNeed.objects.visible_to(user).filter(on__gte=since, met_on=None)
        counted = unmet.order_by().values("team").annotate(count=Count("pk"))
        return counted.values_list("count")

    given: list[Value] = [user.pk, user.teams_where(Ability.SEE_WORKLOAD)]
    given += [user.teams_where(Ability.OPEN_FAMILY), since]
    return sum(count for (count,) in rows_of("turned away", given, rows))
