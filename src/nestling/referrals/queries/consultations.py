"""Consultations given by the user's teams."""

from uuid import UUID

from django.http import Http404

from nestling.accounts.models import User
from nestling.foundation.looks import describe_look
from nestling.referrals.models import Consultation
from nestling.ui.paging import PER_PAGE


def consultations(user: User, *, page: int) -> list[Consultation]:
    """A page of consultations, newest first: one statement."""
    describe_look("listed")
    first = (max(page, 1) - 1) * PER_PAGE
    rows = Consultation.objects.visible_to(user).select_related("given_by", "referral")
    return list(rows.order_by("-on", "-pk")[first : first + PER_PAGE])


def consultation_count(user: User) -> int:
    """How many there are."""
    return Consultation.objects.visible_to(user).count()


def open_consultation(pk: UUID, *, by: User) -> Consultation:
    """A consultation of a team in which the user receives referrals.

    Raises:
        Http404: there is none, or another team's.
    """
    rows = Consultation.objects.visible_to(by).select_related("team__organisation")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
