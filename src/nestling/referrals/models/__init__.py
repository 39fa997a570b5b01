"""Referrals, decisions, consultations, drafts, and each baby left without help."""

from nestling.referrals.models.consultations import Consultation
from nestling.referrals.models.criteria import TeamCriteria
from nestling.referrals.models.decisions import ClockPause, Decision, DecisionTold, UnmetNeed
from nestling.referrals.models.drafts import ReferralDraft
from nestling.referrals.models.referrals import (
    Referral,
    ReferralBaby,
    ReferralIndicator,
    ReferralRelationship,
    ReferralState,
    ReferralStep,
    Screening,
)

__all__ = [
    "ClockPause",
    "Consultation",
    "Decision",
    "DecisionTold",
    "Referral",
    "ReferralBaby",
    "ReferralDraft",
    "ReferralIndicator",
    "ReferralRelationship",
    "ReferralState",
    "ReferralStep",
    "Screening",
    "TeamCriteria",
    "UnmetNeed",
]
