"""What this room tells of a family's story: births, losses, statuses, notes, who came and left."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from nestling.accounts.models import User
from nestling.people.models import Family, FamilyMember, Note, PersonState, SafeguardingStatus
from nestling.people.queries.notes import notes_of
from nestling.people.rules import reads_clinical
from nestling.people.services.persons import BORN, DUE
from nestling.people.story import StoryEntry
from nestling.people.words import about_words
from nestling.reference.codes import code_list

NOTE_LETTERS = 200
"""How much of a note the story quotes."""


def story_entries(family: Family, on: date, viewer: User) -> list[StoryEntry]:
    """The entries of this room up to a day, in no order: four statements at most.

    Nothing about an adult, nothing restricted; notes and statuses only for who reads them.
    """
    entries = [*_states(family), *_members(family)]
    if reads_clinical(viewer, family):
        entries += [*_statuses(family), *_notes(family)]
    return [entry for entry in entries if entry.on <= on]


def _states(family: Family) -> Iterator[StoryEntry]:
    members = FamilyMember.objects.filter(family=family, role="baby").values("person")
    rows = PersonState.objects.filter(person__in=members, on__isnull=False).exclude(state=DUE)
    for row in rows.select_related("person"):
        if row.on is None or (row.state == BORN and row.on != row.person.born_on):
            continue
        heading = f"{row.person.short_name} was born"
        if row.state != BORN:
            heading = f"{row.person.short_name}: {code_list('losses').label(row.state)}"
        yield StoryEntry(on=row.on, heading=heading, kind="milestone")


def _members(family: Family) -> Iterator[StoryEntry]:
    rows = family.members.exclude(from_on=family.declared_on, until_on__isnull=True)
    for row in rows.select_related("person"):
        if row.from_on != family.declared_on:
            yield StoryEntry(on=row.from_on, heading=f"{row.person.short_name} joined the family")
        if row.until_on is not None:
            yield StoryEntry(on=row.until_on, heading=f"{row.person.short_name} left the family")


def _statuses(family: Family) -> Iterator[StoryEntry]:
    members = family.members.filter(role="baby").values("person")
    rows = SafeguardingStatus.objects.filter(baby__in=members, team=family.team)
    for row in rows.select_related("baby"):
        label = code_list("safeguarding_statuses").label(row.status)
        yield StoryEntry(
            on=row.from_on, heading=f"{row.baby.short_name}: {label}", text="Safeguarding status"
        )


def _notes(family: Family) -> Iterator[StoryEntry]:
    for note in notes_of(family):
        yield StoryEntry(
            on=note.happened_on,
            heading=f"{code_list('note_kinds').label(note.kind)}: {about_words(note)}",
            text=quoted(note),
            link=reverse("people:note", args=[family.pk, note.pk]),
            link_text="Read the note",
        )


def quoted(note: Note) -> str:
    """The beginning of a note, and whether it is still a draft."""
    text = note.body if len(note.body) <= NOTE_LETTERS else f"{note.body[:NOTE_LETTERS].rstrip()}…"
    return text if note.signed_on else f"{text} (draft)"
