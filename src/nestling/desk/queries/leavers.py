"""Open work of people who have left or are leaving: by count, for whoever gives it to others."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from nestling.accounts.models import Membership, Team, User
from nestling.accounts.roles import Ability
from nestling.care.models import Episode
from nestling.care.queries.team_members import practitioners_of
from nestling.foundation.looks import unwatched
from nestling.people.models import FamilyMember, Note, RecordLock, Task
from nestling.people.queries import who_may_do_tasks

Key = tuple[UUID, UUID]
"""A team and a user, by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWork:
    """How much of somebody's work in a team is still open: numbers, no family."""

    team: Team
    user: User
    families: int = 0
    tasks: int = 0
    unsigned: int = 0
    in_team: bool = True


def work_of(user: User) -> list[OpenWork]:
    """The open work of one user by team, for whoever keeps accounts: three counts.

    Records under a lock are not counted, for only those whom the lock names know of them.
    """
    locked = RecordLock.objects.standing().values("baby")
    families = FamilyMember.objects.filter(person__in=locked).values("family")
    about = Q(about_person__in=locked) | Q(about_relationship__baby__in=locked)
    return _rows(
        Episode.objects.open().filter(practitioner=user).exclude(family__in=families),
        Task.objects.open().filter(assigned_to=user).exclude(about),
        Note.objects.filter(written_by=user, signed_on__isnull=True)
        .exclude(about)
        .exclude(family__in=families),
    )


def leavers(lead: User, *, on: date) -> list[OpenWork]:
    """Open work, in the teams that the user leads, of those who no longer do it: six statements.

    Their account is closed or will be, or they hold no role in the team.
    """
    led = lead.teams_where(Ability.TRIAGE)
    rows = _rows(
        Episode.objects.visible_to(lead).open().filter(team__in=led),
        Task.objects.visible_to(lead).open().filter(team__in=led, assigned_to__isnull=False),
        Note.objects.visible_to(lead).filter(team__in=led, signed_on__isnull=True),
        there=_in_teams(led, on=on),
    )
    return [row for row in rows if row.user.closed_on is not None or not row.in_team]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What one person leaves in a team, and to whom it may go."""

    team: Team
    user: User
    episodes: tuple[Episode, ...]
    tasks: tuple[Task, ...]
    workers: tuple[User, ...]
    helpers: tuple[User, ...]


def open_hand_over(team_id: UUID, user_id: UUID, *, by: User, on: date) -> HandOver:
    """The open work of somebody who holds or held a role in a team that the user leads.

    Raises:
        Http404: the team is not led by the user, or never was theirs.
    """
    held = Membership.objects.filter(team=team_id, user=user_id).order_by("-from_on")
    row = held.select_related("team", "user").first() if _leads(by, team_id) else None
    if row is None or row.team is None:
        raise Http404("nobody who works or worked in a team that you lead")
    team, user = row.team, row.user
    episodes = Episode.objects.visible_to(by).open().filter(team=team, practitioner=user)
    tasks = Task.objects.visible_to(by).open().filter(team=team, assigned_to=user)
    # The page says how many there are, and shows none of them.
    with unwatched():
        found = tuple(episodes.order_by("pk")), tuple(tasks.order_by("pk"))
    workers = practitioners_of(team.pk, ability=Ability.WRITE_CLINICAL, on=on)
    return HandOver(
        team=team,
        user=user,
        episodes=found[0],
        tasks=found[1],
        workers=_staying(workers, without=user),
        helpers=_staying(who_may_do_tasks(team.pk, on=on), without=user),
    )


def _leads(user: User, team_id: UUID) -> bool:
    return team_id in user.teams_where(Ability.TRIAGE)


def _staying(users: Iterable[User], *, without: User) -> tuple[User, ...]:
    return tuple(user for user in users if user.pk != without.pk and user.closed_on is None)


def _in_teams(teams: Collection[UUID], *, on: date) -> set[Key]:
    rows = Membership.objects.current(on).filter(team__in=list(teams))
    return {(row.team_id, row.user_id) for row in rows if row.team_id is not None}


def _rows(
    episodes: QuerySet[Episode],
    tasks: QuerySet[Task],
    notes: QuerySet[Note],
    *,
    there: set[Key] | None = None,
) -> list[OpenWork]:
    counted = (
        _by_person(episodes, "practitioner"),
        _by_person(tasks, "assigned_to"),
        _by_person(notes, "written_by"),
    )
    keys = set().union(*counted)
    teams = Team.objects.in_bulk({team for team, _ in keys})
    users = User.objects.in_bulk({user for _, user in keys})
    rows = [
        OpenWork(
            team=teams[key[0]],
            user=users[key[1]],
            families=counted[0][key],
            tasks=counted[1][key],
            unsigned=counted[2][key],
            in_team=there is None or key in there,
        )
        for key in keys
    ]
    return sorted(rows, key=lambda row: (row.team.name, str(row.user), row.user.pk))


def _by_person(
    rows: QuerySet[Episode] | QuerySet[Task] | QuerySet[Note], person: str
) -> Counter[Key]:
    counted = rows.order_by().values_list("team", person).annotate(number=Count("pk"))
    return Counter({(team, user): number for team, user, number in counted})
