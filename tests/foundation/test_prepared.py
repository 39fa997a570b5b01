"""A prepared subquery says what the queryset says, for whatever values it is given."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext

from nestling.accounts.models import Team
from nestling.foundation import prepared
from nestling.foundation.looks import gather_looks
from nestling.foundation.prepared import (
    Among,
    ForgottenValueError,
    among,
    ids_of,
    records_of,
    rows_of,
)
from nestling.people.models import Family
from tests.factories.people import FamilyFactory


def families_of(teams: list[UUID], name: str = "families of teams, in a test") -> set[UUID]:
    chosen = ids_of(
        name,
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


@pytest.mark.database
@pytest.mark.django_db
def test_a_team_that_stands_twice_leaves_no_statement_that_forgets_a_second_team() -> None:
    """Someone with two roles in a team names it twice; who comes next works in two teams."""
    first, second = FamilyFactory.create(), FamilyFactory.create()

    name = "families of teams named twice, in a test"

    assert families_of([first.team_id, first.team_id], name) == {first.pk}
    assert families_of([first.team_id, second.team_id], name) == {first.pk, second.pk}


@pytest.mark.database
@pytest.mark.django_db
def test_prepared_rows_are_those_of_the_queryset() -> None:
    first, second = FamilyFactory.create(), FamilyFactory.create()

    def rows(teams: list[UUID], on: date) -> QuerySet[Any, Any]:
        found = Family._base_manager.filter(team__in=teams, created_at__date__lte=on)
        return found.order_by("pk").values_list("pk", "team_id", "created_at", "version")

    for teams in ([first.team_id], [second.team_id], [first.team_id, second.team_id], []):
        for on in (date(2000, 1, 1), date(2100, 1, 1)):
            found = rows_of("rows, in a test", [teams, on], partial(rows, teams, on))
            assert found == list(rows(teams, on))


@pytest.mark.django_db
def test_a_forgotten_value_is_found_while_tests_run() -> None:
    first, second = FamilyFactory.create(), FamilyFactory.create()

    def forgetful(teams: list[UUID]) -> list[tuple[Any, ...]]:
        rows = Family._base_manager.filter(team__in=teams).values_list("pk")
        return rows_of("nothing named, in a test", [], lambda: rows)

    assert forgetful([first.team_id]) == [(first.pk,)]
    with pytest.raises(ForgottenValueError):
        forgetful([second.team_id])


@pytest.mark.database
@pytest.mark.django_db
def test_prepared_records_are_those_of_the_queryset() -> None:
    first, second = FamilyFactory.create(), FamilyFactory.create()

    def records(teams: list[UUID]) -> QuerySet[Family]:
        found = Family.objects.filter(team__in=teams).select_related("team__organisation")
        return found.defer("created_at").annotate(named=F("team__name")).order_by("pk")

    for teams in ([first.team_id], [second.team_id], [first.team_id, second.team_id]):
        with gather_looks() as looks:
            found = records_of("records, in a test", [teams], partial(records, teams))
        expected = list(records(teams))
        assert found == expected
        assert looks.records == {("people.family", one.pk) for one in expected}
        for one, other in zip(found, expected, strict=True):
            assert one.named == other.named  # type: ignore[attr-defined]
            assert one.team.organisation == other.team.organisation
            assert one.get_deferred_fields() == {"created_at"}
            assert not one._state.adding


@pytest.mark.database
@pytest.mark.django_db
def test_a_list_of_ids_is_one_parameter_of_one_statement_whatever_its_length() -> None:
    first, second = FamilyFactory.create(), FamilyFactory.create()

    def families(chosen: Among) -> QuerySet[Any, Any]:
        return Family._base_manager.filter(pk__in=chosen).order_by("pk").values_list("pk")

    def found(ids: list[UUID]) -> list[UUID]:
        chosen = among(ids)
        rows = rows_of("among, in a test", [chosen], partial(families, chosen))
        return [pk for (pk,) in rows]

    assert found([]) == []
    assert found([first.pk, second.pk]) == sorted([first.pk, second.pk])
    with CaptureQueriesContext(connection) as caught:
        assert found([second.pk]) == [second.pk]
        assert found([first.pk, first.pk]) == [first.pk]
    assert len(caught.captured_queries) == 2


@pytest.mark.django_db
def test_rows_stay_as_they_are_when_what_was_read_before_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prepared, "MOST_READ", 1)
    families = FamilyFactory.create_batch(4)

    def rows() -> QuerySet[Any, Any]:
        return Family._base_manager.order_by("pk").values_list("pk", "team_id", "created_at")

    expected = sorted((one.pk, one.team_id, one.created_at) for one in families)
    for _ in range(3):
        assert rows_of("forgotten, in a test", [], rows) == expected


@pytest.mark.database
@pytest.mark.django_db
def test_two_equal_lists_are_kept_apart_from_two_that_differ() -> None:
    first, second = FamilyFactory.create(), FamilyFactory.create()

    def found(one: list[UUID], other: list[UUID]) -> set[UUID]:
        left, right = among(one), among(other)

        def families() -> QuerySet[Any, Any]:
            rows = Family._base_manager.filter(pk__in=left) | Family._base_manager.filter(
                pk__in=right
            )
            return rows.values_list("pk")

        return {pk for (pk,) in rows_of("two lists, in a test", [left, right], families)}

    assert found([first.pk], [first.pk]) == {first.pk}
    assert found([first.pk], [second.pk]) == {first.pk, second.pk}
