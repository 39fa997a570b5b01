"""What may be written while a family waits, and what may not."""

from datetime import date, timedelta

import pytest

from nestling.accounts.models import Team, User
from nestling.care.errors import ClosingNotPossibleError, DayNotPossibleError, NotWaitingError
from nestling.care.models import TriageAgain
from nestling.care.services import (
    InterimOfferDetails,
    WaitingContactDetails,
    close_waiting,
    make_interim_offer,
    note_referrer_update,
    record_waiting_contact,
    triage_again,
)
from nestling.foundation.models import AuditEvent
from nestling.referrals.models import ReferralState, UnmetNeed
from nestling.science.waiting import Trigger
from tests.factories.care import WaitingContactFactory, waiting_family
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def held(day: date) -> WaitingContactDetails:
    return WaitingContactDetails(mode="phone", held_on=day, words="All is well")


def test_a_contact_held_on_its_planned_day_is_that_plan(
    team: Team, lead: User, today: date
) -> None:
    referral = waiting_family(team)
    plan = WaitingContactFactory.create(referral=referral, held_on=None, planned_on=today)

    found = record_waiting_contact(referral, held(today), on=today, by=lead)

    assert found.pk == plan.pk
    assert (found.planned_on, found.held_on) == (today, today)


def test_a_contact_without_a_plan_stands_by_itself(team: Team, lead: User, today: date) -> None:
    referral = waiting_family(team)

    record_waiting_contact(referral, held(today), on=today, by=lead)

    assert referral.waiting_contacts.get().planned_on is None


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (WaitingContactDetails(mode="phone"), "held_on"),
        (WaitingContactDetails(mode="phone", held_on=date(2026, 3, 11)), "held_on"),
        (WaitingContactDetails(mode="phone", held_on=date(2020, 1, 1)), "held_on"),
        (WaitingContactDetails(mode="phone", planned_on=date(2026, 3, 9)), "planned_on"),
    ],
)
def test_a_contact_has_a_day_that_can_be(
    team: Team, lead: User, today: date, details: WaitingContactDetails, field: str
) -> None:
    referral = waiting_family(team)

    with pytest.raises(DayNotPossibleError) as caught:
        record_waiting_contact(referral, details, on=today, by=lead)

    assert caught.value.field == field


def test_the_words_of_a_contact_are_sealed_in_the_audit_trail(
    team: Team, lead: User, today: date
) -> None:
    record_waiting_contact(waiting_family(team), held(today), on=today, by=lead)

    event = AuditEvent.objects.filter(kind="care.waitingcontact").get()
    assert event.changes["words"][1].startswith("sealed:")


def test_an_offer_lies_between_receipt_and_today(team: Team, lead: User, today: date) -> None:
    referral = waiting_family(team)
    tomorrow = InterimOfferDetails(offer="drop_in", offered_on=today + timedelta(days=1))

    with pytest.raises(DayNotPossibleError):
        make_interim_offer(referral, tomorrow, on=today, by=lead)


def test_every_reason_looked_at_is_a_row(team: Team, lead: User, today: date) -> None:
    referral = waiting_family(team)

    triage_again(referral, [Trigger.BIRTH, Trigger.NEAR_LIMIT], words="Next", on=today, by=lead)

    triggers = TriageAgain.objects.order_by("trigger").values_list("trigger", flat=True)
    assert list(triggers) == ["birth", "near_limit"]


def test_nothing_is_written_on_a_wait_that_is_over(team: Team, lead: User, today: date) -> None:
    referral = waiting_family(team, taken_up=True)
    acts = (
        lambda: record_waiting_contact(referral, held(today), on=today, by=lead),
        lambda: triage_again(referral, [Trigger.BIRTH], words="", on=today, by=lead),
        lambda: note_referrer_update(referral, words="x", heard_on=today, on=today, by=lead),
        lambda: close_waiting(referral, kind="moved_away", on=today, by=lead),
    )

    for act in acts:
        with pytest.raises(NotWaitingError):
            act()


def test_each_baby_whose_family_gives_up_is_counted(team: Team, lead: User, today: date) -> None:
    twins = [PersonFactory.create(baby=True, organisation=team.organisation) for _ in range(2)]
    referral = waiting_family(team, babies=twins)

    close_waiting(referral, kind="gave_up_waiting", on=today, by=lead)

    assert referral.state == ReferralState.CLOSED_WAITING
    assert {row.baby for row in UnmetNeed.objects.all()} == set(twins)


def test_a_loss_counts_no_need(team: Team, lead: User, today: date) -> None:
    lost = PersonFactory.create(died=True, organisation=team.organisation)
    referral = waiting_family(team, babies=[lost])

    close_waiting(referral, kind="loss", on=today, by=lead)

    assert not UnmetNeed.objects.exists()


def test_after_a_loss_only_a_loss_closes_the_wait(team: Team, lead: User, today: date) -> None:
    lost = PersonFactory.create(died=True, organisation=team.organisation)
    referral = waiting_family(team, babies=[lost])

    with pytest.raises(ClosingNotPossibleError):
        close_waiting(referral, kind="gave_up_waiting", on=today, by=lead)


def test_a_loss_is_recorded_on_the_baby_first(team: Team, lead: User, today: date) -> None:
    with pytest.raises(ClosingNotPossibleError):
        close_waiting(waiting_family(team), kind="loss", on=today, by=lead)


def test_a_baby_ages_out_on_the_day_of_the_limit(team: Team, lead: User) -> None:
    baby = PersonFactory.create(
        baby=True, organisation=team.organisation, born_on=date(2024, 3, 10)
    )
    referral = waiting_family(team, babies=[baby])

    with pytest.raises(ClosingNotPossibleError):
        close_waiting(referral, kind="aged_out", on=date(2026, 3, 9), by=lead)
    close_waiting(referral, kind="aged_out", on=date(2026, 3, 10), by=lead)

    assert UnmetNeed.objects.get().kind == "aged_out"
