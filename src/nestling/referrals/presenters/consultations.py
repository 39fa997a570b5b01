"""Consultations in words. What was said is for those who read clinical content."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.reference.codes import code_list
from nestling.referrals.models import Consultation
from nestling.science.ages import count_of, day_words
from nestling.ui.components import Column, Link, SummaryRow

COLUMNS = [
    Column(label=label)
    for label in ("When", "Who asked", "Age of the baby", "About", "How it ended", "Referral")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationRow:
    """One consultation in the list."""

    on: str
    minutes: str
    who: str
    age: str
    theme: str
    outcome: str
    by: str
    action: Link


def consultation_rows(rows: Sequence[Consultation], *, viewer: User) -> list[ConsultationRow]:
    """The rows of a page."""
    return [_row(row, viewer=viewer) for row in rows]


def _row(row: Consultation, *, viewer: User) -> ConsultationRow:
    return ConsultationRow(
        on=day_words(row.on),
        minutes=count_of(row.minutes, "minute"),
        who=_who(row),
        age=code_list("infant_age_bands").label(row.age_band),
        theme=row.theme if _reads(row, viewer) else "",
        outcome=code_list("consultation_outcomes").label(row.outcome),
        by=row.given_by.full_name,
        action=_action(row),
    )


def _action(row: Consultation) -> Link:
    if row.referral is not None:
        return Link(
            f"Referral {row.referral.reference}",
            reverse("referrals:referral", args=[row.referral_id]),
        )
    url = reverse("referrals:consultation_convert", args=[row.pk])
    return Link("Make a referral", url, about=f"of the consultation of {day_words(row.on)}")


def consultation_words(row: Consultation, *, viewer: User) -> list[SummaryRow]:
    """One consultation above the form that makes a referral of it."""
    found = [
        ("Consultation", [day_words(row.on), _who(row)]),
        ("Age of the baby", [code_list("infant_age_bands").label(row.age_band)]),
    ]
    if _reads(row, viewer):
        found += [("What it was about", row.theme.splitlines())]
        found += [("What was advised", row.advice.splitlines())] if row.advice else []
    return [SummaryRow(label=label, values=values) for label, values in found]


def _who(row: Consultation) -> str:
    who = code_list("referrer_types").label(row.consultee_type)
    return f"{who}, {row.consultee_workplace}" if row.consultee_workplace else who


def _reads(row: Consultation, viewer: User) -> bool:
    return row.team_id in viewer.teams_where(Ability.READ_CLINICAL)
