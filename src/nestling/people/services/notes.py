"""Notes: written, signed, and from then on only added to."""

from datetime import date

from django.db import transaction

from nestling.accounts.models import Team, User
from nestling.foundation import audit
from nestling.people.errors import NoteNotPossibleError
from nestling.people.models import Note
from nestling.people.services.details import NoteDetails
from nestling.reference.codes import code_list


@transaction.atomic
def write_note(details: NoteDetails, *, team: Team, by: User) -> Note:
    """A draft that only its writer signs, about exactly one person or relationship.

    Raises:
        NoteNotPossibleError: about nobody or two, empty, or about a day that has not come.
    """
    _check(details)
    row = Note(
        team=team,
        family=details.family,
        kind=details.kind,
        about_person=details.about_person,
        about_relationship=details.about_relationship,
        happened_on=details.happened_on,
        body=details.body,
        third_party=details.third_party,
        restricted=details.restricted,
        written_by=by,
        written_on=details.written_on,
    )
    return audit.create(row, by=by)


@transaction.atomic
def change_draft(note: Note, *, body: str, by: User) -> Note:
    """A draft with other words.

    Raises:
        NoteNotPossibleError: signed, or someone else's.
    """
    _check_draft_of(note, by=by)
    return audit.change(note, {"body": body}, by=by)


@transaction.atomic
def sign_note(note: Note, *, on: date, by: User) -> Note:
    """The note, signed by its writer: nothing in it changes any more.

    Raises:
        NoteNotPossibleError: signed already, or someone else's.
    """
    _check_draft_of(note, by=by)
    values = {"signed_by": by, "signed_on": on}
    return audit.change(note, values, by=by, action="signed")


@transaction.atomic
def correct_note(note: Note, *, body: str, on: date, by: User) -> Note:
    """A signed correction that stands beside a signed note, which stays readable as it was.

    Raises:
        NoteNotPossibleError: the note is still a draft, or nothing was written.
    """
    if note.signed_on is None:
        raise NoteNotPossibleError("A draft is changed, not corrected")
    if not body.strip():
        raise NoteNotPossibleError("Write what was wrong and what is right", field="body")
    row = Note(
        team_id=note.team_id,
        family_id=note.family_id,
        kind=note.kind,
        about_person_id=note.about_person_id,
        about_relationship_id=note.about_relationship_id,
        happened_on=note.happened_on,
        body=body,
        third_party=note.third_party,
        restricted=note.restricted,
        written_by=by,
        written_on=on,
        signed_by=by,
        signed_on=on,
        corrects=note,
    )
    return audit.create(row, by=by, action="corrected")


def _check(details: NoteDetails) -> None:
    if (details.about_person is None) == (details.about_relationship is None):
        raise NoteNotPossibleError("Choose whom the note is about", field="about")
    if details.kind not in code_list("note_kinds"):
        raise NoteNotPossibleError("Choose what kind of note it is", field="kind")
    if not details.body.strip():
        raise NoteNotPossibleError("Write the note", field="body")
    if details.happened_on > details.written_on:
        raise NoteNotPossibleError("The date must not be in the future", field="happened_on")


def _check_draft_of(note: Note, *, by: User) -> None:
    if note.signed_on is not None:
        raise NoteNotPossibleError("A signed note does not change. Add a correction to it")
    if note.written_by_id != by.pk:
        raise NoteNotPossibleError("Only the person who wrote a draft may change or sign it")
