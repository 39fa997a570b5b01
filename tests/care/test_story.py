"""What this room tells of a family, to whom, in how many statements."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nestling.accounts.models import Team, User
from nestling.care.queries import episodes_of, story_entries
from nestling.foundation.looks import gather_looks
from nestling.people.models import Family
from tests.factories.care import (
    ContactFactory,
    EndingFactory,
    InterimOfferFactory,
    PresenceFactory,
    StepMoveFactory,
    TriageAgainFactory,
    WaitingContactFactory,
    working_family,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def long_story(team: Team, *, ended: bool = True) -> Family:
    episode = working_family(team, ended_on=date(2026, 3, 5) if ended else None)
    referral = episode.referral
    WaitingContactFactory.create(referral=referral, held_on=date(2026, 2, 1))
    WaitingContactFactory.create(referral=referral, planned=True)
    InterimOfferFactory.create(referral=referral, offered_on=date(2026, 2, 2))
    TriageAgainFactory.create(referral=referral, on=date(2026, 2, 3))
    StepMoveFactory.create(episode=episode, handed_over_on=date(2026, 3, 4))
    contact = ContactFactory.create(episode=episode, team=team, on=date(2026, 2, 17))
    row = episode.in_focus.get().relationship
    PresenceFactory.create(contact=contact, person=row.carer, attendance="did_not_attend")
    PresenceFactory.create(contact=contact, person=row.baby, attendance="was_not_brought")
    EndingFactory.create(episode=episode, ended_on=date(2026, 3, 5), reopened=not ended)
    return episode.family


def test_the_story_is_told_newest_first(team: Team, practitioner: User, today: date) -> None:
    entries = story_entries(long_story(team), on=today, viewer=practitioner)

    told = [entry.heading for entry in entries]
    assert told == [
        "The work ended",
        "Stepped down to Enhanced health visiting",
        "Contact: At home",
        "Taken up",
        "Stage: Assessment",
        "Triage again",
        "Offered while waiting: Joint visit with the health visitor",
        "In touch while waiting: Phone",
    ]


def test_who_did_not_come_is_told_without_names(
    team: Team, practitioner: User, today: date
) -> None:
    entries = story_entries(long_story(team), on=today, viewer=practitioner)

    (contact,) = [entry for entry in entries if entry.kind == "missed"]
    assert contact.text == "Adult: did not come. Baby: was not brought."


def test_an_administrator_is_told_days_alone(team: Team, administrator: User, today: date) -> None:
    entries = story_entries(long_story(team), on=today, viewer=administrator)

    assert [entry.heading for entry in entries] == [
        "The work ended",
        "Contact: At home",
        "Taken up",
        "In touch while waiting: Phone",
    ]
    assert {entry.text for entry in entries} == {"", "A first session was agreed."}
    assert "missed" not in {entry.kind for entry in entries}


def test_what_has_not_come_is_not_told(team: Team, practitioner: User) -> None:
    early = date(2026, 2, 2)

    entries = story_entries(long_story(team), on=early, viewer=practitioner)

    assert max(entry.on for entry in entries) == early


def test_opening_again_is_told(team: Team, practitioner: User) -> None:
    family = long_story(team, ended=False)

    entries = story_entries(family, on=date(2026, 4, 1), viewer=practitioner)

    assert entries[0].heading == "Opened again"


def test_a_story_takes_one_statement_and_opens_no_record(
    team: Team, practitioner: User, today: date
) -> None:
    family = long_story(team)
    practitioner.current_memberships  # noqa: B018 - read once a request, before this

    with CaptureQueriesContext(connection) as statements, gather_looks() as looks:
        story_entries(family, on=today, viewer=practitioner)

    assert len(statements) == 1
    assert looks.records == set()


def test_a_familys_episodes_come_newest_first(team: Team) -> None:
    episode = working_family(team)

    assert episodes_of(episode.family) == [episode]
