"""Consultations: advice about a baby who is not named, which may become a referral."""

from datetime import date

from django.db import transaction

from nestling.accounts.models import Team, User
from nestling.foundation import audit
from nestling.referrals.models import Consultation, Referral
from nestling.referrals.services.details import ConsultationDetails, ReferralDetails
from nestling.referrals.services.receiving import receive
from nestling.referrals.services.unmet import count_told_not_to_refer, meet_needs

TOLD_NOT_TO = "told_not_to_refer"


class AlreadyReferredError(Exception):
    """A consultation that became a referral before."""

    words = "This consultation has become a referral already"


@transaction.atomic
def give_consultation(
    details: ConsultationDetails, *, team: Team, on: date, by: User
) -> Consultation:
    """A consultation that was given; being told not to refer is counted as unmet need."""
    row = Consultation(
        team=team,
        on=on,
        minutes=details.minutes,
        consultee_type=details.consultee_type,
        consultee_workplace=details.consultee_workplace,
        age_band=details.age_band,
        theme=details.theme,
        advice=details.advice,
        outcome=details.outcome,
        given_by=by,
    )
    audit.create(row, by=by)
    if details.outcome == TOLD_NOT_TO:
        count_told_not_to_refer(row, on=on, by=by)
    return row


@transaction.atomic
def convert_consultation(
    consultation: Consultation, details: ReferralDetails, *, on: date, by: User
) -> Referral:
    """The referral that a consultation became; the two stay linked.

    A baby who was counted as not to be referred is counted by the referral from now on.

    Raises:
        AlreadyReferredError: it became one before.
    """
    if consultation.referral_id is not None:
        raise AlreadyReferredError(AlreadyReferredError.words)
    referral = receive(details, team=consultation.team, on=on, by=by)
    audit.change(consultation, {"referral": referral}, by=by, action="became_referral")
    meet_needs(consultation.unmet_needs.filter(met_on__isnull=True), on=on, by=by)
    return referral
