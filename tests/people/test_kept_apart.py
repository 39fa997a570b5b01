"""No locked or sealed record is ever named as a possible duplicate, to anybody, on any way."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.foundation import record_index
from nestling.foundation.models import AccessLogEntry
from nestling.people import services
from nestling.people.matching import Matches, find_matches, wanted
from nestling.people.merging.facts import ASK_THE_LEAD
from nestling.people.models import DuplicatePair, Person, SealedRow
from nestling.people.pairing import list_pairs
from nestling.people.services import AdoptionDetails, LockDetails
from nestling.people.services.details import PersonDetails
from tests.factories.people import DuplicatePairFactory, PersonIdentifierFactory, nhs_number
from tests.people.situation import Situation

TODAY = date(2026, 3, 10)
NUMBER = nhs_number(70)
NEW = AdoptionDetails(given_name="Tansy", family_name="Ashdown")
Ways = dict[str, Callable[[], object]]

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def lead(user_as: Callable[..., User]) -> User:
    """The lead, whom a lock names."""
    return user_as(Role.CLINICAL_LEAD)


@pytest.fixture
def numbered(here: Situation) -> Situation:
    """The baby of the first family has a number."""
    PersonIdentifierFactory.create(person=here.baby, value=NUMBER)
    return here


def lock(here: Situation, lead: User, *, staff: dict[UUID, User] | None = None) -> None:
    details = LockDetails(reason="A cousin works here", names=(lead,), staff=staff or {})
    services.lock_record(
        [here.baby],
        details,
        persons=[here.mother, here.father],
        team=here.family.team,
        on=TODAY,
        by=lead,
    )


def adopt(here: Situation, lead: User) -> Person:
    new, _ = services.adopt(here.baby, NEW, team=here.family.team, on=TODAY, by=lead)
    return new


PROTECTED = {"locked": lock, "sealed": adopt}


def the_same_again(person: Person, by: User) -> Matches:
    """What somebody hears who adds the person with the same number, name and date."""
    details = PersonDetails(
        kind=person.kind,
        given_name=person.given_name,
        family_name=person.family_name,
        born_on=person.born_on,
    )
    sought = wanted(details, organisation=person.organisation, numbers=[("nhs", NUMBER)])
    return find_matches(sought, by=by)


@pytest.mark.parametrize("protect", PROTECTED.values(), ids=PROTECTED.keys())
def test_whoever_adds_the_same_person_hears_nothing_of_it(
    numbered: Situation, lead: User, worker: User, protect: Callable[..., object]
) -> None:
    assert the_same_again(numbered.baby, worker)
    protect(numbered, lead)

    for user in (worker, lead):
        found = the_same_again(numbered.baby, user)
        assert (found.same, found.twins, found.elsewhere) == ((), (), False)


@pytest.mark.parametrize("protect", PROTECTED.values(), ids=PROTECTED.keys())
def test_another_team_hears_not_even_that_the_person_is_known(
    numbered: Situation,
    lead: User,
    user_as: Callable[..., User],
    other_team: Team,
    protect: Callable[..., object],
) -> None:
    stranger = user_as(Role.CLINICAL_LEAD, in_team=other_team)
    assert the_same_again(numbered.baby, stranger).elsewhere
    protect(numbered, lead)

    assert not the_same_again(numbered.baby, stranger)


@pytest.mark.parametrize("protect", PROTECTED.values(), ids=PROTECTED.keys())
def test_the_form_says_nothing_and_logs_no_look(
    numbered: Situation, lead: User, browser: Client, protect: Callable[..., object]
) -> None:
    protect(numbered, lead)
    born_on = numbered.baby.born_on
    assert born_on is not None
    before = AccessLogEntry.objects.count()
    sent = {
        "role": "baby",
        "given_name": numbered.baby.given_name,
        "family_name": numbered.baby.family_name,
        "born_on-day": born_on.day,
        "born_on-month": born_on.month,
        "born_on-year": born_on.year,
    }

    page = browser.post(f"/families/{numbered.other_family.pk}/people/add/", sent)

    assert ASK_THE_LEAD not in page.content.decode()
    looked = AccessLogEntry.objects.filter(record_index.showing(numbered.baby.pk), pk__gt=before)
    assert not looked.exists()


@pytest.mark.parametrize("protect", PROTECTED.values(), ids=PROTECTED.keys())
def test_the_batch_puts_it_in_no_pair(
    numbered: Situation, lead: User, protect: Callable[..., object]
) -> None:
    protect(numbered, lead)
    double = services.add_person(
        PersonDetails(
            kind="baby",
            given_name=numbered.baby.given_name,
            family_name=numbered.baby.family_name,
            born_on=numbered.baby.born_on,
        ),
        organisation=numbered.baby.organisation,
        team=numbered.family.team,
        by=lead,
    )

    list_pairs(numbered.baby.organisation, threshold=-100, on=TODAY)

    named = set(DuplicatePair._base_manager.values_list("first", flat=True))
    named |= set(DuplicatePair._base_manager.values_list("second", flat=True))
    assert numbered.baby.pk not in named
    assert double.pk != numbered.baby.pk


@pytest.mark.parametrize("protect", PROTECTED.values(), ids=PROTECTED.keys())
def test_a_pair_that_stood_before_leaves_every_lead_s_list(
    numbered: Situation, lead: User, browser: Client, protect: Callable[..., object]
) -> None:
    first, second = sorted((numbered.baby, numbered.other_baby), key=lambda one: one.pk)
    DuplicatePairFactory.create(first=first, second=second, organisation=numbered.baby.organisation)
    browser.force_login(lead, backend="nestling.accounts.signed_in.SignInBackend")
    assert numbered.baby.full_name in browser.get("/duplicates/").content.decode()
    protect(numbered, lead)

    page = browser.get("/duplicates/").content.decode()
    beside = browser.get(f"/duplicates/{first.pk}/{second.pk}/")

    assert numbered.baby.full_name not in page
    assert numbered.other_baby.full_name not in page
    assert beside.status_code == 404


def test_everyone_in_a_locked_record_is_kept_apart_and_the_other_family_is_not(
    numbered: Situation, lead: User
) -> None:
    lock(numbered, lead)

    may_be = Person.objects.matchable()

    for person in (numbered.baby, numbered.mother, numbered.father, numbered.sister):
        assert not may_be.filter(pk=person.pk).exists(), person.full_name
    assert may_be.filter(pk=numbered.other_baby.pk).exists()


def test_a_carer_who_is_in_no_family_yet_is_kept_apart_with_the_locked_baby(
    numbered: Situation, lead: User
) -> None:
    numbered.baby.memberships.all().delete()
    lock(numbered, lead)

    assert not Person.objects.matchable().filter(pk=numbered.relationship.carer_id).exists()


def test_a_member_of_staff_is_kept_apart_also_when_the_lock_is_lifted(
    numbered: Situation, lead: User, worker: User
) -> None:
    lock(numbered, lead, staff={numbered.mother.pk: worker})
    for row in numbered.baby.locks.all():
        services.lift_lock(row, on=TODAY, by=lead)

    assert not Person.objects.matchable().filter(pk=numbered.mother.pk).exists()
    assert Person.objects.matchable().filter(pk=numbered.baby.pk).exists()


def test_the_new_record_of_an_adopted_child_is_never_matched_with_the_sealed_one(
    numbered: Situation, lead: User
) -> None:
    new = adopt(numbered, lead)

    list_pairs(new.organisation, threshold=-100, on=TODAY)

    sealed = SealedRow.objects.filter(kind="people.person").values_list("record_id", flat=True)
    pairs = DuplicatePair._base_manager.filter(first__in=list(sealed))
    assert list(sealed) == [numbered.baby.pk]
    assert not pairs.exists()
    assert not DuplicatePair._base_manager.filter(second__in=list(sealed)).exists()


def test_a_merge_across_teams_says_whom_to_ask(
    here: Situation, lead: User, browser: Client, other_team: Team
) -> None:
    services.link_to_team(here.other_baby, team=other_team, by=lead)
    browser.force_login(lead, backend="nestling.accounts.signed_in.SignInBackend")

    page = browser.get(f"/duplicates/{here.baby.pk}/{here.other_baby.pk}/").content.decode()

    assert "ask the lead of the other team" in page
    assert "Information governance can say who that is" in page
    assert other_team.name not in page
