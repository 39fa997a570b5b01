"""PostgreSQL keeps a plan for what differs only in ids, days and moments, and answers the same."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import CharField, QuerySet, Value
from django.test.utils import CaptureQueriesContext

from nestling.foundation.prepared import among, rows_of
from nestling.people.models import Family, Person
from nestling.people.name_index import FUNCTION
from tests.factories.people import FamilyFactory, PersonFactory

ENOUGH = 10
"""Uses after which PostgreSQL has gone over to one plan for all values."""
Ask = Callable[[list[UUID], datetime], list[tuple[Any, ...]]]


def kept(words: str) -> int:
    """How many statements with these words this connection's server keeps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            [f"%{words.replace('%', '')}%"],
        )
        return int(cursor.fetchone()[0])


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
def test_a_statement_is_kept_after_a_few_uses_and_counted_as_one() -> None:
    ask = asking("kept plans, by name")

    ask([uuid4()], datetime.now(UTC))
    assert kept("kept plans, by name") == 0
    with CaptureQueriesContext(connection) as caught:
        for _ in range(ENOUGH):
            ask([uuid4()], datetime.now(UTC))

    assert kept("kept plans, by name") == 1
    assert len(caught.captured_queries) == ENOUGH


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.usefixtures("on_postgresql")
def test_nothing_is_kept_where_a_pool_would_not_know_it(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    ask = asking("kept plans, switched off")

    for _ in range(ENOUGH):
        ask([uuid4()], datetime.now(UTC))

    assert kept("kept plans, switched off") == 0


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.usefixtures("on_postgresql")
def test_what_is_typed_in_a_search_keeps_no_plan() -> None:
    for _ in range(ENOUGH):
        list(Person.objects.named("kestrel"))

    assert kept("kestrel") == 0
    assert kept(FUNCTION) == 0


@pytest.mark.database
@pytest.mark.django_db
def test_moments_are_read_as_django_reads_them() -> None:
    person = PersonFactory.create()

    ((read,),) = rows_of(
        "a moment",
        [person.pk],
        lambda: Person.objects.filter(pk=person.pk).values_list("created_at"),
    )

    by_django = Person.objects.get(pk=person.pk).created_at
    assert (read, read.tzinfo) == (by_django, by_django.tzinfo)
