"""What care tells a referral: a wait was paused, led to a first session, or ended without one."""

from datetime import date

from django.db import transaction

from nestling.accounts.models import User
from nestling.foundation import audit
from nestling.foundation.versions import Seen, check_seen, hold
from nestling.referrals.models import ClockPause, Referral, ReferralState
from nestling.referrals.moves import take_step
from nestling.referrals.services.unmet import LOSS, count_babies_unmet, meet_needs_of

CLOSING_KINDS = ("gave_up_waiting", "aged_out", "moved_away", LOSS)
"""How a wait may end without a first session: a code of `unmet_need_kinds`, or a loss."""


class PauseNotPossibleError(Exception):
    """A pause that cannot begin or end so; ``words`` for the screen."""

    def __init__(self, words: str) -> None:
        """Keep the words."""
        self.words = words
        super().__init__(words)


@transaction.atomic
def pause(
    referral: Referral, *, from_on: date, words: str, by: User, seen: Seen | None = None
) -> ClockPause:
    """Stop the clock because the family asked for a delay.

    Raises:
        PauseNotPossibleError: it stands still already, or had not begun.
        StaleRecordError: the referral or its delays are not as they were seen.
    """
    hold(referral)
    check_seen(seen, referral, _newest_pause(referral))
    if _open_pause(referral) is not None:
        raise PauseNotPossibleError("The clock stands still already")
    if from_on < referral.received_on:
        raise PauseNotPossibleError("A pause cannot begin before the referral was received")
    row = ClockPause(referral=referral, from_on=from_on, words=words, recorded_by=by)
    return audit.create(row, by=by, action="paused")


@transaction.atomic
def resume(referral: Referral, *, until_on: date, by: User, seen: Seen | None = None) -> ClockPause:
    """Let the clock go on from a day.

    Raises:
        PauseNotPossibleError: it was going, or the day is before the pause.
        StaleRecordError: the referral or its delays are not as they were seen.
    """
    hold(referral)
    check_seen(seen, referral, _newest_pause(referral))
    row = _open_pause(referral)
    if row is None:
        raise PauseNotPossibleError("The clock is going already")
    if until_on < row.from_on:
        raise PauseNotPossibleError("A pause cannot end before it began")
    return audit.change(row, {"until_on": until_on}, by=by, action="resumed")


def _open_pause(referral: Referral) -> ClockPause | None:
    return referral.pauses.filter(until_on__isnull=True).first()


def _newest_pause(referral: Referral) -> ClockPause | None:
    return referral.pauses.order_by("-from_on", "-created_at").first()


@transaction.atomic
def mark_taken_up(referral: Referral, *, on: date, by: User) -> Referral:
    """The wait is over: a first session is agreed. What was counted about the babies is met.

    Raises:
        MoveNotLegalError: the referral does not wait.
    """
    take_step(referral, to=ReferralState.TAKEN_UP, on=on, by=by)
    babies = referral.babies_link.values_list("baby_id", flat=True)
    meet_needs_of(list(babies), team_id=referral.team_id, on=on, by=by)
    return referral


@transaction.atomic
def close_waiting(referral: Referral, *, kind: str, on: date, by: User) -> Referral:
    """The wait is over without a first session; each baby is counted, except after a loss.

    Raises:
        MoveNotLegalError: the referral does not wait.
        ValueError: a kind that closes no wait.
    """
    if kind not in CLOSING_KINDS:
        raise ValueError(f"{kind} does not close a wait")
    take_step(referral, to=ReferralState.CLOSED_WAITING, on=on, by=by)
    if kind != LOSS:
        count_babies_unmet(referral, kind=kind, on=on, by=by)
    return referral
