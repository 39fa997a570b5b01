"""Locks: who may open a record, named one by one; and staff who are in a record themselves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from nestling.accounts.models import Membership, Team, User
from nestling.accounts.roles import Ability, roles_with
from nestling.foundation import audit
from nestling.people.errors import LockNotPossibleError
from nestling.people.models import LockName, Person, RecordLock, StaffPerson

NOT_IN_TEAM = "Choose only people who open families in this team"
NOBODY = "Choose at least one person who may open the record"
ONE_IN_IT = "Someone who is in the record cannot be one of those who may open it"


@dataclass(frozen=True, slots=True, kw_only=True)
class LockDetails:
    """Why a record is locked, who may open it, and which of its persons work here."""

    reason: str
    names: tuple[User, ...]
    staff: Mapping[UUID, User] = field(default_factory=dict)


@transaction.atomic
def lock_record(
    babies: Sequence[Person],
    details: LockDetails,
    *,
    persons: Collection[Person],
    team: Team,
    on: date,
    by: User,
) -> list[RecordLock]:
    """A lock on each baby's record in a team, or the standing one with other names.

    ``persons`` are those of the record; the details say which of them are staff, by id.

    Raises:
        LockNotPossibleError: nobody is named, or someone who is in the record or not of the team.
    """
    for person in persons:
        _say_staff(person, details.staff.get(person.pk), on=on, by=by)
    locks = []
    for baby in babies:
        found = RecordLock.objects.standing().filter(team=team, baby=baby).first()
        row = RecordLock(team=team, baby=baby, reason=details.reason, locked_by=by, locked_on=on)
        lock = found or audit.create(row, by=by, action="locked")
        change_names(lock, details.names, staff=details.staff.values(), on=on, by=by)
        locks.append(lock)
    return locks


@transaction.atomic
def change_names(
    lock: RecordLock,
    names: Collection[User],
    *,
    on: date,
    by: User,
    staff: Collection[User] = (),
) -> RecordLock:
    """The lock with these names and no others. ``staff`` are known to be in the record.

    Raises:
        LockNotPossibleError: nobody is named, or someone who is in the record or not of the team.
    """
    wanted = {user.pk for user in names}
    _check(wanted, lock, staff={user.pk for user in staff}, on=on)
    held = {row.user_id: row for row in lock.names.filter(until_on__isnull=True)}
    for pk in held.keys() - wanted:
        audit.change(held[pk], {"until_on": on}, by=by, action="ended")
    for user in names:
        if user.pk not in held:
            audit.create(LockName(lock=lock, user=user, named_by=by, named_on=on), by=by)
    return lock


@transaction.atomic
def lift_lock(lock: RecordLock, *, on: date, by: User) -> RecordLock:
    """The lock, lifted: the team finds the record again, but for those who are in it."""
    if lock.lifted_on is not None:
        return lock
    values = {"lifted_on": on, "lifted_by": by}
    return audit.change(lock, values, by=by, action="lifted")


def _say_staff(person: Person, user: User | None, *, on: date, by: User) -> None:
    rows = StaffPerson.objects.filter(person=person, until_on__isnull=True)
    standing = {row.user_id: row for row in rows}
    for pk, row in standing.items():
        if user is None or pk != user.pk:
            audit.change(row, {"until_on": on}, by=by, action="ended")
    if user is not None and user.pk not in standing:
        row = StaffPerson(person=person, user=user, said_by=by, said_on=on)
        audit.create(row, by=by)


def _check(wanted: set[UUID], lock: RecordLock, *, staff: set[UUID], on: date) -> None:
    if not wanted:
        raise LockNotPossibleError(NOBODY)
    families = lock.baby.memberships.values("family")
    # Before a family is declared the baby's carers are those in the record.
    in_it = Q(person__memberships__family__in=families)
    in_it |= Q(person__in=lock.baby.carers_link.values("carer"))
    there = StaffPerson.objects.filter(in_it, until_on__isnull=True)
    if wanted & (staff | set(there.values_list("user_id", flat=True))):
        raise LockNotPossibleError(ONE_IN_IT)
    roles = roles_with(Ability.OPEN_FAMILY)
    held = Membership.objects.current(on).with_roles(roles).filter(team=lock.team_id)
    if wanted - set(held.values_list("user_id", flat=True)):
        raise LockNotPossibleError(NOT_IN_TEAM)
