"""Decisions: signed, with a coded reason, counted where a baby is left without help, and told."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from django.db import transaction

from nestling.accounts.models import User
from nestling.foundation import audit
from nestling.referrals.models import Decision, DecisionTold, Referral, ReferralState
from nestling.referrals.moves import check_move, take_step
from nestling.referrals.services.details import DecisionDetails
from nestling.referrals.services.screening import declare_for
from nestling.referrals.services.unmet import (
    LOSS,
    count_babies_unmet,
    meet_needs,
    open_needs,
)

OUTCOME_STATES: Mapping[str, ReferralState] = MappingProxyType(
    {
        "accept": ReferralState.WAITING,
        "joint_work": ReferralState.WAITING,
        "hold_for_birth": ReferralState.HELD_FOR_BIRTH,
        "consultation_only": ReferralState.CONSULTATION_ONLY,
        "redirect": ReferralState.REDIRECTED,
        "decline": ReferralState.DECLINED,
        "duplicate": ReferralState.DUPLICATE,
        "safeguarding_first": ReferralState.SAFEGUARDING_FIRST,
    }
)
"""The state that each decision leads to."""
NEEDS_FAMILY = frozenset({"accept", "joint_work", "hold_for_birth"})
"""Decisions after which a family waits: there must be a baby to wait."""


class DecisionNotPossibleError(Exception):
    """A decision that leaves out what it needs; ``field`` names the input to put right."""

    def __init__(self, words: str, *, field: str) -> None:
        """Keep the words for the screen."""
        self.words = words
        self.field = field
        super().__init__(words)


@transaction.atomic
def decide(referral: Referral, details: DecisionDetails, *, on: date, by: User) -> Decision:
    """A signed decision, and a row of unmet need for each baby whom it leaves without help.

    Raises:
        MoveNotLegalError: the referral is not open to this decision.
        DecisionNotPossibleError: a baby is missing for a decision to wait.
    """
    to = OUTCOME_STATES[details.outcome]
    check_move(referral, to=to)
    check_baby(referral, details)
    decision = Decision(
        referral=referral,
        outcome=details.outcome,
        reason=details.reason,
        rationale=details.rationale,
        deciders=details.deciders,
        redirected_to=details.redirected_to,
        someone_sees_baby=details.someone_sees_baby,
        decided_by=by,
        decided_on=on,
    )
    audit.create(decision, by=by, action="decided")
    if details.outcome in NEEDS_FAMILY:
        declare_for(referral, on=on, by=by)
    take_step(referral, to=to, on=on, by=by)
    kind = unmet_kind(details)
    if kind:
        count_babies_unmet(
            referral, kind=kind, reason=details.reason, decision=decision, on=on, by=by
        )
    return decision


def check_baby(referral: Referral, details: DecisionDetails) -> None:
    """Pass unless nobody could wait or be held for.

    Raises:
        DecisionNotPossibleError: no baby is named, or every baby was lost.
    """
    if details.outcome not in NEEDS_FAMILY:
        return
    losses = list(referral.babies_link.values_list("baby__loss", flat=True))
    if not losses:
        raise DecisionNotPossibleError("Name the baby before this decision", field="outcome")
    if all(losses):
        raise DecisionNotPossibleError("A loss is recorded: nobody can wait", field="outcome")


def unmet_kind(details: DecisionDetails) -> str:
    """The kind of unmet need that a decision leaves at once; empty for none, and for a loss."""
    if details.reason == LOSS:
        return ""
    if details.outcome == "decline":
        return "declined"
    if details.outcome == "consultation_only" and details.someone_sees_baby != "yes":
        return "consultation_only"
    return ""


@transaction.atomic
def decide_and_tell(
    referral: Referral,
    details: DecisionDetails,
    *,
    told: Sequence[str],
    how: str,
    on: date,
    by: User,
) -> Decision:
    """A decision and, with it, everyone who was told on the same day.

    Raises:
        MoveNotLegalError, DecisionNotPossibleError: as `decide` does.
    """
    decision = decide(referral, details, on=on, by=by)
    for whom in told:
        tell(decision, whom=whom, how=how, on=on, by=by)
    return decision


@transaction.atomic
def tell(decision: Decision, *, whom: str, how: str, on: date, by: User) -> DecisionTold:
    """That someone was told of a decision, how and when."""
    row = DecisionTold(decision=decision, whom=whom, how=how, told_on=on, told_by=by)
    return audit.create(row, by=by, action="told")


@transaction.atomic
def note_redirect_outcome(decision: Decision, *, taken_up: str, on: date, by: User) -> Decision:
    """What became of a baby who was sent elsewhere.

    Not seen there: the baby's need is unmet. Seen after all: the need is met from that day.
    """
    audit.change(decision, {"redirect_taken_up": taken_up}, by=by)
    if taken_up == "no" and decision.reason != LOSS:
        count_babies_unmet(
            decision.referral,
            kind="redirected_not_taken_up",
            reason=decision.reason,
            decision=decision,
            on=on,
            by=by,
        )
    if taken_up == "yes":
        meet_needs(open_needs(decision.referral), on=on, by=by)
    return decision
