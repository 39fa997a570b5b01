"""Notes, tasks and marks: each list fetches exactly what it shows."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from nestling.accounts.models import Membership, User
from nestling.accounts.roles import Ability, roles_with
from nestling.foundation.prepared import Value, among, records_of, rows_of
from nestling.people.models import Family, FamilyMember, Note, OnMyMind, Person, Task
from nestling.people.models.notes import NoteQuerySet

_NAMED = (
    "about_person",
    "about_relationship__baby",
    "about_relationship__carer",
    "written_by",
    "signed_by",
)


def notes_of(family: Family) -> list[Note]:
    """Notes about the family's babies and relationships, newest first: for shared pages.

    Nothing about an adult, nothing restricted, nothing written in another family's work.
    """
    return records_of(
        "notes of a family",
        [family.pk, family.team_id],
        lambda: (
            _notes(family).shared_story().filter(_among_members(family)).select_related(*_NAMED)
        ),
    )


def adult_notes(family: Family, adult: Person) -> list[Note]:
    """Notes about an adult in this family's work, for the adult's own page; nothing restricted."""
    rows = _notes(family).filter(about_person=adult, restricted=False)
    return list(rows.select_related("written_by", "signed_by"))


def restricted_notes(family: Family) -> list[Note]:
    """Restricted notes of the family's work; only for the page that has asked for a reason."""
    return list(_notes(family).filter(restricted=True).select_related(*_NAMED))


def open_note(family: Family, pk: UUID, *, by: User) -> Note:
    """A note of the family's work in a team where the user reads clinical content.

    Raises:
        Http404: there is none, or the user may not know of it.
    """
    rows = Note.objects.openable_by(by).filter(family=family, pk=pk)
    note = rows.select_related(*_NAMED).first()
    if note is None:
        raise Http404
    return note


def corrections_of(note: Note) -> list[Note]:
    """What was added to a signed note, oldest first."""
    return list(note.corrections.select_related("signed_by").order_by("signed_on", "created_at"))


def _notes(family: Family) -> NoteQuerySet:
    rows = Note.objects.filter(team=family.team, family=family, corrects__isnull=True)
    return rows.order_by("-happened_on", "-created_at")


def _among_members(family: Family) -> Q:
    members = FamilyMember.objects.filter(family=family).values("person")
    return Q(about_person__in=members) | Q(
        about_relationship__baby__in=members, about_relationship__carer__in=members
    )


def tasks_open(user: User, *, most: int) -> list[Task]:
    """A user's open tasks, and those of nobody in their teams, by their day; one statement.

    None about a record that is locked against the user. At most so many, with whom they are
    about, for what is fetched is logged as seen.
    """
    given: list[Value] = [user.pk, user.teams_where(Ability.OPEN_FAMILY)]
    return records_of(f"tasks, {most}", given, lambda: _named(_tasks_of(user))[:most])


def _tasks_of(user: User) -> QuerySet[Task]:
    mine = Q(assigned_to=user) | Q(assigned_to__isnull=True)
    return Task.objects.open().visible_to(user).filter(mine)


def _named(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks by their day, with whom they are about and who does them."""
    return tasks.select_related(
        "about_person", "about_relationship__baby", "about_relationship__carer", "assigned_to"
    ).order_by("due_on", "created_at")


def family_tasks(family: Family) -> list[Task]:
    """Open tasks of the family's team about the family's members, by their day."""
    given = [family.pk, family.team_id]
    return records_of("tasks of a family", given, lambda: _tasks_among(family))


def _tasks_among(family: Family) -> QuerySet[Task]:
    members = FamilyMember.objects.filter(family=family)
    ties = Q(
        Exists(members.filter(person=OuterRef("about_relationship__baby"))),
        Exists(members.filter(person=OuterRef("about_relationship__carer"))),
    )
    about = Q(Exists(members.filter(person=OuterRef("about_person")))) | ties
    return _named(Task.objects.open().filter(about, team=family.team))


def open_task(family: Family, pk: UUID, *, by: User) -> Task:
    """A task of the family's team about its members, or about nobody.

    Raises:
        Http404: there is none that the user may see from this family.
    """
    members = family.members.values("person")
    nobody = Q(about_person__isnull=True, about_relationship__isnull=True)
    ties = Q(about_relationship__baby__in=members, about_relationship__carer__in=members)
    rows = Task.objects.visible_to(by).filter(team=family.team, pk=pk)
    task = rows.filter(nobody | Q(about_person__in=members) | ties).first()
    if task is None:
        raise Http404
    return task


def families_of_babies(baby_ids: Collection[UUID], *, teams: Collection[UUID]) -> dict[UUID, UUID]:
    """The id of the newest family of each baby in these teams: for links, no names."""
    babies, chosen = among(baby_ids), among(teams)

    def rows() -> QuerySet[Any, tuple[Any, ...]]:
        found = FamilyMember.objects.filter(person__in=babies, family__team__in=chosen)
        return found.order_by("from_on", "created_at").values_list("person_id", "family_id")

    return dict(rows_of("families of babies", [babies, chosen], rows))


def my_mark(family: Family, *, user: User) -> OnMyMind | None:
    """The user's own mark on a family; nobody reads another's."""
    return OnMyMind.objects.filter(family=family, user=user, until_on__isnull=True).first()


def newest_mark(family: Family, *, user: User) -> OnMyMind | None:
    """The user's newest mark on a family, also one that was taken away."""
    mine = OnMyMind.objects.filter(family=family, user=user)
    return mine.order_by("-created_at", "-pk").first()


def my_marks(user: User) -> dict[UUID, str]:
    """The user's own marks: their words by family, for families still within reach."""
    within_reach = Family.objects.visible_to(user).values("pk")
    rows = OnMyMind.objects.filter(user=user, until_on__isnull=True, family__in=within_reach)
    return {row.family_id: row.words for row in rows}


def who_may_do_tasks(team_id: UUID, *, on: date) -> list[User]:
    """The members of a team who work with its families, by name."""
    rows = Membership.objects.current(on).filter(team=team_id)
    held = rows.with_roles(roles_with(Ability.RECEIVE_REFERRAL)).values("user")
    users = User._default_manager.filter(pk__in=held, is_active=True)
    return list(users.order_by("given_name", "family_name"))
