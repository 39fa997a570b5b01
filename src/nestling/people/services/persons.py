"""Persons: added once, linked to the teams that work with them, and given their numbers."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from nestling.accounts.models import Organisation, Team, User
from nestling.foundation import audit
from nestling.foundation.versions import Seen, check_seen
from nestling.people.errors import IdentifierTakenError
from nestling.people.identifiers import checked_value
from nestling.people.models import Person, PersonIdentifier, PersonKind, PersonState, PersonTeam
from nestling.people.names import name_columns
from nestling.people.services.details import PersonDetails

DUE, BORN = "due", "born"
_NO_NUMBERS: Mapping[str, str] = {}


@transaction.atomic
def add_person(
    details: PersonDetails,
    *,
    organisation: Organisation,
    team: Team,
    by: User | None,
    identifiers: Mapping[str, str] = _NO_NUMBERS,
) -> Person:
    """A new person of the organisation, whom the team works with.

    Raises:
        IdentifierNotValidError, IdentifierTakenError: a number is wrong or on another record.
    """
    person = Person(organisation=organisation, **_values(details))
    audit.create(person, by=by)
    link_to_team(person, team=team, by=by)
    if person.kind == PersonKind.BABY:
        _sign_dates(person, before=(None, None), by=by)
    for system, value in identifiers.items():
        set_identifier(person, system=system, value=value, by=by)
    return person


@transaction.atomic
def change_person(person: Person, details: PersonDetails, *, by: User | None) -> Person:
    """The same person with other details. The kind of record stays what it was.

    Raises:
        StaleRecordError: someone else changed the person meanwhile.
    """
    before = (person.due_on, person.born_on)
    values = _values(details)
    del values["kind"]
    audit.change(person, values, by=by)
    if person.kind == PersonKind.BABY:
        _sign_dates(person, before=before, by=by)
    return person


@transaction.atomic
def change_person_and_number(
    person: Person,
    details: PersonDetails,
    *,
    system: str,
    number: str,
    by: User,
    seen: Seen | None = None,
) -> Person:
    """The person with other details and, where one is given, another number; both or neither.

    Raises:
        StaleRecordError: someone else changed the person or the number meanwhile.
        IdentifierNotValidError, IdentifierTakenError: the number is wrong or on another record.
    """
    held = PersonIdentifier.objects.filter(person=person, system=system).first()
    check_seen(seen, person, held)
    change_person(person, details, by=by)
    if number:
        set_identifier(person, system=system, value=number, by=by)
    return person


@transaction.atomic
def link_to_team(person: Person, *, team: Team, by: User | None) -> PersonTeam:
    """That a team works with a person, said once."""
    found = PersonTeam.objects.filter(person=person, team=team).first()
    return found or audit.create(PersonTeam(person=person, team=team), by=by)


@transaction.atomic
def set_identifier(person: Person, *, system: str, value: str, by: User | None) -> PersonIdentifier:
    """A person's number in a system; another one of the same system is replaced.

    Raises:
        IdentifierNotValidError: the system cannot have given this number.
        IdentifierTakenError: another record of the organisation has it.
    """
    checked = checked_value(system, value)
    now_held = PersonIdentifier.objects.filter(person=person, system=system).first()
    try:
        with transaction.atomic():
            if now_held is not None:
                return audit.change(now_held, {"value": checked}, by=by)
            return audit.create(_number(person, system=system, value=checked), by=by)
    except IntegrityError as error:
        raise IdentifierTakenError("Another record already has this number") from error


def sign_state(
    baby: Person, *, state: str, on: date | None, recorded_on: date | None, by: User | None
) -> PersonState:
    """A row that says what became of a baby; signed where the day of writing is known."""
    signed = by is not None and recorded_on is not None
    row = PersonState(
        person=baby,
        state=state,
        on=on,
        recorded_by=by if signed else None,
        recorded_on=recorded_on if signed else None,
    )
    return audit.create(row, by=by)


def _number(person: Person, *, system: str, value: str) -> PersonIdentifier:
    return PersonIdentifier(
        person=person, organisation_id=person.organisation_id, system=system, value=value
    )


def _values(details: PersonDetails) -> dict[str, Any]:
    values = asdict(details)
    names = ("given_name", "family_name", "known_as")
    return values | name_columns(**{name: values[name] for name in names})


def _sign_dates(baby: Person, *, before: tuple[date | None, date | None], by: User | None) -> None:
    due_before, born_before = before
    if baby.due_on is not None and baby.due_on != due_before:
        sign_state(baby, state=DUE, on=baby.due_on, recorded_on=None, by=by)
    if baby.born_on is not None and baby.born_on != born_before:
        sign_state(baby, state=BORN, on=baby.born_on, recorded_on=None, by=by)
