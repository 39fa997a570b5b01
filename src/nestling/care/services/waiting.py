"""While a family waits: contacts, offers, news, looking again, and closing the wait."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from nestling.accounts.models import User
from nestling.care.errors import ClosingNotPossibleError, DayNotPossibleError, NotWaitingError
from nestling.care.models import InterimOffer, ReferrerUpdate, TriageAgain, WaitingContact
from nestling.care.queries.team_rules import team_rules
from nestling.care.services.details import InterimOfferDetails, WaitingContactDetails
from nestling.foundation import audit
from nestling.people.models import Person
from nestling.referrals import services as referrals
from nestling.referrals.models import Referral
from nestling.referrals.models.referrals import WAITING_STATES
from nestling.science.ages import limit_on
from nestling.science.waiting import Trigger

LOSS = "loss"
AGED_OUT = "aged_out"


@transaction.atomic
def record_waiting_contact(
    referral: Referral, details: WaitingContactDetails, *, on: date, by: User
) -> WaitingContact:
    """A contact with a waiting family, held or planned. The clock of the wait runs on.

    A contact held on the day for which one was planned is that planned one.

    Raises:
        NotWaitingError: the referral does not wait.
        DayNotPossibleError: no day, held in the future or before the referral, planned in the past.
    """
    check_waiting(referral)
    _check_days(referral, details, on=on)
    planned = _planned_for(referral, details.held_on)
    if planned is not None:
        values = {"held_on": details.held_on, "mode": details.mode, "words": details.words}
        return audit.change(planned, values, by=by, action="held")
    row = WaitingContact(
        referral=referral,
        planned_on=details.planned_on,
        held_on=details.held_on,
        mode=details.mode,
        words=details.words,
        by=by,
    )
    return audit.create(row, by=by)


@transaction.atomic
def make_interim_offer(
    referral: Referral, details: InterimOfferDetails, *, on: date, by: User
) -> InterimOffer:
    """Something offered while the family waits, and whether they wanted it.

    Raises:
        NotWaitingError: the referral does not wait.
        DayNotPossibleError: offered in the future or before the referral.
    """
    check_waiting(referral)
    check_between(details.offered_on, referral.received_on, on, field="offered_on")
    row = InterimOffer(
        referral=referral,
        offer=details.offer,
        words=details.words,
        offered_on=details.offered_on,
        accepted=details.accepted,
        offered_by=by,
    )
    return audit.create(row, by=by)


@transaction.atomic
def note_referrer_update(
    referral: Referral, *, words: str, heard_on: date, on: date, by: User
) -> ReferrerUpdate:
    """News from the referrer; the referral asks to be looked at again.

    Raises:
        NotWaitingError: the referral does not wait.
        DayNotPossibleError: heard in the future or before the referral.
    """
    check_waiting(referral)
    check_between(heard_on, referral.received_on, on, field="heard_on")
    return audit.create(ReferrerUpdate(referral=referral, words=words, on=heard_on, by=by), by=by)


@transaction.atomic
def triage_again(
    referral: Referral, triggers: Sequence[Trigger], *, words: str, on: date, by: User
) -> list[TriageAgain]:
    """That someone looked at a waiting referral again, for each reason; these reasons are cleared.

    Raises:
        NotWaitingError: the referral does not wait.
    """
    check_waiting(referral)
    rows = [
        TriageAgain(referral=referral, trigger=trigger.value, words=words, by=by, on=on)
        for trigger in triggers
    ]
    return [audit.create(row, by=by) for row in rows]


@transaction.atomic
def close_waiting(referral: Referral, *, kind: str, on: date, by: User) -> Referral:
    """The wait, closed without a first session: counted as unmet need for each living baby.

    After a loss it is closed as a loss and nothing else, and no need is counted.

    Raises:
        NotWaitingError: the referral does not wait.
        ClosingNotPossibleError: the reason does not fit what is known of the babies.
    """
    check_waiting(referral)
    babies = list(Person.objects.filter(referrals_link__referral=referral))
    _check_closing(referral, babies, kind=kind, on=on)
    referrals.close_waiting(referral, kind=kind, on=on, by=by)
    return referral


def check_waiting(referral: Referral) -> None:
    """Nothing, when the referral waits.

    Raises:
        NotWaitingError: it was taken up or closed.
    """
    if referral.state not in WAITING_STATES:
        raise NotWaitingError("This referral does not wait any more. Open it to see what happened")


def check_between(day: date, first: date, last: date, *, field: str) -> None:
    """Nothing, when a day lies between two others (both count).

    Raises:
        DayNotPossibleError: it lies outside.
    """
    if day > last:
        raise DayNotPossibleError("The date must not be in the future", field=field)
    if day < first:
        raise DayNotPossibleError("The date is before the referral was received", field=field)


def _check_days(referral: Referral, details: WaitingContactDetails, *, on: date) -> None:
    if details.held_on is None and details.planned_on is None:
        raise DayNotPossibleError("Enter the day of the contact", field="held_on")
    if details.held_on is not None:
        check_between(details.held_on, referral.received_on, on, field="held_on")
    elif details.planned_on is not None and details.planned_on < on:
        raise DayNotPossibleError("A contact is planned for today or later", field="planned_on")


def _planned_for(referral: Referral, held_on: date | None) -> WaitingContact | None:
    """The open plan for the day on which a contact was held."""
    if held_on is None:
        return None
    plans = referral.waiting_contacts.filter(planned_on=held_on, held_on__isnull=True)
    return plans.order_by("created_at").first()


def _check_closing(referral: Referral, babies: Sequence[Person], *, kind: str, on: date) -> None:
    all_lost = bool(babies) and all(baby.is_lost for baby in babies)
    if all_lost and kind != LOSS:
        raise ClosingNotPossibleError("A loss is recorded. Close this wait as a loss", field="kind")
    if kind == LOSS and not all_lost:
        raise ClosingNotPossibleError("Record the loss on the family’s page first", field="kind")
    if kind == AGED_OUT and not _all_past_limit(referral, babies, on=on):
        raise ClosingNotPossibleError("The baby has not reached the age limit", field="kind")


def _all_past_limit(referral: Referral, babies: Sequence[Person], *, on: date) -> bool:
    months = team_rules(referral.team_id, on=on).limit_months
    limits = [limit_on(baby.dates, months) for baby in babies if not baby.is_lost]
    return all(limit is not None and limit <= on for limit in limits)
