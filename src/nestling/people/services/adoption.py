"""Adoption: a new record for the child, the old one under a seal, and nothing that links them."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from nestling.accounts.models import Team, User
from nestling.foundation import audit
from nestling.people.errors import AdoptionNotPossibleError
from nestling.people.identifiers import national_system
from nestling.people.models import (
    Adoption,
    Family,
    OutboxMessage,
    Person,
    PersonIdentifier,
    PersonKind,
    Task,
)
from nestling.people.models.contact import HeldBack, MessageState
from nestling.people.services.details import PersonDetails
from nestling.people.services.families import declare_family
from nestling.people.services.persons import add_person
from nestling.people.services.sealing import rows_to_seal, store_seal
from nestling.people.services.tasks import finish_task

SEALED_SYSTEM = "sealed"
NUMBER_LENGTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionDetails:
    """The child's new name and, where it was given, new number."""

    given_name: str
    family_name: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The two ends of a sealed link, by id."""

    old: UUID
    new: UUID


@transaction.atomic
def adopt(
    child: Person, details: AdoptionDetails, *, team: Team, on: date, by: User
) -> tuple[Person, Family]:
    """The child's new record in a new family of the team; the old record is sealed.

    Only the date of birth and the sex go over. What waits to be sent about the child is stopped,
    open tasks are finished.

    Raises:
        AdoptionNotPossibleError: not a born, living baby or child, or the number is the old one.
        IdentifierNotValidError, IdentifierTakenError: the number is wrong or on another record.
    """
    _check(child, details)
    organisation = team.organisation
    numbers = {national_system(organisation.nation): details.number} if details.number else {}
    _stop_messages(child, by=by)
    about = Q(about_person=child) | Q(about_relationship__baby=child)
    for task in Task.objects.open().filter(about):
        finish_task(task, on=on, by=by)
    old_rows = rows_to_seal(child)
    new = add_person(
        _details_of(child, details),
        organisation=organisation,
        team=team,
        by=by,
        identifiers=numbers,
    )
    family = declare_family(team, babies=[new], carers=[], on=on, by=by)
    _free_numbers(child, by=by)
    link = json.dumps({"old": str(child.pk), "new": str(new.pk)})
    row = Adoption(organisation=organisation, link=link, sealed_by=by, sealed_on=on)
    store_seal(audit.create(row, by=by, action="sealed"), old_rows)
    return new, family


@transaction.atomic
def follow_link(adoption: Adoption, *, reason: str, by: User) -> Link:
    """The two records of a sealed link; that it was followed, and why, is kept for good."""
    audit.record_event("link_followed", about=adoption, by=by, details={"reason": reason})
    found = json.loads(adoption.link)
    return Link(old=UUID(found["old"]), new=UUID(found["new"]))


def _check(child: Person, details: AdoptionDetails) -> None:
    if child.kind == PersonKind.ADULT or child.is_lost or child.born_on is None:
        raise AdoptionNotPossibleError("Only the record of a child who is born can be sealed")
    digits = "".join(details.number.split()).replace("-", "")
    if digits and child.identifiers.filter(value=digits).exists():
        words = "This is the child's number from before. Enter the new one, or leave it empty"
        raise AdoptionNotPossibleError(words, field="number")


def _details_of(child: Person, details: AdoptionDetails) -> PersonDetails:
    return PersonDetails(
        kind=child.kind,
        given_name=details.given_name,
        family_name=details.family_name,
        born_on=child.born_on,
        sex=child.sex,
    )


def _stop_messages(child: Person, *, by: User) -> None:
    waiting = OutboxMessage.objects.filter(state=MessageState.QUEUED)
    for message in waiting.filter(Q(about=child) | Q(person=child)):
        held = {"state": MessageState.HELD_BACK, "held_back_because": HeldBack.SEALED}
        audit.change(message, held, by=by, action="held_back")


def _free_numbers(child: Person, *, by: User) -> None:
    """The sealed numbers under a system of their own: no form says that another record has one."""
    for row in PersonIdentifier._base_manager.filter(person=child):
        value = f"{row.system}:{row.value}:{row.pk.hex[-12:]}"[:NUMBER_LENGTH]
        values = {"system": SEALED_SYSTEM, "value": value}
        audit.change(row, values, by=by, action="sealed")
