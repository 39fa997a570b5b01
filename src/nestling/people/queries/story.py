"""What this room tells of a family's story: births, losses, statuses, notes, who came and left."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.urls import reverse

from nestling.accounts.models import User
from nestling.foundation.looks import note_look
from nestling.foundation.prepared import rows_of
from nestling.foundation.records import record_kind
from nestling.people.models import (
    Family,
    FamilyMember,
    Note,
    Person,
    PersonState,
    SafeguardingStatus,
)
from nestling.people.queries.notes import notes_of
from nestling.people.rules import reads_clinical
from nestling.people.services.persons import BORN, DUE
from nestling.people.story import StoryEntry
from nestling.people.words import about_words
from nestling.reference.codes import code_list

Row = tuple[Any, ...]
NAMED_BY = ("kind", "known_as", "given_name", "family_name")
NOTE_LETTERS = 200
"""How much of a note the story quotes."""


def story_entries(family: Family, on: date, viewer: User) -> list[StoryEntry]:
    """The entries of this room up to a day, in no order: two statements.

    Nothing about an adult, nothing restricted; notes and statuses only for who reads them.
    """
    clinical = reads_clinical(viewer, family)
    rows = [row for row in _events(family, clinical=clinical) if row[1] <= on]
    entries = [_told(row) for row in rows]
    if clinical:
        entries += _notes(family)
    return [entry for entry in entries if entry.on <= on]


def _events(family: Family, *, clinical: bool) -> list[Row]:
    """What became of the babies, who came and left, and statuses: in one statement."""
    return rows_of(
        f"story of people{', clinical' if clinical else ''}",
        [family.pk, family.team_id, family.declared_on],
        lambda: _event_rows(family, clinical=clinical),
    )


def _event_rows(family: Family, *, clinical: bool) -> QuerySet[Any, Row]:
    babies = FamilyMember.objects.filter(family=family, role="baby").values("person")
    states = PersonState.objects.filter(person__in=babies, on__isnull=False).exclude(state=DUE)
    # A birth date that was put right later is told once, as it stands now.
    states = states.exclude(
        ~Q(on=F("person__born_on")) & Q(person__born_on__isnull=False), state=BORN
    )
    members = FamilyMember.objects.filter(family=family)
    parts = [
        _part(states, "state", day="on", code="state"),
        _part(members.exclude(from_on=family.declared_on), "joined", day="from_on"),
        _part(members.filter(until_on__isnull=False), "left", day="until_on"),
    ]
    if clinical:
        statuses = SafeguardingStatus.objects.filter(baby__in=babies, team=family.team_id)
        parts.append(_part(statuses, "status", day="from_on", code="status", person="baby"))
    rows: QuerySet[Any, Row] = parts[0].union(*parts[1:], all=True)
    return rows


def _part(
    rows: QuerySet[Any], kind: str, *, day: str, code: str = "", person: str = "person"
) -> QuerySet[Any, Row]:
    """One kind of event in the columns that all kinds share; the last four name the person."""
    words: CharField[str, str] = CharField()
    return rows.order_by().values_list(
        Value(kind, output_field=words),
        F(day),
        F(code) if code else Value("", output_field=words),
        F(f"{person}_id"),
        *(F(f"{person}__{name}") for name in NAMED_BY),
    )


def _told(row: Row) -> StoryEntry:
    """One event in words. Names read as values note their look here, as every fetch does."""
    kind, on, code, pk, *names = row
    person = Person(**dict(zip(NAMED_BY, names, strict=True)))
    note_look(record_kind(Person), pk)
    name = person.short_name
    if kind == "state" and code == BORN:
        return StoryEntry(on=on, heading=f"{name} was born", kind="milestone")
    if kind == "state":
        heading = f"{name}: {code_list('losses').label(code)}"
        return StoryEntry(on=on, heading=heading, kind="milestone")
    if kind == "status":
        label = code_list("safeguarding_statuses").label(code)
        return StoryEntry(on=on, heading=f"{name}: {label}", text="Safeguarding status")
    return StoryEntry(on=on, heading=f"{name} {kind} the family")


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
