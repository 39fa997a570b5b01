"""Referral, screening, triage, decision, and unmet need."""
