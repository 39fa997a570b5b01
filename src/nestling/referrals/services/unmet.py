"""Counting each baby for whom help was asked and not given; never a loss."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from nestling.accounts.models import User
from nestling.foundation import audit
from nestling.referrals.models import Consultation, Decision, Referral, UnmetNeed

LOSS = "loss"
"""The reason, and the kind of closing, that counts no one as turned away."""


@transaction.atomic
def count_babies_unmet(
    referral: Referral,
    *,
    kind: str,
    on: date,
    by: User | None,
    reason: str = "",
    decision: Decision | None = None,
) -> list[UnmetNeed]:
    """One row for each baby of the referral, or one for a baby who was not named.

    A baby whose need stands counted already, or who was lost, gets none.
    """
    rows = [
        UnmetNeed(
            team_id=referral.team_id,
            kind=kind,
            reason=reason,
            baby_id=baby_id,
            referral=referral,
            decision=decision,
            referrer_type=referral.referrer_type,
            on=on,
        )
        for baby_id in _to_count(referral)
    ]
    return [audit.create(row, by=by, action="counted") for row in rows]


def _to_count(referral: Referral) -> list[UUID | None]:
    """The ids of the babies to count; a single empty one for a baby who was not named."""
    links = referral.babies_link.values_list("baby_id", "baby__loss")
    counted = set(open_needs(referral).values_list("baby_id", flat=True))
    if not links:
        return [] if counted else [None]
    return [baby_id for baby_id, loss in links if not loss and baby_id not in counted]


def open_needs(referral: Referral) -> QuerySet[UnmetNeed]:
    """The referral's rows whose need is not met yet."""
    return referral.unmet_needs.filter(met_on__isnull=True)


def count_told_not_to_refer(consultation: Consultation, *, on: date, by: User) -> UnmetNeed:
    """The row for a baby whose referrer was told not to try."""
    row = UnmetNeed(
        team_id=consultation.team_id,
        kind="told_not_to_refer",
        consultation=consultation,
        referrer_type=consultation.consultee_type,
        on=on,
    )
    return audit.create(row, by=by, action="counted")


@transaction.atomic
def meet_needs(rows: Iterable[UnmetNeed], *, on: date, by: User | None) -> None:
    """Say of each row on which day the help came after all; the row itself stays."""
    for row in rows:
        audit.change(row, {"met_on": on}, by=by, action="met")


def meet_needs_of(baby_ids: Collection[UUID], *, team_id: UUID, on: date, by: User) -> None:
    """Babies whom the team now works with: what was counted about them earlier is met."""
    rows = UnmetNeed.objects.filter(team=team_id, baby__in=baby_ids, met_on__isnull=True)
    meet_needs(rows, on=on, by=by)
