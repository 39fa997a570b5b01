"""The agenda of a referral meeting on paper, for the team or for others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from nestling.accounts.models import User
from nestling.referrals.presenters.board import card
from nestling.referrals.presenters.words import ago, referrer_words
from nestling.referrals.queries.board import BoardRow
from nestling.ui.components import Link

TEAM, OTHERS = "team", "others"
AUDIENCES = {
    TEAM: "the team’s own referral meeting",
    OTHERS: "a meeting with other services (no names, no dates of birth, no worries)",
}


def audience_links() -> list[Link]:
    """The readers an agenda may be printed for."""
    return [
        Link(f"For {words}", f"{reverse('referrals:agenda')}?for={key}")
        for key, words in AUDIENCES.items()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """One referral to talk about."""

    reference: str
    heading: str
    age: str
    lines: Sequence[str]
    flags: Sequence[str]
    came: str


def agenda_rows(
    rows: Sequence[BoardRow], *, viewer: User, on: date, audience: str
) -> list[AgendaRow]:
    """Each referral for the meeting, oldest first."""
    if audience == TEAM:
        return [_whole(row, viewer=viewer, on=on) for row in rows]
    return [_without_names(row, on=on) for row in rows]


def _whole(row: BoardRow, *, viewer: User, on: date) -> AgendaRow:
    found = card(row, viewer=viewer, on=on)
    return AgendaRow(
        reference=row.referral.reference,
        heading=found.heading,
        age=found.age,
        lines=found.lines,
        flags=[flag.text for flag in found.flags],
        came=found.foot,
    )


def _without_names(row: BoardRow, *, on: date) -> AgendaRow:
    return AgendaRow(
        reference=row.referral.reference,
        heading=f"Referral {row.referral.reference}",
        age="",
        lines=(),
        flags=(),
        came=f"{referrer_words(row.referral)}, {ago(row.referral.received_on, on)}",
    )
