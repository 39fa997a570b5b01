"""Members in words, for their administrator and for themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from nestling.accounts.models import Membership, SecondStepReset, User
from nestling.science.ages import day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """One member as the list shows them; ``closing`` is empty where nothing ends."""

    pk: UUID
    full_name: str
    email: str
    roles: list[Membership]
    is_closed: bool
    closing: str


def member_rows(members: Iterable[User], *, on: date) -> list[MemberRow]:
    """The members in words; ``held_now`` must be fetched already."""
    return [
        MemberRow(
            pk=member.pk,
            full_name=member.full_name,
            email=member.email,
            roles=vars(member)["held_now"],
            is_closed=member.is_closed(on),
            closing=closing_words(member, on=on),
        )
        for member in members
    ]


def closing_words(user: User, *, on: date) -> str:
    """That an account is closed or will be, and from when; nothing for one that stays open.

    >>> closing_words(User(closed_on=date(2026, 5, 3)), on=date(2026, 5, 1))
    'Closes on 3 May 2026'
    >>> closing_words(User(closed_on=date(2026, 5, 3)), on=date(2026, 5, 3))
    'Closed from 3 May 2026'
    """
    if user.closed_on is None:
        return "" if user.is_active else "Closed"
    word = "Closed from" if user.is_closed(on) else "Closes on"
    return f"{word} {day_words(user.closed_on)}"


def reset_words(row: SecondStepReset | None) -> str:
    """When and by whom somebody's own second step was reset last; nothing if it never was."""
    if row is None:
        return ""
    return f"{row.reset_by} reset your second step on {day_words(row.reset_on)}."
