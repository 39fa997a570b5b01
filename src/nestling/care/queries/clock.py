"""The clock of referrals: when direct contact and treatment first happened, and pauses."""

from datetime import date

from django.db.models import Q, QuerySet

from nestling.care.models import EpisodeStage, Presence
from nestling.referrals.models import Referral
from nestling.science.waiting import Pause, Wait

#: An adult who came or a baby who was brought: then a contact was held.
CAME = ("attended", "attended_late", "brought")
#: Words in writing keep a family in touch; they are no direct contact.
WRITTEN = ("text", "letter")
TREATMENT = "intervention"


def came_together(of_referral: Q) -> QuerySet[Presence]:
    """Who came to direct contacts, earliest first."""
    held = Presence.objects.filter(of_referral, attendance__in=CAME)
    return held.exclude(contact__mode__in=WRITTEN).order_by("contact__on")


def wait_of(referral: Referral) -> Wait:
    """The wait of one referral with both its ends, as far as they have come."""
    of_referral = Q(contact__referral=referral.pk) | Q(contact__episode__referral=referral.pk)
    came = list(came_together(of_referral).values_list("contact__on", flat=True))
    treatment_from = (
        EpisodeStage.objects.filter(episode__referral=referral.pk, stage=TREATMENT)
        .order_by("on")
        .values_list("on", flat=True)
        .first()
    )
    pauses = referral.pauses.values_list("from_on", "until_on")
    return Wait(
        received_on=referral.received_on,
        pauses=tuple(Pause(from_on=first, until_on=last) for first, last in pauses),
        first_contact_on=came[0] if came else None,
        first_treatment_on=first_treatment(came, treatment_from),
    )


def first_treatment(came: list[date], treatment_from: date | None) -> date | None:
    """The first contact on or after the step to intervention; ``came`` in order of days.

    >>> first_treatment([date(2026, 1, 5), date(2026, 1, 19)], date(2026, 1, 12))
    datetime.date(2026, 1, 19)
    """
    if treatment_from is None:
        return None
    return next((day for day in came if day >= treatment_from), None)
