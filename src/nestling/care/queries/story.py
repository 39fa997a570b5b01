"""What this room tells of a family: waiting, take-up, contacts, stages, steps, endings.

One statement, whatever the length of the story. It names nobody: who is in the family is said by
the page that tells it. Whoever reads nothing clinical gets the days of take-up, contacts and
endings alone.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, Literal

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Concat
from django.urls import reverse

from nestling.accounts.models import User
from nestling.care.models import (
    Contact,
    Ending,
    Episode,
    EpisodeStage,
    InterimOffer,
    StepMove,
    TriageAgain,
    WaitingContact,
)
from nestling.care.queries.clock import CAME
from nestling.care.rules import reads_clinical
from nestling.foundation.prepared import rows_of
from nestling.people.models import Family
from nestling.people.story import StoryEntry
from nestling.reference.codes import code_list

Row = tuple[Any, ...]
"""Kind, day, code, second code, id of the episode or referral."""
CONTACT = "contact"
DIRECTIONS = {"up": "Stepped up", "down": "Stepped down", "out": "Stepped out, alongside"}


def story_entries(family: Family, *, on: date, viewer: User) -> list[StoryEntry]:
    """What happened in this room up to a day, newest first, as far as the viewer may read it."""
    clinical = reads_clinical(viewer, team_id=family.team_id)
    rows = [row for row in _events(family, clinical=clinical) if row[1] <= on]
    told = [_told(row) for row in rows if row[0] != CONTACT]
    met = _contacts([row for row in rows if row[0] == CONTACT], clinical=clinical)
    return sorted([*told, *met], key=lambda entry: entry.on, reverse=True)


def _events(family: Family, *, clinical: bool) -> list[Row]:
    """Rows of kind, day, code, second code and the episode's id, in one statement."""
    return rows_of(
        f"story of care{', clinical' if clinical else ''}",
        [family.pk],
        lambda: _event_rows(family, clinical=clinical),
    )


def _event_rows(family: Family, *, clinical: bool) -> QuerySet[Any, Row]:
    episodes = Episode.objects.filter(family=family)
    endings = Ending.objects.filter(episode__family=family)
    again = endings.filter(reopened_on__isnull=False)
    parts = [
        _part(episodes, "take_up", day="taken_up_on", episode="pk"),
        _part(endings, "ending", day="ended_on", code="reason" if clinical else ""),
        _part(again, "reopening", day="reopened_on"),
        _part(
            WaitingContact.objects.filter(referral__family=family, held_on__isnull=False),
            "in_touch",
            day="held_on",
            code="mode",
            episode="",
        ),
        _contact_part(family),
    ]
    if clinical:
        parts += _clinical_parts(family)
    rows: QuerySet[Any, Row] = parts[0].union(*parts[1:], all=True)
    return rows


def _clinical_parts(family: Family) -> list[QuerySet[Any, Row]]:
    offers = InterimOffer.objects.filter(referral__family=family)
    looks = TriageAgain.objects.filter(referral__family=family)
    stages = EpisodeStage.objects.filter(episode__family=family)
    steps = StepMove.objects.filter(episode__family=family)
    return [
        _part(offers, "offer", day="offered_on", code="offer", episode=""),
        _part(looks, "look", day="on", code="trigger", episode=""),
        _part(stages, "stage", day="on", code="stage"),
        _part(steps, "step", day="handed_over_on", code="destination", second="direction"),
    ]


def _part(
    rows: QuerySet[Any],
    kind: str,
    *,
    day: str,
    code: str = "",
    second: str = "",
    episode: str = "episode_id",
) -> QuerySet[Any, Row]:
    """One kind of event in the columns that all kinds share."""
    words: CharField[str, str] = CharField()
    return rows.order_by().values_list(
        Value(kind, output_field=words),
        F(day),
        F(code) if code else Value("", output_field=words),
        F(second) if second else Value("", output_field=words),
        F(episode) if episode else F("referral_id"),
    )


def _told(row: Row) -> StoryEntry:
    kind, on, code, second, key = row
    if kind == "take_up":
        return _episode_entry(on, "Taken up", key, text="A first session was agreed.")
    if kind == "ending":
        reason = code_list("ending_reasons").label(code) if code else ""
        return _episode_entry(on, "The work ended", key, text=f"{reason}." if reason else "")
    if kind == "reopening":
        return _episode_entry(on, "Opened again", key)
    if kind == "stage":
        return StoryEntry(on=on, heading=f"Stage: {code_list('episode_stages').label(code)}")
    if kind == "step":
        where = code_list("step_moves").label(code)
        return StoryEntry(on=on, heading=f"{DIRECTIONS.get(second, 'Stepped')} to {where}")
    return _waiting_entry(kind, on, code)


def _waiting_entry(kind: str, on: date, code: str) -> StoryEntry:
    if kind == "offer":
        label = code_list("interim_offers").label(code)
        return StoryEntry(on=on, heading=f"Offered while waiting: {label}")
    if kind == "look":
        label = code_list("retriage_triggers").label(code)
        return StoryEntry(on=on, heading="Triage again", text=f"{label}.")
    mode = code_list("contact_modes").label(code)
    return StoryEntry(on=on, heading=f"In touch while waiting: {mode}")


def _episode_entry(on: date, heading: str, pk: Any, *, text: str = "") -> StoryEntry:
    return StoryEntry(
        on=on,
        heading=heading,
        text=text,
        kind="milestone",
        link=reverse("care:episode", args=[pk]),
        link_text="Open the episode",
    )


def _contact_part(family: Family) -> QuerySet[Any, Row]:
    """A row for each person at each contact: the mode, then kind and attendance, if known."""
    # One list of ids, by joins of its own: a choice between two lists reads the whole table.
    before = Contact._base_manager.filter(referral__family=family).values("pk")
    during = Contact._base_manager.filter(episode__family=family).values("pk")
    seen = Concat("presences__person__kind", Value(":"), "presences__attendance")
    rows = Contact.objects.filter(pk__in=before.union(during)).annotate(
        seen=Case(When(presences__isnull=True, then=Value("")), default=seen)
    )
    return _part(rows, CONTACT, day="on", code="mode", second="seen", episode="pk")


def _contacts(rows: list[Row], *, clinical: bool) -> Iterator[StoryEntry]:
    """One entry for each contact, from the rows of everyone who was there or was not."""
    for _, group in groupby(sorted(rows, key=lambda row: str(row[4])), key=lambda row: row[4]):
        presences = list(group)
        _, day, mode, *_ = presences[0]
        pairs = [row[3].partition(":") for row in presences if row[3]]
        codes = [(kind, attendance) for kind, _, attendance in pairs]
        yield _contact_entry(day, mode, codes if clinical else [])


def _contact_entry(day: date, mode: str, codes: list[tuple[str, str]]) -> StoryEntry:
    kind: Literal["missed", "ordinary"] = (
        "missed" if codes and not any(code in CAME for _, code in codes) else "ordinary"
    )
    label = code_list("contact_modes").label(mode)
    return StoryEntry(on=day, heading=f"Contact: {label}", text=presence_words(codes), kind=kind)


def presence_words(codes: list[tuple[str, str]]) -> str:
    """Who came, without names: kinds of person and codes of attendance.

    >>> presence_words([("adult", "attended"), ("baby", "was_not_brought")])
    'Adult: came. Baby: was not brought.'
    """
    labels = code_list("attendance")
    words = [f"{kind.capitalize()}: {labels.label(code).lower()}." for kind, code in sorted(codes)]
    return " ".join(words)
