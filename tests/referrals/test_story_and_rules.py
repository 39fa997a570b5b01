"""What the room tells of a family's story, and a team's rules as they stood on a day."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.referrals import queries, services
from nestling.referrals.models import Referral, TeamCriteria
from nestling.referrals.services import CriteriaDetails, DecisionDetails, ScreeningDetails
from nestling.science.acceptance import Verdict
from tests.factories.people import TODAY
from tests.factories.referrals import RECEIVED, TeamCriteriaFactory, received

pytestmark = pytest.mark.django_db

SCREENED = ScreeningDetails(
    complete=True, in_age="yes", in_area="yes", referrer_accepted=True, next_state="for_meeting"
)
RULES = CriteriaDetails(from_conception=False, limit_months=36, tested_on="received")


@pytest.fixture
def lead(user_as: Callable[..., User]) -> User:
    return user_as(Role.CLINICAL_LEAD)


def screened(team: Team, lead: User) -> Referral:
    referral = received(team)
    services.screen(referral, SCREENED, on=TODAY, by=lead)
    return referral


def told(referral: Referral, viewer: User) -> list[str]:
    assert referral.family is not None
    entries = queries.story_entries(referral.family, TODAY, viewer)
    return [f"{entry.heading} {entry.text}" for entry in entries]


def test_the_story_says_when_help_was_asked_and_what_was_decided(team: Team, lead: User) -> None:
    referral = screened(team, lead)
    decision = services.decide(
        referral, DecisionDetails(outcome="decline", reason="at_capacity"), on=TODAY, by=lead
    )
    services.tell(decision, whom="family", how="phone", on=TODAY, by=lead)

    story = told(referral, lead)

    assert story[0].startswith("Referral received.")
    assert "We have no room (closed list)." in story[1]
    assert "The family: told (phone call)." in story[1]


def test_the_reason_is_not_told_to_who_reads_no_clinical_content(
    team: Team, lead: User, user_as: Callable[..., User]
) -> None:
    referral = screened(team, lead)
    details = DecisionDetails(outcome="decline", reason="adult_mental_health")
    services.decide(referral, details, on=TODAY, by=lead)

    story = " ".join(told(referral, user_as(Role.SERVICE_MANAGER)))

    assert "Decision: Decline." in story
    assert "mental health" not in story


def test_after_a_loss_the_story_says_closed_and_nothing_of_turning_away(
    team: Team, lead: User
) -> None:
    referral = screened(team, lead)
    services.decide(referral, DecisionDetails(outcome="decline", reason="loss"), on=TODAY, by=lead)

    story = " ".join(told(referral, lead))

    assert "Referral closed." in story
    assert "Decline" not in story


def test_a_wait_that_ended_without_a_session_is_told(team: Team, lead: User) -> None:
    referral = screened(team, lead)
    services.decide(referral, DecisionDetails(outcome="accept"), on=TODAY, by=lead)
    services.close_waiting(referral, kind="gave_up_waiting", on=TODAY, by=lead)

    assert "ended without a first session" in " ".join(told(referral, lead))


def test_what_comes_later_is_not_told_of_an_earlier_day(team: Team, lead: User) -> None:
    referral = screened(team, lead)
    assert referral.family is not None

    assert queries.story_entries(referral.family, RECEIVED - timedelta(days=1), lead) == []


def test_the_referrals_of_a_family_are_found_newest_last(team: Team, lead: User) -> None:
    referral = screened(team, lead)
    assert referral.family is not None

    assert queries.referrals_of(referral.family) == [referral]
    assert queries.referral_of(referral.family) == referral


def test_a_referral_is_read_with_the_rules_of_the_day_it_came(team: Team, lead: User) -> None:
    TeamCriteriaFactory.create(team=team)
    services.set_criteria(team, RULES, on=TODAY, by=lead)
    people = queries.referral_people(referral := received(team), on=TODAY)

    before = queries.judgement_of(referral, people).age
    referral.received_on = TODAY

    assert (before, queries.judgement_of(referral, people).age) == (
        Verdict.INSIDE,
        Verdict.OUTSIDE,
    )


def test_rules_set_twice_in_a_day_are_one_row(team: Team, lead: User) -> None:
    services.set_criteria(team, RULES, on=TODAY, by=lead)
    services.set_criteria(team, RULES, on=TODAY, by=lead)

    assert TeamCriteria.objects.get().limit_months == 36


def test_a_team_without_rules_of_its_own_begins_with_nestlings(team: Team) -> None:
    assert queries.age_limit_months(team, on=TODAY) == 24
    assert queries.counted_domains(team, on=TODAY) == ()


def test_a_sign_opens_the_door_for_the_screener(team: Team) -> None:
    TeamCriteriaFactory.create(team=team, opening_signs=["disorganised_pattern"])
    referral = received(team)

    opened = queries.doors_opened(referral, more_signs=["disorganised_pattern"]).opened_by

    assert [door.code for door in opened] == ["disorganised_pattern"]
