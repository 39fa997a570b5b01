"""Statements and conditions whose SQL is worked out once, for what stands in every page.

Django turns a queryset into SQL each time it is used, which takes longer than the database needs
to answer. What is prepared is written as any other function that returns a queryset; the first
call keeps its SQL and where the given values stand in it, later calls only put the values in.

A caller that forgets to name a value would be given the first one for ever: while the tests run,
what is put together is compared with what Django makes of the queryset (`checking`).

A list of ids is a parameter for each of them, and a list of another length another statement.
Where a list is long, `among` makes it one parameter: the same statement for any length.

Two values that are equal leave one parameter where others leave two, so SQL is kept apart for
each pattern of equal values: what was prepared for someone with two roles in one team is never
used for someone who works in two.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import QuerySet, UUIDField
from django.db.models.expressions import RawSQL
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]

from nestling.foundation import kept_plans
from nestling.foundation.kept_plans import Place
from nestling.foundation.records import Record


class Among(RawSQL):
    """Many ids as one condition, made by `among`; ``only`` is its parameter."""

    def __init__(self, sql: str, only: str) -> None:
        """Keep the parameter beside the SQL."""
        super().__init__(sql, (only,))
        self.only = only


Value = UUID | date | datetime | str | Sequence[UUID] | Among
Key = tuple[Any, ...]
Convert = Callable[[Any], Any]
ModelT = TypeVar("ModelT", bound=models.Model)
KnownT = TypeVar("KnownT", bound="_Known")
_uuid = UUIDField()  # type: ignore[var-annotated]


@dataclass(frozen=True, slots=True)
class _Known:
    """SQL and its parameters; a place stands for the given value there."""

    sql: str
    parameters: tuple[Any, ...]

    def with_values(self, given: list[Any]) -> list[Any]:
        """The parameters of one call."""
        return [given[one.place] if isinstance(one, Place) else one for one in self.parameters]


@dataclass(frozen=True, slots=True)
class _KnownRows(_Known):
    """A whole statement; ``converts`` turns a stored value into Django's, by column.

    ``opened`` is the same as PostgreSQL prepares it (`kept_plans`), and empty for SQLite.
    """

    opened: str
    converts: tuple[tuple[int, Convert], ...]


@dataclass(frozen=True, slots=True)
class _KnownRecords(_KnownRows):
    """A statement whose rows become records of a model.

    ``build`` makes a record of the model from the columns of its ``own`` fields, ``names`` are
    their attributes; ``beside`` puts in the records that were selected with it, ``annotations``
    names the columns that were added.
    """

    build: Callable[[str, Sequence[str], tuple[Any, ...]], models.Model]
    own: slice
    names: tuple[str, ...]
    beside: list[Any]
    annotations: tuple[tuple[str, int], ...]


class ForgottenValueError(AssertionError):
    """A prepared statement differs from its queryset in something that no caller named."""


@dataclass(slots=True)
class _Checking:
    """Whether calls are compared with what Django makes: the first of each key, and some later."""

    on: bool = False
    calls: Counter[Key] = field(default_factory=Counter)

    def wanted(self, key: Key) -> bool:
        """Whether this call is compared."""
        if not self.on:
            return False
        self.calls[key] += 1
        return self.calls[key] <= CHECKED_FIRST or self.calls[key] % CHECKED_THEN == 0


CHECKED_FIRST, CHECKED_THEN = 5, 200
MOST_KEPT = 2_000
"""Statements of each sort that a process keeps; lists of other lengths are other statements."""
MOST_READ = 20_000
"""Ids, and moments, that a process remembers from SQLite's text; some seven megabytes."""
checking = _Checking()
_read: dict[type, dict[Any, Any]] = {UUID: {}, datetime: {}}
_known: dict[Key, _Known] = {}
_known_rows: dict[Key, _KnownRows] = {}
_known_records: dict[Key, _KnownRecords] = {}


def among(ids: Iterable[UUID]) -> Among:
    """Ids as a condition ``…__in`` takes them, in one parameter however many they are.

    As a value of what is prepared it stands for the whole list.
    """
    hexes = [one.hex for one in ids]
    if connection.vendor == "postgresql":
        return Among("SELECT unnest(%s::uuid[])", f"{{{','.join(hexes)}}}")
    return Among("SELECT value FROM json_each(%s)", json.dumps(hexes))


def ids_of(name: str, values: Sequence[Value], build: Callable[[], QuerySet[Any]]) -> Any:
    """What a queryset of ids is, as a condition ``…__in`` takes it.

    ``name`` tells one subquery from another; ``values`` are everything in it that differs from
    call to call: ids, lists of ids, days, moments, and keys as text. A list of another length is
    another statement.
    """
    known, given = _recalled(_known, name, values, build, _prepare_condition)
    if known is None:
        return build()
    return RawSQL(known.sql, known.with_values(given))  # noqa: S611 - SQL that Django made


def rows_of(
    name: str, values: Sequence[Value], build: Callable[[], QuerySet[Any, Any]]
) -> list[tuple[Any, ...]]:
    """The rows of a queryset made by ``values_list``, each a tuple of its columns.

    ``name`` and ``values`` as for `ids_of`. No model is built, so no look is noted: for ids, dates
    and codes by which a page decides what it will show.
    """
    known, given = _recalled(_known_rows, name, values, build, _prepare_rows)
    return [] if known is None else _fetched(known, given)


def _fetched(known: _KnownRows, given: list[Any]) -> list[tuple[Any, ...]]:
    """The rows that the database answers now."""
    with kept_plans.cursor() if known.opened else connection.cursor() as cursor:
        if known.opened:
            cursor.execute(known.opened, kept_plans.named(given))
        else:
            cursor.execute(known.sql, known.with_values(given))
        rows = cursor.fetchall()
    return _converted(rows, known.converts)


def records_of(
    name: str, values: Sequence[Value], build: Callable[[], QuerySet[ModelT]]
) -> list[ModelT]:
    """The records of a queryset, with what it annotates, defers and selects beside them.

    ``name`` and ``values`` as for `ids_of`. Looks are noted as they are built (`records`).
    """
    known, given = _recalled(_known_records, name, values, build, _prepare_records)
    if known is None:
        return []
    alias = connection.alias
    return [_record(known, row, alias) for row in _fetched(known, given)]


def _recalled(
    store: dict[Key, KnownT],
    name: str,
    values: Sequence[Value],
    build: Callable[[], QuerySet[Any, Any]],
    prepare: Callable[[QuerySet[Any, Any], list[Any]], KnownT],
) -> tuple[KnownT | None, list[Any]]:
    """What was prepared under a name, or is now; ``None`` where no row can fit. And the values."""
    given = _stored_values(values)
    key = _key(name, values, given)
    known = store.get(key)
    if known is None:
        try:
            known = prepare(build(), given)
        except EmptyResultSet:
            return None, given
        if len(store) >= MOST_KEPT:
            store.clear()
        store[key] = known
    elif checking.wanted(key):
        _compare(name, known, given, build())
    return known, given


def _prepare_condition(rows: QuerySet[Any, Any], given: list[Any]) -> _Known:
    """A subquery as it stands in another statement."""
    sql, parameters = rows.query.sql_with_params()
    return _Known(sql, _places(parameters, given))


def _record(known: _KnownRecords, row: tuple[Any, ...], alias: str) -> Any:
    """One record, as Django's own iterator over models builds it."""
    record = known.build(alias, known.names, row[known.own])
    for populator in known.beside:
        populator.populate(row, record)
    for name, place in known.annotations:
        setattr(record, name, row[place])
    return record


def _prepare_records(rows: QuerySet[Any], given: list[Any]) -> _KnownRecords:
    """A statement with how its rows become records."""
    compiler, known = _compiled(rows, given)
    fields = compiler.klass_info["select_fields"]
    own = slice(fields[0], fields[-1] + 1)
    model = compiler.klass_info["model"]
    return _KnownRecords(
        *(known.sql, known.parameters, known.opened, known.converts),
        build=model.from_row if issubclass(model, Record) else model.from_db,
        own=own,
        names=tuple(one.target.attname for one, *_ in compiler.select[own]),
        beside=get_related_populators(compiler.klass_info, compiler.select, connection.alias),
        annotations=tuple(compiler.annotation_col_map.items()),
    )


def _compare(name: str, known: _Known, given: list[Any], rows: QuerySet[Any, Any]) -> None:
    """Nothing, when Django makes the same of the queryset.

    Raises:
        ForgottenValueError: it makes something else.
    """
    sql, parameters = rows.query.sql_with_params()
    if (sql, list(parameters)) != (known.sql, known.with_values(given)):
        raise ForgottenValueError(name)


def _prepare_rows(rows: QuerySet[Any, Any], given: list[Any]) -> _KnownRows:
    """A statement with what Django would do to each of its columns."""
    return _compiled(rows, given)[1]


def _compiled(rows: QuerySet[Any, Any], given: list[Any]) -> tuple[Any, _KnownRows]:
    """Django's compiler after its work, and the statement that it made."""
    compiler: Any = rows.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    found = compiler.get_converters([one for one, *_ in compiler.select])
    converts = tuple(
        (number, _convert(expression, functions))
        for number, (functions, expression) in found.items()
    )
    places = _places(parameters, given)
    on_server = connection.vendor == "postgresql"
    opened = kept_plans.opened_sql(sql, places) if on_server else ""
    return compiler, _KnownRows(sql, places, opened, converts)


def _convert(expression: Any, functions: Sequence[Callable[[Any, Any, Any], Any]]) -> Convert:
    """All that Django does to a column's value, as one function."""

    def convert(value: Any) -> Any:
        for function in functions:
            value = function(value, expression, connection)
        return value

    return convert


def _converted(
    rows: list[tuple[Any, ...]], converts: Sequence[tuple[int, Convert]]
) -> list[tuple[Any, ...]]:
    """Rows as Django gives them: column by column, for most columns need nothing done."""
    if not rows or not converts:
        return rows
    columns = list(zip(*rows, strict=True))
    for number, convert in converts:
        columns[number] = _converted_column(columns[number], convert)
    return list(zip(*columns, strict=True))


def _converted_column(stored: tuple[Any, ...], convert: Convert) -> tuple[Any, ...]:
    """A column's values; equal ids, days and moments are read once, for they never change."""
    present = {value for value in stored if value is not None}
    if not present:
        return stored
    kind = type(convert(next(iter(present))))
    if kind in _read:
        once = _read_before(present, convert, _read[kind])
    elif issubclass(kind, date | bool):
        once = {value: convert(value) for value in present}
    else:
        return tuple(None if value is None else convert(value) for value in stored)
    return tuple(map(once.get, stored))


def _read_before(present: set[Any], convert: Convert, read: dict[Any, Any]) -> dict[Any, Any]:
    """What some stored ids or moments mean: most were read for an earlier page."""
    once = {value: read.get(value) or convert(value) for value in present}
    if len(read) > MOST_READ:
        read.clear()
    read.update(once)
    return once


def _key(name: str, values: Sequence[Value], given: list[Any]) -> Key:
    """What tells one prepared statement from another: see the module's words on equal values."""
    lengths = tuple(len(_each(value)) for value in values)
    return (connection.vendor, name, lengths, tuple(map(given.index, given)))


def _places(parameters: Sequence[Any], given: list[Any]) -> tuple[Any, ...]:
    return tuple(Place(given.index(one)) if one in given else one for one in parameters)


def _stored_values(values: Sequence[Value]) -> list[Any]:
    return [_stored(one) for value in values for one in _each(value)]


def _each(value: Value) -> Sequence[Any]:
    return [value] if isinstance(value, UUID | date | str | Among) else value


def _stored(value: UUID | date | datetime | str | Among) -> Any:
    """A value as it stands among a statement's parameters."""
    if isinstance(value, Among):
        return value.only
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return _uuid.get_db_prep_value(value, connection)


__all__ = [
    "Among",
    "ForgottenValueError",
    "Value",
    "among",
    "checking",
    "ids_of",
    "records_of",
    "rows_of",
]
