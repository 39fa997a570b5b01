"""The base of every stored record, and of the records whose reading is logged."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.base import ModelState

from nestling.foundation.clock import now
from nestling.foundation.ids import new_id
from nestling.foundation.looks import note_look
from nestling.foundation.privacy import Privacy, operational


class Record(models.Model):
    """A row with its own id, its times and a version that rises with each change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(default=now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    privacy: ClassVar[dict[str, Privacy]] = operational("id", "created_at", "changed_at", "version")

    class Meta:
        abstract = True

    @classmethod
    def from_row(cls, db: str, names: Sequence[str], values: Sequence[Any]) -> Self:
        """A record of some columns of a stored row, as `from_db` makes it in a third of the time.

        Django goes through every field of the model, a list has hundreds of records with a few
        columns each. Here the attributes are given at once; a column that was not read is read
        when it is asked for, as ever. Signals about a record being made are not sent.
        """
        record = cls.__new__(cls)
        record.__dict__.update(zip(names, values, strict=True))
        record._state = state = ModelState()
        state.adding, state.db = False, db
        return record


class WatchedRecord(Record):
    """A record whose every fetch in a request is written to the access log."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:
        """Note the look as the row is built, by this or by `from_row`: no page can go around it."""
        record = super().from_db(db, field_names, values)
        note_look(cls._meta.label_lower, record.pk)
        return record

    @classmethod
    def from_row(cls, db: str, names: Sequence[str], values: Sequence[Any]) -> Self:
        """Note the look here too."""
        record = super().from_row(db, names, values)
        note_look(cls._meta.label_lower, record.pk)
        return record


def both_or_neither(name: str, first: str, second: str) -> models.CheckConstraint:
    """A constraint: who and when are both said or both empty."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
    )


def not_before(name: str, *, later: str, earlier: str) -> models.CheckConstraint:
    """A constraint: an open or later date never comes before its beginning."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{later}__isnull": True}) | Q(**{f"{later}__gte": F(earlier)}),
    )


def record_kind(record: models.Model | type[models.Model]) -> str:
    """The name by which logs call a record's model, such as ``people.person``."""
    return record._meta.label_lower


def record_id(record: models.Model) -> UUID:
    """The id by which logs call a record."""
    return UUID(str(record.pk))
