"""What this room writes: each use case is one transaction with its audit events."""

from nestling.referrals.services.consulting import (
    AlreadyReferredError,
    convert_consultation,
    give_consultation,
)
from nestling.referrals.services.criteria import set_criteria
from nestling.referrals.services.deciding import (
    DecisionNotPossibleError,
    decide,
    decide_and_tell,
    note_redirect_outcome,
    tell,
)
from nestling.referrals.services.details import (
    BabyGiven,
    CarerGiven,
    ConsultationDetails,
    CriteriaDetails,
    DecisionDetails,
    ReferralDetails,
    ReferralWords,
    ReferrerGiven,
    SafeWays,
    ScreeningDetails,
)
from nestling.referrals.services.receiving import receive
from nestling.referrals.services.screening import declare_for, screen
from nestling.referrals.services.waiting import (
    CLOSING_KINDS,
    PauseNotPossibleError,
    close_waiting,
    mark_taken_up,
    pause,
    resume,
)

__all__ = [
    "CLOSING_KINDS",
    "AlreadyReferredError",
    "BabyGiven",
    "CarerGiven",
    "ConsultationDetails",
    "CriteriaDetails",
    "DecisionDetails",
    "DecisionNotPossibleError",
    "PauseNotPossibleError",
    "ReferralDetails",
    "ReferralWords",
    "ReferrerGiven",
    "SafeWays",
    "ScreeningDetails",
    "close_waiting",
    "convert_consultation",
    "decide",
    "decide_and_tell",
    "declare_for",
    "give_consultation",
    "mark_taken_up",
    "note_redirect_outcome",
    "pause",
    "receive",
    "resume",
    "screen",
    "set_criteria",
    "tell",
]
