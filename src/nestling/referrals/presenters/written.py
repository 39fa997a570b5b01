"""What a colleague has written meanwhile, by the fields of the form that somebody else still fills.

Sealed words are among them: the pages that show them are open only to those who read them anyway.
"""

from typing import Any

from nestling.referrals.models import (
    ClockPause,
    Decision,
    Referral,
    ReferralState,
    Screening,
)


def state_sentence(referral: Referral) -> str:
    """Where the referral stands now."""
    return f"The referral is now “{ReferralState(referral.state).label}”."


def screening_values(row: Screening | None) -> dict[str, Any]:
    """The newest screening as its form asks for it."""
    if row is None:
        return {}
    names = ("in_age", "in_area", "next_state", "missing", "words")
    yes_no = {name: _yes_no(getattr(row, name)) for name in ("complete", "referrer_accepted")}
    return {name: getattr(row, name) for name in names} | yes_no


REASONS = {"decline": "decline_reason", "redirect": "redirect_reason"}
"""The form's field for the reason of a decision."""
DECISION_COLUMNS = dict.fromkeys(REASONS.values(), "reason")


def decision_values(row: Decision | None) -> dict[str, Any]:
    """The newest decision as its form asks for it."""
    if row is None:
        return {}
    names = ("outcome", "redirected_to", "someone_sees_baby", "rationale", "deciders", "decided_on")
    values = {name: getattr(row, name) for name in names}
    if row.outcome in REASONS:
        values[REASONS[row.outcome]] = row.reason
    return values


def pause_values(row: ClockPause | None) -> dict[str, Any]:
    """The newest delay as the forms ask for it."""
    names = ("from_on", "until_on", "words")
    return {name: getattr(row, name) for name in names} if row is not None else {}


def _yes_no(value: bool) -> str:  # noqa: FBT001 - one value, turned into words
    return "yes" if value else "no"
