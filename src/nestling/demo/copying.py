"""Copying families: every row that hangs on one, in whatever table, found by reflection.

A pattern is what one family (or two that share a father) left behind in all tables. Stamping it
gives the same story to other people: new ids, names, numbers and references, another team and its
staff, and every date and moment moved by the same number of days. Sealed words are carried as they
are stored.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from nestling.accounts.models import Team, User
from nestling.people.models import Family, Person, PersonIdentifier
from nestling.referrals.models import Referral

Model = type[models.Model]
ROOTS: tuple[Model, ...] = (Person, Family, Referral)
FRESH: dict[Model, frozenset[str]] = {
    Person: frozenset(
        {
            *("given_name", "family_name", "known_as", "search_name"),
            *("sound_given", "sound_family", "sound_known"),
        }
    ),
    PersonIdentifier: frozenset({"value"}),
    Referral: frozenset({"reference"}),
}
"""Columns that are made anew for each copy: what names a person, and what must be unique."""
ROWS_AT_MOST = 1 << 20
"""Rows of one pattern: as many as fit below a copy's number in an id."""
Cell = tuple[int, Any]


class NotCopiedError(LookupError):
    """A table has a unique column for which copies have no fresh value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRow:
    """One row as it is stored, and which of its columns differ from copy to copy.

    Each cell is the column's place and what decides its value: the place of an id in the pattern,
    a team's or member of staff's id, a date or moment, or the row and field of a fresh value.
    """

    model: Model
    values: list[Any]
    own: tuple[Cell, ...]
    shared: tuple[Cell, ...]
    moments: tuple[Cell, ...]
    fresh: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """The rows of one story, with the persons, numbers and references in it."""

    rows: tuple[PatternRow, ...]
    objects: tuple[Any, ...]
    moments: frozenset[date]
    shared: tuple[UUID, ...]
    families: int
    team: UUID | None

    def of(self, model: Model) -> list[Any]:
        """The records of one kind, as they were read."""
        return [row for row in self.objects if type(row) is model]


@dataclass(slots=True, kw_only=True)
class Copy:
    """What differs in one copy: its ids begin at ``first``, ``back`` says when a moment was.

    ``shared`` names the team and staff in place of each one in the pattern, in hexadecimal.
    """

    first: int
    back: Callable[[date], date]
    shared: Mapping[UUID, str]
    fresh: dict[tuple[UUID, str], Any] = field(default_factory=dict)

    def id_of(self, place: int) -> str:
        """The id of one row of the copy."""
        return f"{self.first + place:032x}"


def family_models() -> list[Model]:
    """Every table whose rows hang on a person, family or referral; what is named comes first."""
    found = set(ROOTS)
    rest = [one for one in apps.get_models() if one._meta.managed]
    while more := {one for one in rest if one not in found and _targets(one) & found}:
        found |= more
    return _parents_first(sorted(found, key=lambda one: one._meta.label))


def patterns(wanted: Sequence[Model]) -> list[Pattern]:
    """Everything that is stored of families, in separate stories; the same order each time.

    Raises:
        NotCopiedError: a table that has rows has a unique column that would be copied.
    """
    rows = [row for model in wanted for row in model._base_manager.order_by("pk")]
    for model in {type(row) for row in rows}:
        _refuse_unique(model, set(wanted))
    known = {row.pk for row in rows}
    groups = _Groups()
    for row in rows:
        for other in _named_ids(row):
            if other in known:
                groups.join(row.pk, other)
    together: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        together[groups.top(row.pk)].append(row)
    return [_pattern(found) for found in together.values()]


def stamped(pattern: Pattern, copy: Copy) -> Iterator[tuple[Model, list[Any]]]:
    """The rows of one copy, as their database takes them.

    A row whose fresh value is `None` is left out: there was no number left for it.
    """
    written = {moment: _written(copy.back(moment)) for moment in pattern.moments}
    for row in pattern.rows:
        values = row.values.copy()
        for column, place in row.own:
            values[column] = copy.id_of(place)
        for column, key in row.shared:
            values[column] = copy.shared[key]
        for column, moment in row.moments:
            values[column] = written[moment]
        for column, key in row.fresh:
            values[column] = copy.fresh[key]
        if not row.fresh or values[row.fresh[0][0]] is not None:
            yield row.model, values


def columns_of(model: Model) -> list[str]:
    """The names of a table's columns, in the order in which rows are stamped."""
    return [one.column for one in model._meta.concrete_fields]


def _targets(model: Model) -> set[Model]:
    return {one.related_model for one in model._meta.concrete_fields if one.is_relation}  # type: ignore[misc]


def _refuse_unique(model: Model, ours: set[Model]) -> None:
    fresh = FRESH.get(model, frozenset())
    moving = {
        one.name
        for one in model._meta.concrete_fields
        if one.primary_key or one.name in fresh or one.related_model in ours
    }
    alone = [{one.name} for one in model._meta.concrete_fields if one.unique]
    together = [set(one.fields) for one in model._meta.total_unique_constraints]
    for names in (*alone, *together):
        if not names & moving:
            raise NotCopiedError(f"{model._meta.label}: {', '.join(sorted(names))}")


def _parents_first(found: list[Model]) -> list[Model]:
    ordered: list[Model] = []
    seen: set[Model] = set()

    def visit(model: Model) -> None:
        if model in seen or model not in found:
            return
        seen.add(model)
        for target in sorted(_targets(model), key=lambda one: one._meta.label):
            visit(target)
        ordered.append(model)

    for model in found:
        visit(model)
    return ordered


def _named_ids(row: Any) -> Iterator[UUID]:
    for one in row._meta.concrete_fields:
        value = getattr(row, one.attname)
        if isinstance(value, UUID):
            yield value


class _Groups:
    """Which rows belong together, by what they name."""

    def __init__(self) -> None:
        self._over: dict[UUID, UUID] = {}

    def top(self, one: UUID) -> UUID:
        while (over := self._over.get(one, one)) != one:
            one = over
        return one

    def join(self, one: UUID, other: UUID) -> None:
        self._over[self.top(one)] = self.top(other)


def _pattern(found: list[Any]) -> Pattern:
    places = {row.pk: place for place, row in enumerate(found)}
    rows = tuple(_pattern_row(row, places) for row in found)
    teams = [row.team_id for row in found if isinstance(row, Family | Referral)]
    return Pattern(
        rows=rows,
        objects=tuple(found),
        moments=frozenset(moment for row in rows for _, moment in row.moments),
        shared=tuple(dict.fromkeys(key for row in rows for _, key in row.shared)),
        families=sum(isinstance(row, Family) for row in found),
        team=teams[0] if teams else None,
    )


def _pattern_row(row: Any, places: dict[UUID, int]) -> PatternRow:
    fresh = FRESH.get(type(row), frozenset())
    cells: dict[str, list[Cell]] = {"own": [], "shared": [], "moments": [], "fresh": []}
    values = []
    for column, one in enumerate(row._meta.concrete_fields):
        value = getattr(row, one.attname)
        values.append(one.get_db_prep_save(value, connection))
        if value in places if isinstance(value, UUID) else False:
            cells["own"].append((column, places[value]))
        elif one.related_model in (Team, User) and value is not None:
            cells["shared"].append((column, value))
        elif one.name in fresh:
            cells["fresh"].append((column, (row.pk, one.name)))
        elif isinstance(value, date):
            cells["moments"].append((column, value))
    return PatternRow(
        model=type(row), values=values, **{name: tuple(found) for name, found in cells.items()}
    )


def _written(moment: date) -> Any:
    """A date or moment as the database takes it."""
    if isinstance(moment, datetime):
        return connection.ops.adapt_datetimefield_value(moment)
    return connection.ops.adapt_datefield_value(moment)
