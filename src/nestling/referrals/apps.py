"""Referrals as a Django app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referral, triage, decision, unmet need."""

    name = "nestling.referrals"
    label = "referrals"
