"""The waiting list: who is on it, in which order, and why someone is looked at again."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.care import services
from nestling.care.queries import WaitingList, WaitingRow, waiting_list
from nestling.foundation.looks import gather_looks
from nestling.people.models import Person, SafeguardingStatus
from nestling.people.services import BirthDetails, record_birth
from nestling.referrals.models import Referral
from nestling.science.waiting import Trigger
from tests.factories.care import (
    InterimOfferFactory,
    WaitingContactFactory,
    WaitingReferralFactory,
    pause_of,
    rules_of,
    waiting_family,
)
from tests.factories.people import PersonFactory, RelationshipFactory, family_of, join

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def baby_of(team: Team, *, days_old: int, today: date) -> Person:
    born = today - timedelta(days=days_old)
    made: Person = PersonFactory.create(
        baby=True, organisation=team.organisation, born_on=born, due_on=born
    )
    return made


def wait(team: Team, today: date, *, days_old: int, days: int) -> Referral:
    babies = [baby_of(team, days_old=days_old, today=today)]
    return waiting_family(team, babies=babies, received_on=today - timedelta(days=days))


def only_row(found: WaitingList) -> WaitingRow:
    (row,) = found.rows
    return row


def test_the_largest_share_of_a_life_stands_first(team: Team, lead: User, today: date) -> None:
    wait(team, today, days_old=270, days=71)
    wait(team, today, days_old=47, days=42)
    wait(team, today, days_old=84, days=61)

    found = waiting_list(lead, on=today)

    assert [row.key.share.percent for row in found.rows if row.key.share] == [89, 73, 26]


def test_other_orders_are_days_limit_and_receipt(team: Team, lead: User, today: date) -> None:
    old = wait(team, today, days_old=600, days=50)
    young = wait(team, today, days_old=47, days=42)
    middle = wait(team, today, days_old=270, days=71)

    def order(name: str) -> list[object]:
        return [row.referral for row in waiting_list(lead, on=today, order=name).rows]

    assert order("days") == [middle, old, young]
    assert order("limit") == [old, middle, young]
    assert order("received") == [middle, old, young]


def test_an_unknown_order_or_filter_stands_for_the_first(
    team: Team, lead: User, today: date
) -> None:
    wait(team, today, days_old=47, days=42)

    assert waiting_list(lead, on=today, order="'; drop", show="\x00", page=-3).total == 1


def test_the_order_holds_over_every_page(team: Team, lead: User, today: date) -> None:
    for number in range(53):
        wait(team, today, days_old=200, days=number + 1)

    first = waiting_list(lead, on=today, page=1)
    second = waiting_list(lead, on=today, page=2)

    days = [row.key.days for row in (*first.rows, *second.rows)]
    assert (len(first.rows), len(second.rows), first.total) == (50, 3, 53)
    assert days == list(range(53, 0, -1))


def test_a_page_past_the_end_is_the_last(team: Team, lead: User, today: date) -> None:
    wait(team, today, days_old=47, days=42)

    assert waiting_list(lead, on=today, page=9).page == 1


def test_a_row_names_the_familys_carers_and_no_one_elses(
    team: Team, lead: User, today: date
) -> None:
    father = PersonFactory.create(organisation=team.organisation, given_name="Rowan")
    first = waiting_family(team, carers=[father])
    mother = PersonFactory.create(organisation=team.organisation, given_name="Hettie")
    elsewhere = baby_of(team, days_old=30, today=today)
    family_of(team, babies=[elsewhere], carers=[father, mother])

    row = only_row(waiting_list(lead, on=today))

    assert row.referral == first
    assert [carer.person for carer in row.carers] == [father]


def test_a_carer_outside_the_declared_family_is_not_named(
    team: Team, lead: User, today: date
) -> None:
    baby = baby_of(team, days_old=30, today=today)
    waiting_family(team, babies=[baby])
    RelationshipFactory.create(baby=baby, with_father=True)

    assert len(only_row(waiting_list(lead, on=today)).carers) == 1


def test_twins_are_one_row(team: Team, lead: User, today: date) -> None:
    twins = [baby_of(team, days_old=30, today=today) for _ in range(2)]
    waiting_family(team, babies=twins)

    assert set(only_row(waiting_list(lead, on=today)).babies) == set(twins)


def test_only_who_is_shown_is_logged_as_seen(team: Team, lead: User, today: date) -> None:
    for number in range(52):
        wait(team, today, days_old=200, days=number + 1)

    with gather_looks() as looks:
        found = waiting_list(lead, on=today, page=2)

    shown = {("referrals.referral", row.referral.pk) for row in found.rows}
    shown |= {("people.person", baby.pk) for row in found.rows for baby in row.babies}
    shown |= {("people.person", carer.person.pk) for row in found.rows for carer in row.carers}
    assert looks.records == shown
    assert len(found.rows) == 2


def test_the_number_of_statements_does_not_grow(team: Team, lead: User, today: date) -> None:
    counts = []
    for more in (3, 27):
        for number in range(more):
            wait(team, today, days_old=200, days=number + 1)
        fresh = User.objects.get(pk=lead.pk)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            waiting_list(fresh, on=today)
        counts.append(len(statements))

    assert counts == [7, 7]


def test_another_team_is_not_listed(team: Team, other_team: Team, lead: User, today: date) -> None:
    wait(other_team, today, days_old=30, days=10)

    assert waiting_list(lead, on=today).total == 0


@pytest.mark.parametrize("state", ["received", "taken_up", "closed_waiting", "declined"])
def test_only_those_who_wait_are_listed(team: Team, lead: User, today: date, state: str) -> None:
    waiting_family(team, state=state)

    assert waiting_list(lead, on=today).total == 0


def test_being_held_until_the_birth_is_waiting(team: Team, lead: User, today: date) -> None:
    unborn = PersonFactory.create(unborn=True, organisation=team.organisation)
    waiting_family(team, babies=[unborn], held_for_birth=True)

    row = only_row(waiting_list(lead, on=today, show="unborn"))

    assert row.key.share is not None
    assert row.key.share.of_pregnancy


def test_a_pause_that_the_family_asked_for_is_not_counted(
    team: Team, lead: User, today: date
) -> None:
    referral = waiting_family(team, received_on=today - timedelta(days=40))
    pause_of(referral, from_on=today - timedelta(days=30), until_on=today - timedelta(days=20))

    assert only_row(waiting_list(lead, on=today)).key.days == 30


def test_after_a_loss_a_row_says_no_age_and_stands_last(
    team: Team, lead: User, today: date
) -> None:
    lost = PersonFactory.create(died=True, organisation=team.organisation)
    waiting_family(team, babies=[lost], received_on=today - timedelta(days=300))
    wait(team, today, days_old=200, days=1)

    found = waiting_list(lead, on=today)

    key = found.rows[-1].key
    assert (key.lost, key.share, key.limit_on, key.triggers) == (True, None, None, ())
    assert (found.lost, found.figures.families, found.figures.longest_wait) == (1, 2, 1)


def test_the_living_twin_speaks_for_both(team: Team, lead: User, today: date) -> None:
    lost = PersonFactory.create(died=True, organisation=team.organisation)
    living = baby_of(team, days_old=60, today=today)
    waiting_family(team, babies=[lost, living])

    assert only_row(waiting_list(lead, on=today)).key.dates == living.dates


def test_last_and_next_contact_and_the_offer_are_shown(team: Team, lead: User, today: date) -> None:
    referral = waiting_family(team)
    WaitingContactFactory.create(referral=referral, held_on=date(2026, 2, 20), mode="text")
    WaitingContactFactory.create(referral=referral, held_on=date(2026, 3, 6), mode="phone")
    WaitingContactFactory.create(referral=referral, planned=True, mode="home")
    InterimOfferFactory.create(referral=referral, offer="joint_visit")

    row = only_row(waiting_list(lead, on=today))

    assert (row.key.last_contact_on, row.last_contact_mode) == (date(2026, 3, 6), "phone")
    assert (row.key.next_contact_on, row.next_contact_mode) == (date(2026, 3, 13), "home")
    assert row.interim_offer == "joint_visit"


def test_those_with_nothing_booked_can_be_shown_alone(team: Team, lead: User, today: date) -> None:
    booked, free = waiting_family(team), waiting_family(team)
    WaitingContactFactory.create(referral=booked, planned=True)

    found = waiting_list(lead, on=today, show="unbooked")

    assert [row.referral for row in found.rows] == [free]


def test_a_safeguarding_status_is_for_those_who_read_clinical_content(
    team: Team, lead: User, administrator: User, today: date
) -> None:
    baby = baby_of(team, days_old=60, today=today)
    waiting_family(team, babies=[baby])
    SafeguardingStatus.objects.create(
        team=team, baby=baby, status="cp_plan", from_on=date(2026, 2, 1)
    )

    seen = only_row(waiting_list(lead, on=today))
    hidden = only_row(waiting_list(administrator, on=today))

    assert seen.statuses == ("cp_plan",)
    assert Trigger.STATUS_CHANGE in seen.key.triggers
    assert hidden.statuses == ()
    assert Trigger.STATUS_CHANGE not in hidden.key.triggers


def test_a_birth_since_the_decision_asks_for_a_look_until_someone_looks(
    team: Team, lead: User, today: date
) -> None:
    unborn = PersonFactory.create(unborn=True, organisation=team.organisation, due_on=today)
    referral = waiting_family(team, babies=[unborn], received_on=today - timedelta(days=5))
    assert only_row(waiting_list(lead, on=today)).key.triggers == ()

    record_birth(unborn, BirthDetails(born_on=today), on=today, by=lead)
    assert only_row(waiting_list(lead, on=today)).key.triggers == (Trigger.BIRTH,)

    services.triage_again(referral, [Trigger.BIRTH], words="", on=today, by=lead)
    assert only_row(waiting_list(lead, on=today)).key.triggers == ()


def test_the_teams_own_numbers_decide_about_silence_and_the_limit(
    team: Team, lead: User, today: date
) -> None:
    rules_of(team, limit_months=12, near_limit_days=100, no_contact_days=7)
    wait(team, today, days_old=280, days=8)

    row = only_row(waiting_list(lead, on=today))

    assert row.key.triggers == (Trigger.NEAR_LIMIT, Trigger.NO_CONTACT)


def test_being_told_of_the_decision_is_a_contact(team: Team, lead: User, today: date) -> None:
    referral = waiting_family(team, received_on=today - timedelta(days=60))
    decision = referral.decisions.get()
    decision.told.create(
        whom="family", how="letter", told_on=today - timedelta(days=3), told_by=lead
    )

    row = only_row(waiting_list(lead, on=today, show="all"))

    assert row.last_contact_mode == "decision"
    assert Trigger.NO_CONTACT not in row.key.triggers


def test_news_from_the_referrer_asks_for_a_look(team: Team, lead: User, today: date) -> None:
    referral = waiting_family(team, received_on=today - timedelta(days=5))

    services.note_referrer_update(
        referral, words="They have moved", heard_on=today, on=today, by=lead
    )

    found = waiting_list(lead, on=today, show="again")
    assert only_row(found).key.triggers == (Trigger.REFERRER_UPDATE,)
    assert found.figures.need_look == 1


def test_the_numbers_above_an_empty_list(lead: User, today: date) -> None:
    figures = waiting_list(lead, on=today).figures

    assert (figures.families, figures.middle_wait, figures.longest_wait) == (0, None, None)


def test_a_commissioner_sees_no_list(team: Team, user_as: Callable[..., User], today: date) -> None:
    waiting_family(team)

    assert waiting_list(user_as(Role.COMMISSIONER), on=today).total == 0


def test_a_referral_of_an_undeclared_family_has_no_carers_to_name(
    team: Team, lead: User, today: date
) -> None:
    baby = baby_of(team, days_old=60, today=today)
    join(family_of(team, babies=[baby]), baby_of(team, days_old=10, today=today), role="baby")
    referral = WaitingReferralFactory.create(family=None, team=team)
    referral.babies_link.create(baby=baby)

    assert only_row(waiting_list(lead, on=today)).carers == ()
