"""The monthly list of information governance's own looks: whom it is for, and that it was read."""

from datetime import date, timedelta

from django.db import transaction

from nestling.accounts.models import Membership, User
from nestling.accounts.roles import Ability, roles_with
from nestling.foundation import audit
from nestling.people.models import Notice, NoticeKind


def month_before(on: date) -> date:
    """The first day of the last whole month.

    >>> month_before(date(2026, 3, 10))
    datetime.date(2026, 2, 1)
    """
    return (on.replace(day=1) - timedelta(days=1)).replace(day=1)


@transaction.atomic
def ensure_month_notices(*, on: date) -> int:
    """Tell each reader of the monthly list that last month's is there, once; how many were told."""
    month = month_before(on)
    roles = roles_with(Ability.READ_GOVERNANCE_LOOKS)
    told = 0
    held = Membership.objects.current(on).with_roles(roles).select_related("user")
    known = set(Notice.objects.filter(month=month).values_list("user_id", "organisation_id"))
    for row in held.order_by("pk"):
        if (row.user_id, row.organisation_id) in known or not row.user.is_active:
            continue
        known.add((row.user_id, row.organisation_id))
        notice = Notice(
            user=row.user,
            organisation_id=row.organisation_id,
            kind=NoticeKind.MONTH,
            month=month,
            told_on=on,
        )
        audit.create(notice, by=None, action="told")
        told += 1
    return told


@transaction.atomic
def note_month_read(month: date, *, on: date, by: User) -> None:
    """That a reader has read the list of a month; read twice is read once."""
    for notice in Notice.objects.visible_to(by).open().filter(month=month):
        audit.change(notice, {"seen_on": on}, by=by, action="read")
