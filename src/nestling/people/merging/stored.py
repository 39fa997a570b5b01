"""What a merge keeps so that it can be undone: rows as text, and prints of rows as they became."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from nestling.foundation.audit import HOUSEKEEPING
from nestling.foundation.records import Record

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A row that was changed: what its columns held before, and its print afterwards."""

    model: str
    pk: str
    before: Values
    afterwards: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A row that was put aside, whole."""

    model: str
    row: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A row of the kept record after the merge: its print, and the ids of all that refers to it."""

    model: str
    pk: str
    afterwards: str
    references: dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Everything that a merge did, in the order in which it was done."""

    moved: list[Moved] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    def as_text(self) -> str:
        """The whole as text, to be sealed."""
        return json.dumps(asdict(self))


def read_stored(text: str) -> Stored:
    """What `as_text` wrote."""
    found = json.loads(text)
    return Stored(
        moved=[Moved(**row) for row in found.get("moved", ())],
        aside=[Aside(**row) for row in found.get("aside", ())],
        targets=[Target(**row) for row in found.get("targets", ())],
    )


def values_of(row: models.Model) -> Values:
    """Every column of a row in a form that JSON takes."""
    return {field.attname: plain(getattr(row, field.attname)) for field in _columns(row)}


def print_of(row: models.Model) -> str:
    """A print of what a row says: another one as soon as a column is changed."""
    said = {name: value for name, value in values_of(row).items() if name not in HOUSEKEEPING}
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def plain(value: Any) -> Any:
    """A column's value for JSON, exact to the microsecond."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def columns_from(model: type[models.Model], values: Values) -> Values:
    """Stored values as the columns of a model hold them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {
        name: value if value is None else fields[name].to_python(value)
        for name, value in values.items()
    }


def model_of(label: str) -> type[Record]:
    """The model that a label names."""
    found = apps.get_model(label)
    if not issubclass(found, Record):
        raise TypeError(f"{label} is no record")
    return found


def _columns(row: models.Model) -> list[Any]:
    return list(row._meta.concrete_fields)
