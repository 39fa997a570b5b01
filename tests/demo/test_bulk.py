"""Very many families: copies of told stories, of other people, whole and without a loose end."""

import random
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from nhs_number.validate import is_valid

from nestling.accounts.models import Membership, Organisation, Team
from nestling.care.models import Episode
from nestling.demo import build, copying
from nestling.demo.build import DemoSettings, build_demo
from nestling.demo.bulk import Stock, copy_rows, fresh_press, standing
from nestling.demo.copying import NotCopiedError, family_models, patterns
from nestling.demo.crowd import Crowd, all_codes
from nestling.demo.teams import BIG
from nestling.foundation.models import AuditEvent
from nestling.people.models import Family, FamilyMember, Person, PersonIdentifier, Relationship
from nestling.referrals.models import Referral

AS_AT = date(2026, 3, 10)
TOLD, WANTED = 24, 90


@pytest.fixture
def few_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies begin early, so that few stories must be told first."""
    monkeypatch.setattr(build, "TOLD_AT_MOST", TOLD)
    monkeypatch.setattr(build, "TOLD_FOR_COPIES", TOLD)


def made(*, seed: int = 7, families: int = WANTED) -> None:
    build_demo(DemoSettings(families=families, seed=seed, as_at=AS_AT), on_progress=lambda _: None)


@pytest.mark.database
@pytest.mark.django_db
def test_copies_are_whole_and_nobody_is_twice(few_told: None) -> None:
    made()

    connection.check_constraints()
    numbers = list(PersonIdentifier.objects.values_list("value", flat=True))
    references = list(Referral.objects.values_list("reference", flat=True))
    assert Family.objects.count() >= WANTED - 8
    assert len(numbers) == len(set(numbers))
    assert all(number.startswith("999") and is_valid(number) for number in numbers)
    assert len(references) == len(set(references))
    assert Team.objects.filter(slug=BIG).exists()


@pytest.mark.django_db
def test_a_copied_family_is_one_family_with_one_teams_staff(few_told: None) -> None:
    made()

    for episode in Episode.objects.select_related("family", "referral"):
        assert episode.team_id == episode.family.team_id == episode.referral.team_id
        assert Membership.objects.filter(user=episode.practitioner, team=episode.team_id).exists()
    for row in Relationship.objects.filter(until_on=None):
        both = FamilyMember.objects.filter(person__in=[row.baby_id, row.carer_id])
        families = Counter(both.values_list("family", flat=True))
        assert not families or max(families.values()) == 2


@pytest.mark.django_db
def test_copies_are_of_other_people_on_other_days(few_told: None) -> None:
    made()

    names = Counter(Person.objects.values_list("given_name", "family_name"))
    assert names.most_common(1)[0][1] <= 4
    assert len(set(Person.objects.values_list("born_on", flat=True))) > TOLD
    assert not Person.objects.filter(born_on__gt=AS_AT).exists()


@pytest.mark.django_db
def test_each_copied_record_is_in_the_audit_trail(few_told: None) -> None:
    made()

    known = set(AuditEvent.objects.values_list("record_id", flat=True))
    for model in (Person, Family, Referral, Episode):
        assert set(model._base_manager.values_list("pk", flat=True)) <= known


@pytest.mark.django_db
def test_stories_can_be_copied_where_they_stand() -> None:
    made(families=6)
    organisation = Organisation.objects.get()
    stock = Stock.gathered()
    before = Family.objects.count()

    copy_rows(stock, fresh_press(organisation, rng=random.Random(1)), prefix="CP")

    assert Family.objects.count() == 2 * before
    connection.check_constraints()


@pytest.mark.django_db
def test_a_pattern_holds_all_rows_of_its_families() -> None:
    made(families=6)

    found = patterns(family_models())

    assert sum(one.families for one in found) == Family.objects.count()
    assert sum(len(one.of(Person)) for one in found) == Person.objects.count()
    assert {standing(one) for one in found if one.families} <= {
        *("unborn", "undecided", "in_care", "waiting", "closed")
    }


@pytest.mark.django_db
def test_a_unique_column_without_a_fresh_value_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made(families=1)
    without = {model: names for model, names in copying.FRESH.items() if model is not Referral}
    monkeypatch.setattr(copying, "FRESH", without)

    with pytest.raises(NotCopiedError, match="reference"):
        patterns(family_models())


def test_there_are_enough_numbers_and_no_code_comes_twice() -> None:
    codes = all_codes()
    some = [next(codes) for _ in range(20_000)]

    assert len(set(some)) == len(some)


def test_few_in_a_crowd_share_a_name() -> None:
    crowd = Crowd(random.Random(1))
    names = Counter((crowd.given_name("woman"), crowd.family_name()) for _ in range(5_000))

    assert names.most_common(1)[0][1] <= 5


def test_when_the_numbers_are_used_up_people_have_none() -> None:
    crowd = Crowd(random.Random(1))
    crowd._numbers = (one for one in ["9990000018"])

    assert [crowd.nhs_number(), crowd.nhs_number()] == ["9990000018", None]
