"""PostgreSQL keeps a plan for what differs only in ids, days and moments, and answers the same."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import CharField, QuerySet, Value
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from nestling.foundation import kept_plans
from nestling.foundation.kept_plans import USED_BEFORE, types_of
from nestling.foundation.prepared import among, rows_of
from nestling.people.models import Family
from tests.factories.people import FamilyFactory

ENOUGH = USED_BEFORE + 6
"""Uses after which PostgreSQL has gone over to one plan for all values."""
Ask = Callable[[list[UUID], datetime], list[tuple[Any, ...]]]


def names() -> set[str]:
    """What this connection's server keeps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'nestling%%'")
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no plans")


def asking(name: str) -> Ask:
    """A question under a name of its own, with that name as a constant that SQL has to quote."""

    def rows(ids: Any, before: datetime) -> QuerySet[Any, Any]:
        found = Family._base_manager.filter(pk__in=ids, created_at__lt=before)
        quoted = found.exclude(team__name="100% O'Hara").order_by("pk")
        said = Value(f"it's 5% {name}", output_field=CharField())
        return quoted.annotate(said=said).values_list("pk", "said", "created_at")

    def ask(ids: list[UUID], before: datetime) -> list[tuple[Any, ...]]:
        chosen = among(ids)
        return rows_of(name, [chosen, before], partial(rows, chosen, before))

    return ask


@pytest.mark.database
@pytest.mark.django_db
def test_each_use_is_answered_for_its_own_values() -> None:
    families = FamilyFactory.create_batch(3)
    ask = asking("kept plans, each use")

    for use in range(ENOUGH):
        wanted = families[: use % 4]
        before = datetime.now(UTC) + timedelta(days=1 if use % 3 else -1)
        found = [pk for pk, *_ in ask([one.pk for one in wanted], before)]
        assert found == sorted(one.pk for one in wanted if use % 3)


@pytest.mark.database
@pytest.mark.django_db
def test_constants_and_kinds_come_back_as_they_are() -> None:
    family = FamilyFactory.create()
    ask = asking("kept plans, constants")

    found = [ask([family.pk], datetime.now(UTC) + timedelta(days=1)) for _ in range(ENOUGH)]

    assert found == [[(family.pk, "it's 5% kept plans, constants", family.created_at)]] * ENOUGH


@pytest.mark.database
@pytest.mark.django_db
def test_two_that_differ_in_a_constant_alone_are_two() -> None:
    family, later = FamilyFactory.create(), datetime.now(UTC) + timedelta(days=1)
    one, other = asking("kept plans, one"), asking("kept plans, other")

    for _ in range(ENOUGH):
        assert [said for _, said, _ in one([family.pk], later)] == ["it's 5% kept plans, one"]
        assert [said for _, said, _ in other([family.pk], later)] == ["it's 5% kept plans, other"]


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.usefixtures("on_postgresql")
def test_a_statement_is_kept_after_a_few_uses_and_asked_for_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept_plans, "MOST_KEPT", len(names()) + 1)
    ask, before = asking("kept plans, by name"), names()

    for _ in range(USED_BEFORE):
        ask([uuid4()], datetime.now(UTC))
    assert names() == before
    with CaptureQueriesContext(connection) as caught:
        ask([uuid4()], datetime.now(UTC))

    (name,) = names() - before
    (said,) = caught.captured_queries
    assert said["sql"].startswith(f"EXECUTE {name}(")


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.usefixtures("on_postgresql")
def test_a_connection_asks_for_so_many_plans_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_plans, "MOST_KEPT", len(names()))
    ask, before = asking("kept plans, full"), names()

    for _ in range(ENOUGH):
        ask([uuid4()], datetime.now(UTC))

    assert names() == before


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.usefixtures("on_postgresql")
def test_nothing_is_kept_where_a_pool_would_not_know_it(settings: Settings) -> None:
    settings.KEEP_PLANS = False
    ask, before = asking("kept plans, switched off"), names()

    for _ in range(ENOUGH):
        ask([uuid4()], datetime.now(UTC))

    assert names() == before


def test_only_ids_days_and_moments_leave_one_plan_for_all() -> None:
    values = [uuid4(), date(2026, 3, 9), datetime(2026, 3, 9, tzinfo=UTC), [uuid4()]]

    assert types_of(values) == ["uuid", "date", "timestamptz", "uuid[]"]
    assert types_of([*values, "O'Hara"]) is None
