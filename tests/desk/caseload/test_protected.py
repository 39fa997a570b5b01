"""The nightly caseload against seals and locks: everyone who holds it reads all of it."""

from collections.abc import Callable

import pytest

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.desk.caseload.rows import FamilyEntry, caseload_of
from nestling.people import services
from nestling.people.models import Family, Person, Relationship
from nestling.people.queries.protection import who_may_be_named
from nestling.people.services import AdoptionDetails, LockDetails
from nestling.referrals.models import ReferralState
from nestling.referrals.services import screen
from tests.factories.care import waiting_family, working_family
from tests.factories.people import TODAY, PersonFactory, join
from tests.factories.referrals import ReferralBabyFactory, received
from tests.referrals.test_triage import MEETING

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = AdoptionDetails(given_name="Tansy", family_name="Ashdown")
OLD_NAME = "Saxifrage"


@pytest.fixture
def lead(user_as: Callable[..., User]) -> User:
    return user_as(Role.CLINICAL_LEAD)


@pytest.fixture
def family(team: Team) -> Family:
    """A family in work, its baby with a name of its own."""
    family = working_family(team).family
    Person.objects.filter(pk=baby_of(family).pk).update(given_name=OLD_NAME)
    return family


@pytest.fixture
def twin(family: Family, team: Team) -> Person:
    """A second baby, referred with the first and with the same mother."""
    baby: Person = PersonFactory.create(
        baby=True, organisation=team.organisation, given_name="Robin"
    )
    join(family, baby, role="baby")
    ReferralBabyFactory.create(referral=family.referrals.get(), baby=baby)
    for row in Relationship.objects.filter(baby=baby_of(family)):
        Relationship.objects.create(baby=baby, carer=row.carer, kind=row.kind)
    return baby


def baby_of(family: Family) -> Person:
    return family.members.filter(role="baby").order_by("created_at", "pk")[0].person


def copied(team: Team) -> tuple[FamilyEntry, ...]:
    """What the copy holds of a team."""
    (held,) = [one for one in caseload_of(team.organisation, on=TODAY) if one.team == team.name]
    return held.families


def lock(baby: Person, *names: User, team: Team, by: User) -> None:
    details = LockDetails(reason="A cousin works here", names=names)
    services.lock_record([baby], details, persons=[], team=team, on=TODAY, by=by)


def test_a_sealed_record_is_not_in_it_and_its_new_one_only_once_it_is_in_work(
    family: Family, team: Team, lead: User
) -> None:
    assert OLD_NAME in repr(copied(team))
    services.adopt(baby_of(family), NEW, team=team, on=TODAY, by=lead)

    assert copied(team) == ()


def test_a_brother_or_sister_stays_in_it_without_the_child_who_left(
    family: Family, team: Team, lead: User, twin: Person
) -> None:
    child = baby_of(family)
    services.adopt(child, NEW, team=team, on=TODAY, by=lead)

    (entry,) = copied(team)

    assert entry.heading == twin.full_name
    assert [baby.name for baby in entry.babies] == [twin.full_name]
    assert len(entry.carers) == 1
    assert OLD_NAME not in repr(entry)
    assert "Tansy" not in repr(entry)
    assert ("people.person", child.pk) not in entry.shows


def test_a_sealed_referral_that_waited_is_not_in_it(team: Team, lead: User) -> None:
    waits = waiting_family(team)
    assert len(copied(team)) == 1
    family = waits.family
    assert family is not None

    services.adopt(baby_of(family), NEW, team=team, on=TODAY, by=lead)

    assert copied(team) == ()


def test_a_record_that_is_locked_for_the_whole_team_by_name_is_left_out_too(
    family: Family, team: Team, lead: User
) -> None:
    everyone = who_may_be_named(team, on=TODAY)

    lock(baby_of(family), *everyone, team=team, by=lead)

    assert copied(team) == ()


def test_one_locked_twin_takes_the_family_out(
    family: Family, team: Team, lead: User, twin: Person
) -> None:
    lock(twin, lead, team=team, by=lead)

    assert copied(team) == ()


def test_a_lock_that_another_team_set_takes_it_out_as_well(
    family: Family, team: Team, other_team: Team, user_as: Callable[..., User]
) -> None:
    theirs = user_as(Role.CLINICAL_LEAD, in_team=other_team)
    services.link_to_team(baby_of(family), team=other_team, by=theirs)

    lock(baby_of(family), theirs, team=other_team, by=theirs)

    assert copied(team) == ()


def test_a_lifted_lock_puts_it_back(family: Family, team: Team, lead: User) -> None:
    lock(baby_of(family), lead, team=team, by=lead)
    for row in baby_of(family).locks.all():
        services.lift_lock(row, on=TODAY, by=lead)

    assert len(copied(team)) == 1


def test_other_families_stay_beside_a_locked_one(family: Family, team: Team, lead: User) -> None:
    other = waiting_family(team).family
    assert other is not None

    lock(baby_of(family), lead, team=team, by=lead)

    (entry,) = copied(team)
    assert entry.heading == baby_of(other).full_name
    assert OLD_NAME not in repr(entry)


def test_a_referral_that_was_locked_before_its_family_was_declared_is_left_out(
    team: Team, lead: User
) -> None:
    referral = received(team)
    lock(referral.babies_link.get().baby, lead, team=team, by=lead)

    screen(referral, MEETING, on=TODAY, by=lead)

    referral.refresh_from_db()
    assert (referral.state, referral.family is not None) == (ReferralState.FOR_MEETING, True)
    assert copied(team) == ()


def test_a_brother_s_own_family_with_a_sealed_child_s_father_does_not_name_the_child(
    family: Family, team: Team, lead: User
) -> None:
    father = Relationship.objects.filter(baby=baby_of(family))[0].carer
    second = working_family(team).family
    join(second, father, role="carer")

    services.adopt(baby_of(family), NEW, team=team, on=TODAY, by=lead)

    (entry,) = copied(team)
    assert OLD_NAME not in repr(entry)
