"""Tests of referrals: the public form, triage, decisions, unmet need."""
