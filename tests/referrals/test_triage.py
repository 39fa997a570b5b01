"""Screening, deciding, telling, waiting: the moves, and who is counted as left without help."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.people.services import record_loss
from nestling.referrals import queries, services
from nestling.referrals.models import Referral, ReferralState, UnmetNeed
from nestling.referrals.moves import (
    ENDED,
    LEGAL_MOVES,
    MoveNotLegalError,
    may_move,
    take_step,
)
from nestling.referrals.services import DecisionDetails, ScreeningDetails
from nestling.referrals.services.deciding import OUTCOME_STATES
from tests.factories.people import TODAY
from tests.factories.referrals import BORN, UNBORN, UnmetNeedFactory, received

pytestmark = pytest.mark.django_db

MEETING = ScreeningDetails(
    complete=True, in_age="yes", in_area="yes", referrer_accepted=True, next_state="for_meeting"
)
DECLINE = DecisionDetails(outcome="decline", reason="at_capacity")
ACCEPT = DecisionDetails(outcome="accept")


@pytest.fixture
def lead(user_as: Callable[..., User]) -> User:
    return user_as(Role.CLINICAL_LEAD)


def decided(referral: Referral, details: DecisionDetails, lead: User) -> Referral:
    services.decide(referral, details, on=TODAY, by=lead)
    referral.refresh_from_db()
    return referral


def lose(referral: Referral, lead: User) -> None:
    baby = referral.babies_link.get().baby
    record_loss(baby, loss="stillbirth", lost_on=TODAY, on=TODAY, by=lead)


def test_screening_declares_the_family_that_the_screener_saw(team: Team, lead: User) -> None:
    referral = received(team)

    services.screen(referral, MEETING, on=TODAY, by=lead)

    referral.refresh_from_db()
    assert referral.family is not None
    assert {row.role for row in referral.family.members.all()} == {"baby", "carer"}
    assert referral.family.declared_by == lead


def test_a_second_screening_declares_no_second_family(team: Team, lead: User) -> None:
    referral = received(team)
    services.screen(referral, MEETING, on=TODAY, by=lead)
    family = referral.family

    services.screen(referral, MEETING, on=TODAY, by=lead)

    assert referral.family == family


def test_a_sign_that_the_screener_learned_is_kept_once(team: Team, lead: User) -> None:
    referral = received(team, signs=frozenset({"earlier_removal"}))
    details = ScreeningDetails(
        complete=True,
        in_age="yes",
        in_area="yes",
        referrer_accepted=True,
        next_state="for_meeting",
        signs=frozenset({"earlier_removal", "disorganised_pattern"}),
    )

    services.screen(referral, details, on=TODAY, by=lead)

    assert sorted(referral.indicators.values_list("sign", flat=True)) == [
        "disorganised_pattern",
        "earlier_removal",
    ]


@pytest.mark.parametrize(("outcome", "state"), OUTCOME_STATES.items())
def test_each_decision_leads_to_its_state(
    team: Team, lead: User, outcome: str, state: ReferralState
) -> None:
    details = DecisionDetails(
        outcome=outcome, reason="at_capacity", redirected_to="A hub", someone_sees_baby="yes"
    )

    assert decided(received(team), details, lead).state == state


def test_turning_away_counts_each_baby_with_the_reason(team: Team, lead: User) -> None:
    referral = received(team, babies=(UNBORN, BORN))

    decided(referral, DECLINE, lead)

    rows = UnmetNeed.objects.filter(referral=referral)
    assert [(row.kind, row.reason) for row in rows] == [("declined", "at_capacity")] * 2
    assert {row.baby_id for row in rows} == set(
        referral.babies_link.values_list("baby_id", flat=True)
    )


def test_accepting_counts_nobody(team: Team, lead: User) -> None:
    decided(received(team), ACCEPT, lead)

    assert not UnmetNeed.objects.exists()


@pytest.mark.parametrize(("seen", "counted"), [("yes", 0), ("no", 1), ("not_known", 1)])
def test_advice_to_the_network_counts_a_baby_whom_nobody_sees(
    team: Team, lead: User, seen: str, counted: int
) -> None:
    details = DecisionDetails(outcome="consultation_only", someone_sees_baby=seen)

    decided(received(team), details, lead)

    assert UnmetNeed.objects.filter(kind="consultation_only").count() == counted


def test_a_redirect_counts_only_once_the_baby_was_not_seen_there(team: Team, lead: User) -> None:
    details = DecisionDetails(
        outcome="redirect", reason="universal_or_targeted", redirected_to="The family hub"
    )
    referral = decided(received(team), details, lead)
    before = UnmetNeed.objects.count()

    services.note_redirect_outcome(
        queries.open_redirect(referral), taken_up="no", on=TODAY, by=lead
    )

    assert before == 0
    assert UnmetNeed.objects.get().kind == "redirected_not_taken_up"


def test_a_baby_who_was_seen_there_after_all_is_helped_from_that_day(
    team: Team, lead: User
) -> None:
    details = DecisionDetails(outcome="redirect", reason="developmental", redirected_to="Paeds")
    decision = queries.open_redirect(decided(received(team), details, lead))
    services.note_redirect_outcome(decision, taken_up="no", on=TODAY, by=lead)

    later = TODAY + timedelta(days=9)
    services.note_redirect_outcome(decision, taken_up="yes", on=later, by=lead)

    assert UnmetNeed.objects.get().met_on == later


def test_saying_twice_that_the_baby_was_not_seen_counts_once(team: Team, lead: User) -> None:
    details = DecisionDetails(outcome="redirect", reason="developmental", redirected_to="Paeds")
    decision = queries.open_redirect(decided(received(team), details, lead))

    for _ in range(2):
        services.note_redirect_outcome(decision, taken_up="no", on=TODAY, by=lead)

    assert UnmetNeed.objects.count() == 1


def test_a_loss_is_never_counted_whatever_is_decided(team: Team, lead: User) -> None:
    referral = received(team)
    lose(referral, lead)

    decided(referral, DECLINE, lead)

    assert not UnmetNeed.objects.exists()


def test_closing_after_a_loss_counts_nobody(team: Team, lead: User) -> None:
    decided(received(team), DecisionDetails(outcome="decline", reason="loss"), lead)

    assert not UnmetNeed.objects.exists()


def test_of_twins_only_the_one_who_lives_is_counted(team: Team, lead: User) -> None:
    referral = received(team, babies=(UNBORN, BORN))
    lost, living = (link.baby for link in referral.babies_link.order_by("created_at", "pk"))
    record_loss(lost, loss="stillbirth", lost_on=TODAY, on=TODAY, by=lead)

    decided(referral, DECLINE, lead)

    assert UnmetNeed.objects.get().baby == living


@pytest.mark.database
def test_the_database_itself_takes_no_loss_as_unmet_need(team: Team) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UnmetNeedFactory.create(reason="loss")


@pytest.mark.parametrize("kind", ["gave_up_waiting", "aged_out", "moved_away"])
def test_a_wait_that_ends_without_a_session_counts_the_baby(
    team: Team, lead: User, kind: str
) -> None:
    referral = decided(received(team), ACCEPT, lead)

    services.close_waiting(referral, kind=kind, on=TODAY, by=lead)

    assert UnmetNeed.objects.get().kind == kind
    assert referral.state == ReferralState.CLOSED_WAITING


def test_a_wait_that_ends_in_a_loss_counts_nobody(team: Team, lead: User) -> None:
    referral = decided(received(team), ACCEPT, lead)

    services.close_waiting(referral, kind="loss", on=TODAY, by=lead)

    assert not UnmetNeed.objects.exists()


def test_a_word_that_closes_no_wait_is_refused(team: Team, lead: User) -> None:
    referral = decided(received(team), ACCEPT, lead)

    with pytest.raises(ValueError, match="does not close"):
        services.close_waiting(referral, kind="declined", on=TODAY, by=lead)


def test_take_up_meets_what_was_counted_about_the_baby(team: Team, lead: User) -> None:
    referral = decided(received(team), ACCEPT, lead)
    baby = referral.babies_link.get().baby
    earlier = UnmetNeedFactory.create(team=team, baby=baby)

    services.mark_taken_up(referral, on=TODAY, by=lead)

    earlier.refresh_from_db()
    assert earlier.met_on == TODAY


def test_nobody_can_wait_where_no_baby_is_named(team: Team, lead: User) -> None:
    referral = received(team, babies=(), carers=())

    with pytest.raises(services.DecisionNotPossibleError):
        services.decide(referral, ACCEPT, on=TODAY, by=lead)


def test_a_baby_who_was_not_named_is_counted_all_the_same(team: Team, lead: User) -> None:
    decided(received(team, babies=(), carers=()), DECLINE, lead)

    assert UnmetNeed.objects.get().baby_id is None


def test_what_is_decided_for_good_cannot_be_decided_again(team: Team, lead: User) -> None:
    referral = decided(received(team), DECLINE, lead)

    with pytest.raises(MoveNotLegalError):
        services.decide(referral, ACCEPT, on=TODAY, by=lead)

    assert referral.decisions.count() == 1


def test_only_a_delay_that_is_open_can_end(team: Team, lead: User) -> None:
    referral = decided(received(team), ACCEPT, lead)
    services.pause(referral, from_on=TODAY, words="After Easter", by=lead)

    with pytest.raises(services.PauseNotPossibleError):
        services.pause(referral, from_on=TODAY, words="", by=lead)
    services.resume(referral, until_on=TODAY + timedelta(days=3), by=lead)
    with pytest.raises(services.PauseNotPossibleError):
        services.resume(referral, until_on=TODAY, by=lead)


def test_every_state_has_its_line_in_the_table_of_moves() -> None:
    assert set(LEGAL_MOVES) == set(ReferralState)
    assert all(not LEGAL_MOVES[state] for state in ENDED)


@given(moves=st.lists(st.sampled_from(ReferralState), max_size=8))
def test_the_column_is_always_the_state_last_signed(team: Team, moves: list[ReferralState]) -> None:
    referral = received(team)

    for to in moves:
        if may_move(referral, to=to):
            take_step(referral, to=to, on=TODAY, by=None)
        else:
            with pytest.raises(MoveNotLegalError):
                take_step(referral, to=to, on=TODAY, by=None)

    signed = referral.steps.order_by("-number").first()
    assert signed is not None
    assert signed.state == referral.state
    assert queries.states_out_of_step() == []
