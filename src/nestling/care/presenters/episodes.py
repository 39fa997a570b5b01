"""The page of an episode in words."""

from dataclasses import dataclass
from datetime import date

from nestling.accounts.models import User
from nestling.care.models import Contact, Ending, Episode, StepMove
from nestling.care.presenters.waiting import days_words
from nestling.care.presenters.words import mode_words
from nestling.care.queries import EpisodeParts
from nestling.care.rules import may
from nestling.people.models import Relationship
from nestling.people.presenters import kind_words, relationship_words
from nestling.reference.codes import code_list
from nestling.science.ages import day_words
from nestling.science.waiting import (
    Wait,
    came_back_soon,
    days_to_first_contact,
    days_to_first_treatment,
)
from nestling.ui.addresses import address_of
from nestling.ui.components import Link, SummaryRow, Tag

ACTS = (
    ("contact_add", "Add a contact"),
    ("stage", "Change the stage"),
    ("focus", "Change the focus"),
    ("step", "Step up, down or out"),
    ("end", "End the work"),
)
DIRECTIONS = {"up": "Step up", "down": "Step down", "out": "Step out, alongside"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWords:
    """One contact: when and how, who came, and its note."""

    on: str
    place: str
    by: str
    presences: tuple[str, ...]
    counts_as: str
    note: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """One step to another service and what became of it."""

    on: str
    words: str
    outcome: str
    tag: Tag | None
    change: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingWords:
    """How the work ended, as rows, and whether it was opened again."""

    rows: tuple[SummaryRow, ...]
    reopened: str


def episode_rows(episode: Episode, parts: EpisodeParts, wait: Wait) -> list[SummaryRow]:
    """Who works with the family, since when, at which stage, paid by whom, after which waits."""
    stage = code_list("episode_stages").label(episode.stage)
    funders = [code_list("funders").label(row.funder) for row in parts.funders]
    return [
        SummaryRow(label="Worker", values=[episode.practitioner.full_name]),
        SummaryRow(
            label="Referral",
            values=[episode.referral.reference],
            change=Link("Open", address_of("referrals:referral", episode.referral_id)),
        ),
        SummaryRow(label="Taken up", values=[day_words(episode.taken_up_on)]),
        SummaryRow(label="Stage", values=[stage if episode.ended_on is None else "Ended"]),
        SummaryRow(label="Next session", values=[next_words(episode)]),
        SummaryRow(label="Waits", values=wait_words(wait)),
        SummaryRow(label="Who pays", values=funders or ["Not recorded"]),
    ]


def next_words(episode: Episode) -> str:
    """The next session agreed."""
    if episode.ended_on is not None:
        return "None: the work has ended"
    if episode.next_session_on is None:
        return "None agreed"
    place = mode_words(episode.next_session_mode)
    return ", ".join(filter(None, (day_words(episode.next_session_on), place)))


def wait_words(wait: Wait) -> list[str]:
    """The two waits from receipt: to the first direct contact, and to the first treatment."""
    contact, treatment = days_to_first_contact(wait), days_to_first_treatment(wait)
    return [
        f"To the first contact: {days_words(contact) if contact is not None else 'not yet'}",
        f"To the first treatment: {days_words(treatment) if treatment is not None else 'not yet'}",
    ]


def focus_words(parts: EpisodeParts) -> list[str]:
    """The relationships worked with, and those worked with before."""
    return [
        f"{focus_name(row.relationship)}, since {day_words(row.from_on)}"
        if row.until_on is None
        else f"{focus_name(row.relationship)}, until {day_words(row.until_on)}"
        for row in parts.in_focus
    ]


def focus_name(row: Relationship) -> str:
    """A relationship by its names and what the carer is."""
    return f"{relationship_words(row)} ({kind_words(row)})"


def stage_lines(parts: EpisodeParts) -> list[tuple[str, str, str]]:
    """Day, stage and who signed it, newest first."""
    labels = code_list("episode_stages")
    return [(day_words(row.on), labels.label(row.stage), row.by.full_name) for row in parts.stages]


def contact_words(contact: Contact, *, clinical: bool, url: str) -> ContactWords:
    """A contact in words; who came only for those who read clinical content."""
    presences = list(contact.presences.all()) if clinical else []
    labels = code_list("attendance")
    return ContactWords(
        on=day_words(contact.on),
        place=code_list("contact_modes").label(contact.mode)
        + (f", {contact.minutes} minutes" if contact.minutes else ""),
        by=contact.practitioner.full_name,
        presences=tuple(
            f"{row.person.short_name}: {labels.label(row.attendance).lower()}" for row in presences
        ),
        counts_as=counts_as([row.attendance for row in presences]),
        note=Link("Read the note", url, f"of {day_words(contact.on)}") if url else None,
    )


def counts_as(codes: list[str]) -> str:
    """How a contact counts, on its two axes: the adult came or not, the baby was brought or not.

    >>> counts_as(["attended", "was_not_brought"])
    'Counts as: adult came, baby was not brought.'
    >>> counts_as(["cancelled_by_service"])
    'We cancelled: it does not count against the family.'
    """
    if not codes:
        return ""
    if "cancelled_by_service" in codes:
        return "We cancelled: it does not count against the family."
    adults = [code for code in codes if code not in ("brought", "was_not_brought")]
    parts = [adult_words(adults)] if adults else []
    if "brought" in codes:
        parts.append("baby brought")
    elif "was_not_brought" in codes:
        parts.append("baby was not brought")
    return f"Counts as: {', '.join(parts)}."


def adult_words(codes: list[str]) -> str:
    """The best that is known of the adults."""
    if any(code in ("attended", "attended_late") for code in codes):
        return "adult came"
    return "adult did not come"


def note_url(contact: Contact, episode: Episode, *, viewer: User, clinical: bool) -> str:
    """The address of a contact's note for those who may read it; a draft is its writer's."""
    note = contact.note
    if note is None or not clinical or note.restricted:
        return ""
    if note.signed_on is None and note.written_by_id != viewer.pk:
        return ""
    return address_of("people:note", episode.family_id, note.pk)


def step_words(step: StepMove) -> StepWords:
    """A step in words; a return within 90 days is said."""
    accepted = {"yes": "Taken on", "no": "Not taken on"}.get(step.accepted, "Outcome not known")
    back = f". Came back {day_words(step.came_back_on)}" if step.came_back_on else ""
    soon = came_back_soon(handed_over_on=step.handed_over_on, came_back_on=step.came_back_on)
    return StepWords(
        on=day_words(step.handed_over_on),
        words=f"{DIRECTIONS.get(step.direction, 'Step')}: "
        + code_list("step_moves").label(step.destination),
        outcome=f"{accepted}{back}",
        tag=Tag("Came back within 90 days", "orange") if soon else None,
        change=Link(
            "Say what came of it",
            address_of("care:step_outcome", step.pk),
            f"of the step of {day_words(step.handed_over_on)}",
        ),
    )


def ending_words(ending: Ending) -> EndingWords:
    """An ending in words."""
    status = code_list("safeguarding_statuses").label(ending.safeguarding_at_end)
    rows = [
        SummaryRow(label="Ended", values=[day_words(ending.ended_on)]),
        SummaryRow(label="Why", values=[code_list("ending_reasons").label(ending.reason)]),
        SummaryRow(label="Planned", values=["Yes" if ending.planned else "No"]),
        SummaryRow(
            label="Ending session",
            values=[code_list("yes_no_not_known").label(ending.session_held)],
        ),
        SummaryRow(
            label="Last contact",
            values=[day_words(ending.last_contact_on) if ending.last_contact_on else "None"],
        ),
        SummaryRow(label="Safeguarding at the end", values=[status or "Not known"]),
        SummaryRow(label="What it came to", values=ending.words.splitlines() or ["–"]),
    ]
    again = f"Opened again on {day_words(ending.reopened_on)}" if ending.reopened_on else ""
    return EndingWords(rows=tuple(rows), reopened=again)


def act_links(episode: Episode, *, viewer: User, ending: Ending | None, on: date) -> list[Link]:
    """What the viewer may do with the episode."""
    if not may(viewer, "work_on_episode", team_id=episode.team_id):
        return []
    if episode.ended_on is None:
        return [Link(text, address_of(f"care:{act}", episode.pk)) for act, text in ACTS]
    if ending is not None and on <= ending.reopen_until:
        return [Link("Open it again", address_of("care:reopen", episode.pk))]
    return [Link("Make a new referral", address_of("referrals:receive"))]
