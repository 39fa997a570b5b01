"""Who has looked at a person's record, for information governance: nothing clinical."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from nestling.accounts.models import User
from nestling.accounts.roles import Ability, Role
from nestling.foundation import record_index
from nestling.foundation.models import AccessLogEntry, AuditEvent
from nestling.people import name_index
from nestling.people.models import Person, PersonIdentifier
from nestling.people.names import words_to_find
from nestling.reference.codes import code_list

FOUND_AT_MOST = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One entry about a record: when, who, in what role, what they did, on which page, and why."""

    at: datetime
    who: str
    roles: str
    action: str
    page: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookSummary:
    """The sentence above the list: how many people, how many looks, since when."""

    people: int
    looks: int
    since: date


def find_persons(words: str, *, by: User) -> list[Person]:
    """Persons of the user's organisations whose name or number fits, by name only."""
    if not words_to_find(words):
        return []
    number = words.replace(" ", "").replace("\x00", "")
    numbers = PersonIdentifier.objects.filter(
        organisation__in=by.organisations_where(Ability.SEE_LOGS),
        system__in=[entry.code for entry in code_list("identifier_systems").codes],
        value=number,
    )
    numbered = list(numbers.values_list("person", flat=True))
    fits = name_index.holding(words_to_find(words)) | Q(pk__in=numbered)
    found = Person.objects.in_logs_of(by).filter(fits)
    return list(found.order_by("search_name")[:FOUND_AT_MOST])


def open_person(pk: UUID, *, by: User) -> Person:
    """A person whose looks the user may read.

    Raises:
        Http404: there is none in the user's organisations.
    """
    found = Person.objects.in_logs_of(by).filter(pk=pk).first()
    if found is None:
        raise Http404("no such person")
    return found


def entries_about(person: Person, *, by: User) -> QuerySet[AccessLogEntry]:
    """Every entry that names a person, newest first."""
    found = AccessLogEntry.objects.filter(
        record_index.showing(person.pk),
        organisation_id__in=by.organisations_where(Ability.SEE_LOGS),
    )
    return found.defer("shown").order_by("-id")


def summary_of(person: Person, *, by: User, on: date, days: int = 30) -> LookSummary:
    """How often and by how many people a record was looked at in the last days."""
    since = on - timedelta(days=days)
    actors = entries_about(person, by=by).filter(at__date__gte=since).values_list("actor_id")
    counted = Counter(actor for (actor,) in actors)
    return LookSummary(people=len(counted), looks=sum(counted.values()), since=since)


def looks_in(entries: Iterable[AccessLogEntry]) -> list[Look]:
    """The entries of one page in words that say who; two statements whatever their number."""
    rows = list(entries)
    known = people_behind({row.actor_id for row in rows if row.actor_id})
    nobody: tuple[str, list[str]] = ("Public form", [])
    return [
        Look(
            at=row.at,
            who=who,
            roles=", ".join(roles),
            action=row.action,
            page=row.page,
            reason=row.reason,
        )
        for row in rows
        for who, roles in [known.get(row.actor_id, nobody) if row.actor_id else nobody]
    ]


def people_behind(actors: Collection[UUID]) -> dict[UUID, tuple[str, list[str]]]:
    """By user: their name, and the roles that they hold or held, each once."""
    found: dict[UUID, tuple[str, list[str]]] = {}
    users = User.objects.filter(pk__in=actors).annotate(role=F("memberships__role"))
    for user in users.order_by("memberships__role"):
        _, roles = found.setdefault(user.pk, (user.full_name, []))
        if user.role and (words := Role(user.role).label) not in roles:
            roles.append(words)
    return found


def changes_about(person: Person, *, by: User) -> QuerySet[AuditEvent]:
    """Changes to a person's own record: who and when, never what was written."""
    return AuditEvent.objects.filter(
        record_id=person.pk,
        organisation_id__in=by.organisations_where(Ability.SEE_LOGS),
    ).order_by("-id")
