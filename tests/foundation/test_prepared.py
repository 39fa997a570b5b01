"""A prepared subquery says what the queryset says, for whatever values it is given."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nestling.accounts.models import Team
from nestling.foundation.prepared import ids_of
from nestling.people.models import Family
from tests.factories.people import FamilyFactory


def families_of(teams: list[UUID]) -> set[UUID]:
    chosen = ids_of(
        "families of teams, in a test",
        [teams],
        lambda: Family._base_manager.filter(team__in=teams).values_list("pk", flat=True),
    )
    return set(Family._base_manager.filter(pk__in=chosen).values_list("pk", flat=True))


@pytest.mark.database
@pytest.mark.django_db
def test_each_call_has_its_own_values() -> None:
    first, second = FamilyFactory.create(), FamilyFactory.create()

    assert families_of([first.team_id]) == {first.pk}
    assert families_of([second.team_id]) == {second.pk}
    assert families_of([first.team_id, second.team_id]) == {first.pk, second.pk}
    assert families_of([second.team_id, first.team_id]) == {first.pk, second.pk}


@pytest.mark.database
@pytest.mark.django_db
def test_nothing_is_found_for_no_teams() -> None:
    family = FamilyFactory.create()

    assert families_of([]) == set()
    assert families_of([family.team_id]) == {family.pk}


@pytest.mark.database
@pytest.mark.django_db
def test_it_is_a_condition_and_no_statement_of_its_own() -> None:
    family = FamilyFactory.create()

    with CaptureQueriesContext(connection) as caught:
        assert families_of([family.team_id]) == {family.pk}

    assert len(caught.captured_queries) == 1


@pytest.mark.database
@pytest.mark.django_db
def test_it_can_be_denied_and_nested() -> None:
    kept, other = FamilyFactory.create(), FamilyFactory.create()
    teams = ids_of(
        "teams by id, in a test",
        [other.team_id],
        lambda: Team.objects.filter(pk=other.team_id).values_list("pk", flat=True),
    )

    assert list(Family._base_manager.exclude(team__in=teams)) == [kept]
