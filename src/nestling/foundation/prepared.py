"""Subqueries whose SQL is worked out once: conditions that stand in every statement of a page.

Django turns a queryset into SQL each time it is used, which takes longer than the database needs
to answer. A prepared function is written as any other that returns a queryset of ids; the first
call keeps its SQL and where the given values stand in it, later calls only put the values in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, UUIDField
from django.db.models.expressions import RawSQL

Value = UUID | datetime | Sequence[UUID]
Key = tuple[Any, ...]
_uuid = UUIDField()  # type: ignore[var-annotated]


@dataclass(frozen=True, slots=True)
class _Known:
    """SQL and its parameters; a number stands for the given value of that place."""

    sql: str
    parameters: tuple[Any, ...]


_known: dict[Key, _Known] = {}


def ids_of(name: str, values: Sequence[Value], build: Callable[[], QuerySet[Any]]) -> Any:
    """What a queryset of ids is, as a condition ``…__in`` takes it.

    ``name`` tells one subquery from another; ``values`` are everything in it that differs from
    call to call: ids, lists of ids, moments. A list of another length is another statement.
    """
    given = [_stored(one) for value in values for one in _each(value)]
    key = (connection.vendor, name, *(len(_each(value)) for value in values))
    known = _known.get(key)
    if known is None:
        try:
            sql, parameters = build().query.sql_with_params()
        except EmptyResultSet:
            return build()
        known = _known[key] = _Known(sql, tuple(_place(one, given) for one in parameters))
    put = [given[one.place] if isinstance(one, _Place) else one for one in known.parameters]
    return RawSQL(known.sql, put)  # noqa: S611 - SQL that Django made, with its parameters


@dataclass(frozen=True, slots=True)
class _Place:
    """Where among the given values a parameter is found."""

    place: int


def _place(parameter: Any, given: list[Any]) -> Any:
    return _Place(given.index(parameter)) if parameter in given else parameter


def _each(value: Value) -> Sequence[Any]:
    return [value] if isinstance(value, UUID | datetime) else value


def _stored(value: UUID | datetime) -> Any:
    """A value as it stands among a statement's parameters."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return _uuid.get_db_prep_value(value, connection)


__all__ = ["ids_of"]
