"""The walls inside an organisation: what is sealed from everybody, what is closed to one user.

Each is a condition on a query and no statement of its own: a subquery that does not look at the
row, so that the database works it out once for a statement. Where nothing is locked or sealed it
is empty, and costs next to nothing. Their SQL is worked out once (`foundation.prepared`), for
they stand in every statement of every page.

- `UnsealedManager`: the manager of every model that adoption seals. What is sealed is not there.
- `closed_to`: what a lock, or being in a record oneself, keeps from a user.
- `opened_in_emergency`: what a use of emergency access opens, for as long as it holds.
"""

from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.foundation.clock import now
from nestling.foundation.prepared import ids_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

ModelT = TypeVar("ModelT", bound=models.Model)
BABY = "baby"


class UnsealedManager(models.Manager[ModelT]):
    """Rows that are under no seal. Only `_base_manager` reads the others."""

    def get_queryset(self) -> QuerySet[ModelT]:
        """Every row but those under a seal."""
        rows: QuerySet[ModelT] = super().get_queryset()
        return rows.filter(~Q(pk__in=sealed_ids(self.model)))


def sealed_ids(model: type[models.Model]) -> Any:
    """The ids of a model's rows that are under a seal."""
    kind = model._meta.label_lower
    return ids_of(
        f"sealed {kind}",
        [],
        lambda: _rows("SealedRow").filter(kind=kind).values_list("record_id", flat=True),
    )


def closed_to(
    user: User, *, families: str = "", babies: tuple[str, ...] = (), adults: tuple[str, ...] = ()
) -> Q:
    """The condition that a row is closed to a user, by its columns of families and persons.

    A baby is closed who is locked without naming the user, or who is in a closed family; a family
    is closed in which such a baby or the user is; ``adults`` are columns of adults who may be the
    user.
    """
    shut = Q()
    if families:
        shut |= Q(**{f"{families}__in": closed_families(user)})
    for column in babies:
        shut |= Q(**{f"{column}__in": closed_babies(user)})
    for column in adults:
        shut |= Q(**{f"{column}__in": own_persons(user)})
    return shut


def closed_families(user: User) -> Any:
    """Families with a baby who is locked against the user, or with the user in them."""
    return ids_of("closed families", _given(user), lambda: _closed_families(user))


def own_families(user: User) -> Any:
    """Families in which the user is, or was, a person."""
    return ids_of(
        "own families",
        [user.pk],
        lambda: (
            _rows("FamilyMember")
            .filter(person__in=_own_persons(user))
            .values_list("family", flat=True)
        ),
    )


def own_persons(user: User) -> Any:
    """The persons on the records who are the user."""
    return ids_of("own persons", [user.pk], lambda: _own_persons(user))


def opened_in_emergency(user: User, what: str = "family", *, at: "datetime | None" = None) -> Any:
    """Families, or referrals (``referral_id``), that the user may open in an emergency now.

    What is prepared around it names the moment and gives it as ``at``.
    """
    at = at or now()
    return ids_of(
        f"opened {what}",
        [user.pk, at],
        lambda: (
            _rows("EmergencyUse")
            .filter(user=user, ends_at__gt=at, **{f"{what}__isnull": False})
            .values_list(what, flat=True)
        ),
    )


def closed_babies(user: User) -> Any:
    """Babies who are locked against the user, or in a family that is closed to them.

    One union and not a choice of conditions: with one list of ids a database uses its indexes.
    """
    return ids_of("closed babies", _given(user), lambda: _closed_babies(user))


def _given(user: User) -> list["UUID | list[UUID]"]:
    """What the subqueries about a user differ in."""
    return [user.pk, user.teams_where(Ability.OPEN_FAMILY)]


def _closed_families(user: User) -> "QuerySet[Any, UUID]":
    shut = _locked_babies(user).union(_own_persons(user))
    return _rows("FamilyMember").filter(person__in=shut).values_list("family", flat=True)


def _closed_babies(user: User) -> "QuerySet[Any, UUID]":
    members = _rows("FamilyMember").filter(family__in=_closed_families(user), role=BABY)
    theirs = members.values_list("person", flat=True)
    return _locked_babies(user).union(_own_persons(user), theirs)


def _locked_babies(user: User) -> "QuerySet[Any, UUID]":
    """Babies locked in a team of the user by a lock that does not name the user."""
    named = _rows("LockName").filter(user=user, until_on__isnull=True).values("lock")
    teams = user.teams_where(Ability.OPEN_FAMILY)
    locks = _rows("RecordLock").filter(lifted_on__isnull=True, team__in=teams)
    return locks.exclude(pk__in=named).values_list("baby", flat=True)


def _own_persons(user: User) -> "QuerySet[Any, UUID]":
    rows = _rows("StaffPerson").filter(user=user, until_on__isnull=True)
    return rows.values_list("person", flat=True)


def _rows(name: str) -> "QuerySet[Any]":
    """All rows of a model of this room, sealed or not; by name, for models import this module."""
    rows: QuerySet[Any] = apps.get_model("people", name)._base_manager.all()
    return rows
