"""Locks and who may be named, read for the lead and for information governance."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from nestling.accounts.models import Membership, Organisation, Team, User
from nestling.accounts.roles import Ability, roles_with
from nestling.people.models import Family, LockName, Person, RecordLock, StaffPerson


def who_may_be_named(team: Team, *, on: date) -> list[User]:
    """Those who open families in a team, by name."""
    roles = roles_with(Ability.OPEN_FAMILY)
    held = Membership.objects.current(on).with_roles(roles).filter(team=team)
    return _by_name(held.values("user"))


def staff_of(organisation: Organisation, *, on: date) -> list[User]:
    """Everyone who works in an organisation, by name."""
    held = Membership.objects.current(on).filter(organisation=organisation)
    return _by_name(held.values("user"))


def _by_name(pks: object) -> list[User]:
    users = User._default_manager.filter(pk__in=pks, is_active=True)
    return list(users.order_by("given_name", "family_name", "pk"))


def standing_locks(family: Family) -> list[RecordLock]:
    """The locks on the babies of a family in its team, the oldest first."""
    babies = family.members.filter(role="baby", until_on__isnull=True).values("person")
    rows = RecordLock.objects.standing().filter(team=family.team_id, baby__in=babies)
    return _oldest_first(rows)


def standing_locks_on(babies: Sequence[Person], *, team: Team) -> list[RecordLock]:
    """The locks on babies in a team, the oldest first."""
    return _oldest_first(RecordLock.objects.standing().filter(team=team, baby__in=babies))


def _oldest_first(rows: QuerySet[RecordLock]) -> list[RecordLock]:
    return list(rows.select_related("locked_by").order_by("locked_on", "pk"))


def staff_in(persons: Sequence[Person]) -> dict[str, str]:
    """Which of the persons of a lock's form are staff: the form's field, and the user's id."""
    rows = StaffPerson.objects.filter(person__in=persons, until_on__isnull=True)
    found = dict(rows.values_list("person_id", "user_id"))
    return {
        f"staff_{number}": str(found[person.pk])
        for number, person in enumerate(persons)
        if person.pk in found
    }


def names_of(lock: RecordLock) -> list[User]:
    """Those who may open a locked record now, by name."""
    rows = LockName.objects.filter(lock=lock, until_on__isnull=True)
    return _by_name(rows.values("user"))


def shown_with(standing: Sequence[RecordLock]) -> list[RecordLock | LockName]:
    """Locks with the names on them, past ones too: all that a page about them shows or changes."""
    names = LockName.objects.filter(lock__in=[row.pk for row in standing])
    return [*standing, *names.order_by("created_at", "pk")]


def locks_kept_by(user: User) -> list[RecordLock]:
    """Standing locks that the user may keep, with the baby, the newest first."""
    rows = RecordLock.objects.visible_to(user).standing()
    named = rows.select_related("baby", "team", "locked_by").prefetch_related("names__user")
    return list(named.order_by("-locked_on", "-pk"))


def open_lock(pk: UUID, *, by: User) -> RecordLock:
    """A standing lock that the user may keep.

    Raises:
        Http404: there is none, or it is not for the user.
    """
    rows = RecordLock.objects.visible_to(by).standing().filter(pk=pk)
    lock = rows.select_related("baby", "team", "locked_by").first()
    if lock is None:
        raise Http404
    return lock
