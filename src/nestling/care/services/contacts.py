"""A direct contact, with who was there: the adult came or not, the baby was brought or not."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from nestling.accounts.models import User
from nestling.care.errors import DayNotPossibleError, PresenceNotPossibleError
from nestling.care.models import Contact, Episode, Presence
from nestling.care.services.details import ContactDetails
from nestling.care.services.episodes import check_open
from nestling.care.services.waiting import check_between, check_waiting
from nestling.foundation import audit
from nestling.people import services as people
from nestling.people.models import Family, Note, Person, PersonKind
from nestling.reference.codes import code_list

BABY_CODES = frozenset(
    entry.code for entry in code_list("attendance").codes if entry.group == "baby"
)
ADULT_CODES = frozenset(entry.code for entry in code_list("attendance").codes) - BABY_CODES
WE_CANCELLED = "cancelled_by_service"
BROUGHT, NOT_BROUGHT = "brought", "was_not_brought"
SESSION_NOTE = "session"


@transaction.atomic
def record_contact(details: ContactDetails, *, by: User) -> Contact:
    """A contact with each person's presence, its note as a draft, and the next session agreed.

    Raises:
        EpisodeEndedError, NotWaitingError: the work is over.
        DayNotPossibleError: in the future, before the referral or take-up, or before the birth.
        PresenceNotPossibleError: nobody said, someone outside the family, or a baby "not brought"
            to what the service itself cancelled.
    """
    family = _check_place(details)
    people_there = _people(family, details.presences)
    _check_presences(details, people_there)
    contact = Contact(
        team_id=_team_id(details),
        episode=details.episode,
        referral=details.referral,
        on=details.on,
        mode=details.mode,
        minutes=details.minutes,
        practitioner=details.practitioner,
        note=_write_note(details, family, by=by),
    )
    audit.create(contact, by=by)
    for person_id, attendance in details.presences.items():
        row = Presence(contact=contact, person_id=person_id, attendance=attendance)
        audit.create(row, by=by)
    if details.episode is not None:
        _agree_next(details.episode, details, by=by)
    return contact


def _check_place(details: ContactDetails) -> Family | None:
    if details.episode is not None:
        check_open(details.episode)
        check_between(
            details.on, details.episode.referral.received_on, details.recorded_on, field="on"
        )
        return details.episode.family
    if details.referral is None:
        raise PresenceNotPossibleError("A contact is on an episode or a waiting referral")
    check_waiting(details.referral)
    check_between(details.on, details.referral.received_on, details.recorded_on, field="on")
    return details.referral.family


def _people(family: Family | None, presences: Mapping[UUID, str]) -> dict[UUID, Person]:
    """The persons named, all of them members of the family, now or before."""
    if not presences:
        raise PresenceNotPossibleError("Say who was there, or who was expected")
    members = Person.objects.filter(memberships__family=family, pk__in=presences).distinct()
    found = {person.pk: person for person in members}
    if found.keys() != set(presences):
        raise PresenceNotPossibleError("Someone named is not in this family")
    return found


def _check_presences(details: ContactDetails, people_there: Mapping[UUID, Person]) -> None:
    for person_id, attendance in details.presences.items():
        _check_presence(people_there[person_id], attendance, on=details.on)
    codes = set(details.presences.values())
    if WE_CANCELLED in codes and codes != {WE_CANCELLED}:
        raise PresenceNotPossibleError(
            "We cancelled: say so for each adult, and say nothing of the baby"
        )


def _check_presence(person: Person, attendance: str, *, on: date) -> None:
    is_baby = person.kind == PersonKind.BABY
    if attendance not in (BABY_CODES if is_baby else ADULT_CODES):
        raise PresenceNotPossibleError("An adult comes; a baby is brought")
    if is_baby and (person.born_on is None or person.born_on > on):
        raise DayNotPossibleError("The baby was not born on that day", field="on")


def _team_id(details: ContactDetails) -> UUID:
    place = details.episode or details.referral
    if place is None:
        raise PresenceNotPossibleError("A contact is on an episode or a waiting referral")
    return place.team_id


def _write_note(details: ContactDetails, family: Family | None, *, by: User) -> Note | None:
    """The note of the contact, as a draft that its writer signs."""
    given, place = details.note, details.episode or details.referral
    if given is None or place is None:
        return None
    note = people.NoteDetails(
        kind=SESSION_NOTE,
        body=given.body,
        happened_on=details.on,
        written_on=details.recorded_on,
        family=family,
        about_person=given.about_person,
        about_relationship=given.about_relationship,
    )
    return people.write_note(note, team=place.team, by=by)


def _agree_next(episode: Episode, details: ContactDetails, *, by: User) -> None:
    """The session after this one; a plan for a later day stays unless another is given."""
    if details.next_on is not None:
        if details.next_on < details.on:
            raise DayNotPossibleError("The next session is before this one", field="next_on")
        values = {"next_session_on": details.next_on, "next_session_mode": details.next_mode}
        audit.change(episode, values, by=by, action="next_session")
    elif episode.next_session_on is not None and episode.next_session_on <= details.on:
        values = {"next_session_on": None, "next_session_mode": ""}
        audit.change(episode, values, by=by, action="next_session")
