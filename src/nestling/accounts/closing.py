"""Accounts of people who leave: closed from a day, opened again, and never the last keeper's."""

from datetime import date, timedelta

from django.db import transaction

from nestling.accounts.models import Membership, Organisation, User
from nestling.accounts.roles import Role
from nestling.foundation import audit
from nestling.foundation.versions import hold

FARTHEST = timedelta(days=366)
"""A last day further from today than this is a slip of the pen. Nestling's own limit."""


class ClosingNotPossibleError(ValueError):
    """An account cannot be closed from this day; the words stand beside the field."""

    def __init__(self, words: str) -> None:
        """Keep the words."""
        self.words = words
        super().__init__(words)


class LastAdministratorError(ClosingNotPossibleError):
    """Nobody would be left who manages the members of an organisation."""

    def __init__(self, organisation: Organisation) -> None:
        """Say what to do first."""
        super().__init__(
            f"This is the last administrator of {organisation.name}. "
            "Make somebody else a system administrator first"
        )


@transaction.atomic
def close_account(user: User, *, from_on: date, on: date, by: User) -> User:
    """The account, closed from a day: no sign-in then, and no role counts. Nothing is deleted.

    Raises:
        ClosingNotPossibleError: the day is more than a year away.
        LastAdministratorError: nobody else manages the members.
    """
    if abs(from_on - on) > FARTHEST:
        raise ClosingNotPossibleError("The day is more than a year away. Check the year")
    for organisation in _administered(user, on=on):
        keep_an_administrator(organisation, without=user, on=on)
    values = {"closed_on": from_on, "closed_by": by, "is_active": from_on > on}
    return audit.change(user, values, by=by, action="account_closed")


@transaction.atomic
def reopen_account(user: User, *, by: User) -> User:
    """The account, open again with the roles that were not ended; no closing lies ahead."""
    values = {"closed_on": None, "closed_by": None, "is_active": True}
    return audit.change(user, values, by=by, action="account_reopened")


@transaction.atomic
def close_due_accounts(*, on: date) -> int:
    """Mark the accounts whose day has come; sign-in is refused from that day in any case."""
    due = User.objects.filter(is_active=True, closed_on__lte=on).order_by("pk")
    for user in due:
        audit.change(user, {"is_active": False}, by=None, action="account_closed")
    return len(due)


def keep_an_administrator(organisation: Organisation, *, without: User, on: date) -> None:
    """Pass if somebody else manages the members of an organisation, for as long as is known.

    Raises:
        LastAdministratorError: nobody does.
    """
    # Two administrators who close each other at once: the second one waits and is refused.
    hold(organisation)
    others = Membership.objects.dated(on).filter(
        organisation=organisation,
        role=Role.SYSTEM_ADMINISTRATOR,
        until_on__isnull=True,
        user__is_active=True,
        user__closed_on__isnull=True,
    )
    if not others.exclude(user=without).exists():
        raise LastAdministratorError(organisation)


def _administered(user: User, *, on: date) -> list[Organisation]:
    """The organisations whose members the user manages, or will."""
    rows = user.memberships.filter(role=Role.SYSTEM_ADMINISTRATOR).exclude(until_on__lte=on)
    return [row.organisation for row in rows.select_related("organisation").order_by("pk")]
