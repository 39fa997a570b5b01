"""Risks, agreements, statuses, notes and ways of contact as words for the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nestling.people.factors import factors_in
from nestling.people.models import (
    Address,
    Agreement,
    ContactPoint,
    Family,
    LawfulBasis,
    Note,
    RiskAnswer,
    SafeguardingStatus,
    Task,
)
from nestling.people.queries.facts import AgreementRow
from nestling.people.services.messages import is_current
from nestling.people.words import about_words
from nestling.reference.codes import code_list
from nestling.science.ages import day_words
from nestling.ui.addresses import address_of
from nestling.ui.components import Link, Tag

ANSWER_COLOURS = {"present": "yellow", "past": "white", "not_known": "white", "not_asked": "white"}
NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """One factor with its newest answer. `answer` is a tag, or plain words where it is absent."""

    label: str
    tag: Tag | None
    plain: str
    about: str
    on: str
    words: str = ""


def risk_row(row: RiskAnswer, *, about: str) -> RiskRow:
    """An answer as a row; "not asked" and "absent" never look the same."""
    label = code_list("risk_answers").label(row.answer)
    colour = ANSWER_COLOURS.get(row.answer)
    return RiskRow(
        label=code_list("risk_factors").label(row.factor),
        tag=Tag(label, colour) if colour else None,  # type: ignore[arg-type]  # of the table
        plain="" if colour else label,
        about=about,
        on=day_words(row.asked_on),
        words=row.words,
    )


def risk_rows(answers: Sequence[RiskAnswer], *, groups: Sequence[str], about: str) -> list[RiskRow]:
    """Every factor of these domains about one subject, those never asked among them."""
    newest = {row.factor: row for row in answers}
    rows = []
    for code, label in factors_in(*groups):
        if code in newest:
            rows.append(risk_row(newest[code], about=about))
        else:
            tag = Tag(code_list("risk_answers").label(NOT_ASKED), "white")
            rows.append(RiskRow(label=label, tag=tag, plain="", about=about, on=""))
    return rows


def agreement_words(row: Agreement, *, on: date) -> str:
    """What became of an agreement, in one line."""
    if row.answer == "refused":
        return f"Not agreed, {day_words(row.given_on)}"
    if row.withdrawn_on is not None and row.withdrawn_on <= on:
        return f"Withdrawn {day_words(row.withdrawn_on)}"
    if row.expires_on is not None and row.expires_on < on:
        return f"Ran out {day_words(row.expires_on)}"
    how = code_list("agreement_methods").label(row.method)
    until = f", until {day_words(row.expires_on)}" if row.expires_on else ""
    return f"Agreed {day_words(row.given_on)}, {how[:1].lower()}{how[1:]}{until}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    """One person's answer: who, for whom, what became of it, and the way to withdraw it."""

    who: str
    about: str
    words: str
    capacity: str
    scope: str
    withdraw: Link | None


def agreement_lines(row: AgreementRow, *, family: Family, on: date) -> list[AgreementLine]:
    """The answers to one agreement; none means that it was not asked."""
    return [_agreement_line(answer, row.label, family=family, on=on) for answer in row.answers]


def _agreement_line(answer: Agreement, label: str, *, family: Family, on: date) -> AgreementLine:
    link = Link(
        "Withdraw",
        address_of("people:agreement_withdraw", family.pk, answer.pk),
        f"{label}, {answer.given_by.short_name}",
    )
    return AgreementLine(
        who=answer.given_by.short_name,
        about=answer.about.short_name,
        words=agreement_words(answer, on=on),
        capacity=code_list("agreement_capacities").label(answer.capacity),
        scope=answer.scope,
        withdraw=link if is_current(answer, on=on) else None,
    )


def basis_words(basis: LawfulBasis | None) -> str:
    """Why the record is kept, and that this is not an agreement."""
    if basis is None:
        return "The organisation has not recorded its lawful basis for keeping records yet."
    label = code_list("lawful_bases").label(basis.basis)
    return (
        f"The lawful basis for keeping this record is: {label}. It does not rest on the agreements"
        " below, and withdrawing one does not end it."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """A safeguarding status with its days."""

    label: str
    when: str
    words: str


def status_values(row: SafeguardingStatus | None) -> dict[str, Any]:
    """A status by the fields of its form."""
    names = ("status", "category", "from_on", "words")
    return {name: getattr(row, name) for name in names} if row is not None else {}


def status_row(row: SafeguardingStatus) -> StatusRow:
    """A status, its category and the days from and to."""
    label = code_list("safeguarding_statuses").label(row.status)
    if row.category:
        label = f"{label}: {code_list('safeguarding_categories').label(row.category)}"
    end = f" to {day_words(row.until_on)}" if row.until_on else ""
    return StatusRow(
        label=label,
        when=f"{day_words(row.from_on)}{end}" if end else f"Since {day_words(row.from_on)}",
        words=row.words,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCard:
    """A note, whom it is about, who wrote it, and whether it is signed."""

    heading: str
    when: str
    about: str
    body: str
    signature: str
    url: str


def note_card(note: Note, *, family: Family) -> NoteCard:
    """A note for a page."""
    return NoteCard(
        heading=code_list("note_kinds").label(note.kind),
        when=day_words(note.happened_on),
        about=about_words(note),
        body=note.body,
        signature=signature_words(note),
        url=address_of("people:note", family.pk, note.pk),
    )


def signature_words(note: Note) -> str:
    """Who signed a note and when, or that it is a draft."""
    if note.signed_by is None or note.signed_on is None:
        return f"Draft by {note.written_by.full_name}, {day_words(note.written_on)}"
    late = ", written later" if note.written_on != note.happened_on else ""
    return f"Signed by {note.signed_by.full_name}, {day_words(note.signed_on)}{late}"


def task_words(task: Task) -> str:
    """A task's own words, with whom it is about."""
    about = about_words(task)
    return task.words if about == "Nobody" else f"{about}: {task.words}"


def point_words(point: ContactPoint) -> str:
    """A number or address, and whether to use it first."""
    first = " (use this first)" if point.preferred else ""
    return f"{point.get_kind_display()}: {point.value}{first}"


def address_lines(address: Address) -> list[str]:
    """An address line by line, the postcode last."""
    lines = [line.strip() for line in address.lines.splitlines() if line.strip()]
    return [*lines, address.postcode] if address.postcode else lines
