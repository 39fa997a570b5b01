"""The monthly list of information governance's own looks and acts, for the service manager."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet, Value
from django.utils import timezone

from nestling.accounts.models import Membership, User
from nestling.accounts.roles import Ability, roles_with
from nestling.foundation.models import AccessLogEntry, AuditEvent
from nestling.people.models import Notice

OWN_ACTS = ("link_followed", "lifted", "reviewed", "ended", "created")
OWN_KINDS = ("people.adoption", "people.recordlock", "people.lockname", "people.emergencyuse")
LOOK, ACT = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLook:
    """One look, or one act, of information governance: who, when, where, why; nobody's name."""

    at: datetime
    who: str
    page: str
    action: str
    reason: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLooks:
    """The looks and acts of a month in their order, read a page at a time.

    Two statements count them and three read a page, whatever its number.
    """

    looks: QuerySet[AccessLogEntry]
    acts: QuerySet[AuditEvent]
    keepers: dict[UUID, str]

    def __len__(self) -> int:
        """How many there are in the whole month."""
        return self.looks.count() + self.acts.count()

    def __iter__(self) -> Iterator[OwnLook]:
        """All of them, the oldest first."""
        return iter(self[:])

    def __getitem__(self, part: slice) -> list[OwnLook]:
        """Those from one place to another, the oldest first."""
        order = [
            rows.order_by().annotate(sort=Value(sort)).values_list("at", "sort", "id")
            for rows, sort in ((self.looks, LOOK), (self.acts, ACT))
        ]
        wanted = list(order[0].union(order[1], all=True).order_by("at", "sort", "id")[part])
        looks = self.looks.in_bulk(_ids(wanted, LOOK))
        acts = self.acts.in_bulk(_ids(wanted, ACT))
        return [
            _look(looks[pk], self.keepers) if sort == LOOK else _act(acts[pk], self.keepers)
            for _, sort, pk in wanted
        ]


def own_looks(month: date, *, by: User) -> OwnLooks:
    """Every look and act of information governance in a month of the user's organisations."""
    organisations = by.organisations_where(Ability.READ_GOVERNANCE_LOOKS)
    keepers = _keepers(organisations)
    first, after = _bounds(month)
    return OwnLooks(
        looks=AccessLogEntry.objects.filter(
            actor_id__in=keepers, organisation_id__in=organisations, at__gte=first, at__lt=after
        ),
        acts=AuditEvent.objects.filter(
            actor_id__in=keepers,
            kind__in=OWN_KINDS,
            action__in=OWN_ACTS,
            at__gte=first,
            at__lt=after,
        ),
        keepers=keepers,
    )


def months_listed(user: User) -> QuerySet[Notice]:
    """The months whose list the user was told of, newest first."""
    rows = Notice.objects.visible_to(user).filter(month__isnull=False)
    return rows.order_by("-month", "pk")


def _ids(wanted: Iterable[tuple[datetime, int, int]], sort: int) -> list[int]:
    return [pk for _, found, pk in wanted if found == sort]


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
        records=len(row.shown),
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
