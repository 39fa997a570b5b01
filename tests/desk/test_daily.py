"""The day's round does everything that falls due and says so."""

from datetime import timedelta

import pytest

from nestling.desk.daily import run_daily_round
from nestling.foundation.clock import now, today
from nestling.referrals.models import ReferralDraft

pytestmark = pytest.mark.django_db


def test_a_day_on_which_nothing_is_due_says_so() -> None:
    lines = run_daily_round(on=today())

    assert lines[0] == "No news after the due date: 0 new tasks."
    assert lines[-1] == "Expired drafts of referrals deleted: 0."


def test_an_expired_draft_goes_and_a_fresh_one_stays() -> None:
    for hours in (-1, 1):
        ReferralDraft.objects.create(
            session_hash=str(hours), audience="parent", expires_at=now() + timedelta(hours=hours)
        )

    lines = run_daily_round(on=today())

    assert lines[-1] == "Expired drafts of referrals deleted: 1."
    assert [draft.session_hash for draft in ReferralDraft.objects.all()] == ["1"]
