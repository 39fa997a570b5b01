"""One waiting referral: its clock, what was offered and promised, and when it was looked at."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.care.models import (
    Episode,
    InterimOffer,
    ReferrerUpdate,
    TriageAgain,
    WaitingContact,
)
from nestling.care.queries.waiting_keys import WaitingKey, key_of
from nestling.referrals.models import Referral

#: Not needed to show a wait: what the referrer wrote stays sealed.
UNREAD = (
    *("concern", "seen_between", "baby_signals", "parents_view", "strengths"),
    *("tried_so_far", "outcome_wanted", "practical", "why_without_agreement"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitCase:
    """A waiting referral and what its wait is counted and judged by."""

    referral: Referral
    key: WaitingKey


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitHistory:
    """What happened while a family waited, newest first."""

    contacts: tuple[WaitingContact, ...]
    offers: tuple[InterimOffer, ...]
    looks: tuple[TriageAgain, ...]
    updates: tuple[ReferrerUpdate, ...]


def open_wait(referral_id: UUID, *, by: User, on: date, also_over: bool = False) -> WaitCase:
    """One waiting referral, for the pages about it.

    ``also_over`` is for a form that was opened while it still waited: whoever sent it is told what
    happened meanwhile and keeps what they typed.

    Raises:
        Http404: there is no such referral, it does not wait, or the user may not see it.
    """
    rows = Referral.objects.visible_to(by).defer(*UNREAD)
    rows = rows if also_over else rows.waiting()
    teams = by.teams_where(Ability.SEE_WORKLOAD)
    found = (
        rows.filter(pk=referral_id, team__in=teams)
        .select_related("team", "family__team__organisation")
        .first()
    )
    key = key_of(found, by=by, on=on) if found else None
    if found is None or key is None:
        raise Http404("no such wait")
    return WaitCase(referral=found, key=key)


def plans_of(referral: Referral) -> list[WaitingContact]:
    """Contacts that are planned and not held yet."""
    return list(referral.waiting_contacts.filter(held_on__isnull=True).order_by("created_at"))


def news_of(referral: Referral) -> list[TriageAgain | ReferrerUpdate]:
    """What the referrer has told since, and when somebody looked at the referral again."""
    looks = referral.triaged_again.order_by("created_at")
    return [*looks, *referral.referrer_updates.order_by("created_at")]


def taken_up_as(referral: Referral) -> Episode | None:
    """The episode that a referral became."""
    return Episode.objects.filter(referral=referral).first()


def wait_history(referral: Referral) -> WaitHistory:
    """Contacts, offers, looks and news of a waiting referral."""
    return WaitHistory(
        contacts=tuple(
            referral.waiting_contacts.select_related("by").order_by("-held_on", "-planned_on")
        ),
        offers=tuple(referral.interim_offers.select_related("offered_by").order_by("-offered_on")),
        looks=tuple(referral.triaged_again.select_related("by").order_by("-on", "-created_at")),
        updates=tuple(referral.referrer_updates.select_related("by").order_by("-on")),
    )
