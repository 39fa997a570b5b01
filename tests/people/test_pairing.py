"""Pairs that Splink finds in all records: listed once, decided ones left alone, twins apart."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from nestling.accounts.models import Team
from nestling.people.models import DuplicatePair, PairState, Person
from nestling.people.pairing import list_pairs, weigh
from nestling.reference.matching import matching_rules
from nestling.science.matching import Traits, compare
from tests.factories.people import PersonFactory, PersonTeamFactory
from tests.people.situation import TODAY

BORN = date(2025, 11, 12)
LEAST = matching_rules().possible_from
BABY = Traits(given_name="Lotta", family_name="Marsh", born_on=BORN, is_baby=True)


def test_splink_weighs_a_pair_as_the_form_does() -> None:
    others = [
        replace(BABY, family_name="Mersh"),
        replace(BABY, born_on=date(2025, 12, 11), sex="female"),
        replace(BABY, given_name="", postcodes=frozenset({"AB12CD"})),
        replace(BABY, given_name="Marsh", family_name="Lotta"),
        replace(BABY, born_on=None, due_on=date(2025, 11, 20)),
    ]
    traits: dict[UUID, Traits] = {uuid4(): one for one in [BABY, *others]}

    found = {(first, second): weight for first, second, weight in weigh(traits)}

    assert len(found) >= len(others)
    for (first, second), weight in found.items():
        formed = compare(traits[first], traits[second], matching_rules()).weight
        assert weight == pytest.approx(formed)


def baby(team: Team, **facts: object) -> Person:
    """A baby on the records."""
    person = PersonFactory.create(
        **{"organisation": team.organisation, "baby": True, "family_name": "Marsh", **facts}
    )
    PersonTeamFactory.create(person=person, team=team)
    return person


@pytest.mark.django_db
def test_a_pair_is_listed_once(team: Team) -> None:
    baby(team, given_name="Lotta")
    baby(team, given_name="Lotte")

    first = list_pairs(team.organisation, threshold=LEAST, on=TODAY)
    second = list_pairs(team.organisation, threshold=LEAST, on=TODAY)

    assert (first.persons, first.new, second.new, second.listed) == (2, 1, 0, 1)


@pytest.mark.django_db
def test_a_pair_that_was_decided_is_not_opened_again(team: Team) -> None:
    baby(team, given_name="Lotta")
    baby(team, given_name="Lotta")
    list_pairs(team.organisation, threshold=LEAST, on=TODAY)
    DuplicatePair.objects.update(state=PairState.NOT_SAME)

    again = list_pairs(team.organisation, threshold=LEAST, on=TODAY)

    assert (again.new, again.listed) == (0, 0)


@pytest.mark.django_db
def test_twins_are_not_listed(team: Team) -> None:
    baby(team, given_name="Lotta")
    baby(team, given_name="Robin")

    assert list_pairs(team.organisation, threshold=0, on=TODAY).new == 0


@pytest.mark.django_db
def test_a_higher_threshold_lists_less(team: Team) -> None:
    baby(team, given_name="Lotta")
    baby(team, given_name="Lotta", born_on=None)

    assert list_pairs(team.organisation, threshold=40, on=TODAY).new == 0
