"""The day's round: what falls due by itself, done once a day by a timer."""

from datetime import date

from nestling.accounts.closing import close_due_accounts
from nestling.accounts.second_step import tell_waiting
from nestling.care.services import ensure_handover_tasks
from nestling.foundation.clock import now
from nestling.foundation.drafts import clear_old_drafts
from nestling.foundation.form_keys import clear_used
from nestling.people.services import (
    deliver_waiting,
    ensure_month_notices,
    ensure_overdue_tasks,
)
from nestling.referrals.services.drafts import delete_expired
from nestling.science.ages import count_of


def run_daily_round(*, on: date) -> list[str]:
    """Do everything that falls due on a day, and say in words what was done."""
    return [
        f"No news after the due date: {count_of(ensure_overdue_tasks(on=on), 'new task')}.",
        f"Close to the age limit: {count_of(ensure_handover_tasks(on=on), 'new task')}.",
        f"Monthly list of own looks: {count_of(ensure_month_notices(on=on), 'new notice')}.",
        f"Messages sent: {deliver_waiting()}.",
        f"Accounts whose last day is over: {count_of(close_due_accounts(on=on), 'account')}.",
        f"Told that a second step was reset: {tell_waiting()}.",
        f"Drafts of staff that nobody went on with deleted: {clear_old_drafts()}.",
        f"Keys of forms that can no longer be sent deleted: {clear_used()}.",
        f"Expired drafts of referrals deleted: {delete_expired(now=now())}.",
    ]
