"""The baby header and the story, in words, for each viewer."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.people import presenters, queries
from nestling.people.queries import FamilyPeople
from nestling.people.services import (
    BirthDetails,
    SafeContactDetails,
    end_membership,
    raise_alert,
    record_birth,
    record_loss,
    record_safeguarding,
    set_safe_contact,
)
from nestling.ui.components import BabyHeader
from tests.factories.people import (
    TODAY,
    PersonFactory,
    RelationshipFactory,
    family_of,
    join,
)
from tests.people.situation import Situation

pytestmark = pytest.mark.django_db


def header_of(
    here: Situation, viewer: User, *, on: date = TODAY, limit: int | None = 24
) -> BabyHeader:
    people = queries.header_people(here.family, on=on, baby=here.baby)
    return presenters.baby_header(
        people.babies[0], family=people, viewer=viewer, on=on, limit_months=limit, worker="Asha"
    )


def test_a_born_baby_s_header_says_age_carers_and_weeks_left(here: Situation, worker: User) -> None:
    header = header_of(here, worker)

    facts = {fact.label: fact.value for fact in header.facts}
    assert (header.name, header.age) == ("Wren OfWren", "16 weeks 6 days old")
    assert header.with_whom == "Juniper (mother) and Rowan (father) at home"
    assert facts["Born"] == "12 November 2025, at 38 weeks"
    assert facts["Weeks to age limit"] == "87"
    assert facts["NHS number"] == "not known yet"
    assert header.shown_ruler is not None


def test_without_a_limit_there_is_neither_ruler_nor_weeks(here: Situation, worker: User) -> None:
    header = header_of(here, worker, limit=None)

    assert header.shown_ruler is None
    assert "Weeks to age limit" not in {fact.label for fact in header.facts}


def test_an_overdue_baby_s_header_guesses_no_age(team: Team, worker: User) -> None:
    baby = PersonFactory.create(organisation=team.organisation, overdue=True)
    people = queries.header_people(family_of(team, babies=[baby]), on=TODAY)

    (header,) = presenters.baby_headers(people, viewer=worker, on=TODAY, limit_months=24)

    assert header.age == "Due 1 February 2026, no news of the birth"
    assert header.shown_ruler is None


def test_after_a_loss_the_header_says_no_age_date_or_limit(here: Situation, worker: User) -> None:
    record_loss(here.baby, loss="infant_death", lost_on=TODAY, on=TODAY, by=worker)

    header = header_of(here, worker)

    said = str(header)
    assert (header.shown_age, header.shown_ruler) == ("", None)
    for word in ("weeks", "months", "November", "2025", "limit", "pregnant", "living"):
        assert word not in said


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.PRACTITIONER, True),
        (Role.CLINICAL_LEAD, True),
        (Role.TEAM_ADMINISTRATOR, False),
        (Role.SERVICE_MANAGER, False),
    ],
)
def test_the_safeguarding_status_is_for_those_who_read_clinical_content(
    role: Role, sees: bool, user_as: Callable[..., User], here: Situation, team: Team, worker: User
) -> None:
    record_safeguarding(here.baby, team=team, status="cp_plan", from_on=date(2026, 1, 1), by=worker)

    header = header_of(here, user_as(role))

    assert bool(header.flags) is sees
    assert "red" not in {flag.colour for flag in header.flags}


def test_safe_contact_is_for_everyone_and_speaks_of_each_carer(
    here: Situation, team: Team, worker: User, user_as: Callable[..., User]
) -> None:
    rule = SafeContactDetails(may_text=True, words="Own phone only.")
    set_safe_contact(here.mother, rule, on=TODAY, by=worker)
    for kind in ("do_not_disclose_address", "lone_worker", "marac"):
        raise_alert(here.mother, team=team, kind=kind, on=TODAY, by=worker)

    lines = list(header_of(here, user_as(Role.TEAM_ADMINISTRATOR)).safe_contact)

    assert lines == [
        "Juniper: text; do not call or leave a voicemail or email or write; Own phone only.",
        "Do not say or print Juniper’s address.",
        "Do not visit Juniper alone.",
        "Rowan: no safe-contact rule yet, so ask how before you make contact.",
    ]


def test_a_carer_who_left_the_family_is_not_named(here: Situation, worker: User) -> None:
    end_membership(here.family, here.father, on=TODAY, by=worker)

    header = header_of(here, worker)

    assert "Rowan" not in str(header)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"born_on": date(1994, 5, 1)}, "31 years old"),
        ({"born_on": None}, ""),
        ({"child": True}, "3 years 10 months old"),
        ({"unborn": True}, "30 weeks pregnant"),
        ({"died": True}, ""),
    ],
)
def test_an_age_is_said_in_the_way_of_its_person(facts: dict[str, object], words: str) -> None:
    person = PersonFactory.create(**facts)

    assert presenters.age(person, TODAY) == words


def test_the_story_tells_births_losses_statuses_and_notes(
    here: Situation, team: Team, worker: User
) -> None:
    day = date(2026, 1, 20)
    record_safeguarding(here.baby, team=team, status="child_in_need", from_on=day, by=worker)
    unborn = PersonFactory.create(organisation=team.organisation, unborn=True, given_name="Bay")
    join(here.family, unborn, role="baby", from_on=TODAY)
    born_on = TODAY - timedelta(days=1)
    unborn.due_on = born_on
    unborn.save()
    record_birth(unborn, BirthDetails(born_on=born_on), on=TODAY, by=worker)
    record_loss(unborn, loss="neonatal_death", lost_on=TODAY, on=TODAY, by=worker)

    headings = {entry.heading for entry in queries.story_entries(here.family, TODAY, worker)}

    assert headings == {
        "Bay joined the family",
        "Bay was born",
        "Bay: Death in the first four weeks",
        "Wren: Child in Need plan",
        "Session: Wren",
    }


def test_the_story_keeps_clinical_entries_from_who_may_not_read_them(
    here: Situation, user_as: Callable[..., User]
) -> None:
    entries = queries.story_entries(here.family, TODAY, user_as(Role.TEAM_ADMINISTRATOR))

    assert entries == []


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        act()
    return len(caught)


def large_family(team: Team) -> FamilyPeople:
    place = team.organisation
    babies = PersonFactory.create_batch(3, organisation=place, baby=True)
    carers = PersonFactory.create_batch(10, organisation=place)
    return queries.family_people(family_of(team, babies=babies, carers=carers), TODAY)


def test_a_family_is_read_in_four_statements_whatever_its_size(here: Situation, team: Team) -> None:
    large = large_family(team)
    assert len(large.relationships) == 30

    for family in (here.family, large.family):
        assert statements(partial(queries.family_people, family, TODAY)) == 4
        assert statements(partial(queries.header_people, family, on=TODAY)) == 3


def test_headers_need_no_statement_of_their_own(here: Situation, worker: User, team: Team) -> None:
    people = large_family(team)
    worker.teams_where  # noqa: B018 - the memberships are read once a request
    presenters.baby_headers(people, viewer=worker, on=TODAY)

    assert statements(lambda: presenters.baby_headers(people, viewer=worker, on=TODAY)) == 0


def test_a_baby_known_to_two_households_is_read_in_each_with_its_own(
    here: Situation, team: Team, worker: User
) -> None:
    foster = PersonFactory.create(organisation=team.organisation, given_name="Sage")
    RelationshipFactory.create(baby=here.baby, carer=foster, with_foster_carer=True)
    second = family_of(team, babies=[], carers=[])
    join(second, here.baby, role="baby")
    join(second, foster, role="carer")

    people = queries.header_people(second, on=TODAY)

    assert presenters.with_whom(here.baby, people) == "Sage (foster carer) at home"
