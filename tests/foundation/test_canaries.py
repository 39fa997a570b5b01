"""Sealed words are in no copy of the database: a thousand are planted and looked for."""

import io
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models

from nestling.foundation import audit
from nestling.foundation.models import AuditEvent
from nestling.foundation.records import Record
from nestling.foundation.sealing import PREFIX, SealedTextField, unseal
from tests.factories.found import factory_of

CANARIES = 1000
SEALED = [
    (model, field)
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    if isinstance(field, SealedTextField)
]
pytestmark = [pytest.mark.database, pytest.mark.django_db]


def canary(number: int) -> str:
    """Words that nothing else in the world says, some of them not in ASCII."""
    return f"canary-{number:04d}-of-the-nést-{number * 7919 % 104_729:06d}"


def rows() -> list[tuple[models.Model, str]]:
    """A row for each sealed field."""
    made: dict[type[models.Model], models.Model] = {}
    for model, _ in SEALED:
        if model not in made:
            made[model] = factory_of(model).create()
    return [(made[model], field.name) for model, field in SEALED]


def plant(places: list[tuple[models.Model, str]]) -> None:
    """Write each canary into a sealed field, with the audit trail of it where there is one."""
    for number in range(CANARIES):
        row, name = places[number % len(places)]
        if isinstance(row, Record):
            audit.change(row, {name: canary(number)}, by=None)
        else:
            setattr(row, name, canary(number))
            row.save()


def dumped() -> bytes:
    """The whole database as a thief would have it."""
    if connection.vendor == "postgresql":
        return b"".join(copied_out())
    # In words: a copy of pages has to wait until this test's transaction is stored.
    return "\n".join(connection.connection.iterdump()).encode()


def copied_out() -> Iterator[bytes]:
    """Each table as PostgreSQL's own dump writes it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            held = io.BytesIO()
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                for part in copy:
                    held.write(part)
            yield held.getvalue()


def test_a_dump_holds_no_canary() -> None:
    places = rows()
    plant(places)

    stolen = dumped()

    assert len(SEALED) > 20
    assert stolen.count(PREFIX.encode()) >= CANARIES
    found = [number for number in range(CANARIES) if canary(number).encode() in stolen]
    assert found == []
    escaped = [number for number in range(CANARIES) if canary(number)[:12].encode() in stolen]
    assert escaped == []


def test_the_canaries_are_there_for_whoever_has_the_key() -> None:
    places = rows()
    plant(places)

    place = next(place for place, (row, _) in enumerate(places) if isinstance(row, Record))
    row, name = places[place]
    row.refresh_from_db()
    last = max(number for number in range(CANARIES) if number % len(places) == place)
    assert getattr(row, name) == canary(last)
    event = AuditEvent.objects.filter(record_id=row.pk).order_by("-id")[0]
    assert unseal(event.changes[name][1]) == canary(last)
