"""What information governance keeps: reasons and seals; and the list of its own looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils import timezone

from nestling.accounts.models import Membership, User
from nestling.accounts.roles import Ability, roles_with
from nestling.foundation.looks import note_look
from nestling.foundation.models import AccessLogEntry, AuditEvent
from nestling.foundation.records import record_kind
from nestling.people.models import Adoption, Notice, Person, PersonIdentifier
from nestling.people.services import follow_link

RESTRICTED_PAGE = "people:restricted"
OWN_ACTS = ("link_followed", "lifted", "reviewed", "ended", "created")
OWN_KINDS = ("people.adoption", "people.recordlock", "people.lockname", "people.emergencyuse")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLook:
    """One look, or one act, of information governance: who, when, where, why; nobody's name."""

    at: datetime
    who: str
    page: str
    action: str
    reason: str
    records: int


def own_looks(month: date, *, by: User) -> list[OwnLook]:
    """Every look and act of information governance in a month of the user's organisations."""
    organisations = by.organisations_where(Ability.READ_GOVERNANCE_LOOKS)
    keepers = _keepers(organisations)
    first, after = _bounds(month)
    looks = AccessLogEntry.objects.filter(
        actor_id__in=keepers, organisation_id__in=organisations, at__gte=first, at__lt=after
    )
    acts = AuditEvent.objects.filter(
        actor_id__in=keepers, kind__in=OWN_KINDS, action__in=OWN_ACTS, at__gte=first, at__lt=after
    )
    found = [
        *(_look(row, keepers) for row in looks.annotate(shown=Count("records"))),
        *(_act(row, keepers) for row in acts),
    ]
    return sorted(found, key=lambda look: look.at)


def months_listed(user: User) -> list[Notice]:
    """The months whose list the user was told of, newest first."""
    rows = Notice.objects.visible_to(user).filter(month__isnull=False)
    return list(rows.order_by("-month"))


def _keepers(organisations: Iterable[UUID]) -> dict[UUID, str]:
    """Whoever held the logs of these organisations at any time, by id."""
    roles = roles_with(Ability.SEE_LOGS)
    held = Membership.objects.filter(organisation__in=list(organisations), role__in=roles)
    return {row.user_id: row.user.full_name for row in held.select_related("user")}


def _bounds(month: date) -> tuple[datetime, datetime]:
    """The first moment of a month and of the next, where the service is."""
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    zone = timezone.get_current_timezone()
    first, after = (datetime(day.year, day.month, 1, tzinfo=zone) for day in (month, following))
    return first, after


def _look(row: AccessLogEntry, keepers: dict[UUID, str]) -> OwnLook:
    return OwnLook(
        at=row.at,
        who=keepers.get(row.actor_id, "") if row.actor_id else "",
        page=row.page,
        action=row.action,
        reason=row.reason,
        records=vars(row)["shown"],
    )


def _act(row: AuditEvent, keepers: dict[UUID, str]) -> OwnLook:
    return OwnLook(
        at=row.at,
        who=keepers.get(row.actor_id, "") if row.actor_id else "",
        page=row.kind,
        action=row.action,
        reason=str(row.changes.get("reason", "")) if row.action == "link_followed" else "",
        records=1,
    )
