"""What waits for someone today: tasks, own families, and for leads the team's numbers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Min, Q

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.care.queries import CaseloadRow, caseload
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
    teams = user.teams_where(Ability.SEE_WORKLOAD)
    undecided = Q(state__in=sorted(UNDECIDED_STATES))
    open_states = sorted(UNDECIDED_STATES | WAITING_STATES)
    mine = Referral.objects.visible_to(user).filter(team__in=teams, state__in=open_states)
    found = mine.aggregate(
        to_decide=Count("pk", filter=undecided),
        oldest=Min("received_on", filter=undecided),
        waiting=Count("pk", filter=Q(state__in=sorted(WAITING_STATES))),
    )
    unmet = UnmetNeed.objects.visible_to(user).filter(on__gte=on.replace(day=1), met_on=None)
    return TeamNumbers(
        to_decide=found["to_decide"],
        oldest_received_on=found["oldest"],
        waiting=found["waiting"],
        turned_away_this_month=unmet.count(),
    )
