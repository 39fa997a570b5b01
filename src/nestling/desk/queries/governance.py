"""What information governance keeps: reasons for readings, and seals with their two ends."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.foundation.looks import note_look
from nestling.foundation.models import AccessLogEntry
from nestling.foundation.records import record_kind
from nestling.people.models import Adoption, Person, PersonIdentifier
from nestling.people.services import follow_link

RESTRICTED_PAGE = "people:restricted"


def restricted_looks(user: User) -> QuerySet[AccessLogEntry]:
    """Looks at restricted entries in the user's organisations, with their reasons, newest first."""
    rows = AccessLogEntry.objects.filter(
        page=RESTRICTED_PAGE, organisation_id__in=user.organisations_where(Ability.SEE_LOGS)
    )
    return rows.exclude(reason="").order_by("-id")


def seals(user: User) -> list[Adoption]:
    """The sealed records of the user's organisations, by day alone."""
    rows = Adoption.objects.visible_to(user).select_related("sealed_by")
    return list(rows.order_by("-sealed_on", "-pk"))


def open_seal(pk: UUID, *, by: User) -> Adoption:
    """A seal of the user's organisations; its link stays unread.

    Raises:
        Http404: there is none for this user.
    """
    seal = Adoption.objects.visible_to(by).select_related("sealed_by").filter(pk=pk).first()
    if seal is None:
        raise Http404
    return seal


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedRecord:
    """One end of a sealed link."""

    person: Person
    numbers: list[str]


def follow(seal: Adoption, *, reason: str, by: User) -> tuple[LinkedRecord, LinkedRecord]:
    """The record under a seal and the one that was begun: the only way from one to the other."""
    link = follow_link(seal, reason=reason, by=by)
    return _end(link.old), _end(link.new)


def _end(pk: UUID) -> LinkedRecord:
    person = Person._base_manager.get(pk=pk)
    note_look(record_kind(Person), pk)
    held = PersonIdentifier._base_manager.filter(person=pk).order_by("created_at")
    return LinkedRecord(person=person, numbers=[_number(row) for row in held])


def _number(row: PersonIdentifier) -> str:
    """A number as it was: under a seal it stands between its system and a part of an id."""
    return row.value.split(":")[1] if ":" in row.value else row.value
