"""Writing a record and its audit event as one: the only way that services store anything."""

from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import F

from nestling.foundation import chain
from nestling.foundation.clock import now
from nestling.foundation.models import AuditEvent
from nestling.foundation.privacy import Privacy, privacy_of
from nestling.foundation.records import Record, record_id, record_kind
from nestling.foundation.sealing import seal

RecordT = TypeVar("RecordT", bound=Record)
#: Columns that every change moves and that say nothing about what was changed.
HOUSEKEEPING = frozenset({"id", "created_at", "changed_at", "version"})


class Actor(Protocol):
    """Whoever does something: a user. ``None`` stands for the public or for Nestling itself."""

    @property
    def pk(self) -> Any:
        """The actor's id."""


class StaleRecordError(Exception):
    """Someone else changed the record since it was read; nothing was written."""

    def __init__(self, record: Record) -> None:
        """Keep the record as this writer had it."""
        self.record = record
        super().__init__(f"{record_kind(record)} {record.pk} was changed by someone else")


@transaction.atomic
def create(record: RecordT, *, by: Actor | None, action: str = "created") -> RecordT:
    """Store a new record with its audit event, in one transaction."""
    chain.hold(chain.AUDIT)
    record.save(force_insert=True)
    values = {name: [None, value] for name, value in _stored(record).items() if value is not None}
    _append(action, record=record, by=by, changes=values)
    return record


@transaction.atomic
def change(
    record: RecordT, values: dict[str, Any], *, by: Actor | None, action: str = "changed"
) -> RecordT:
    """Store changed values with an audit event of what they were; nothing if nothing differs.

    Raises:
        StaleRecordError: the stored version is no longer the one that was read.
    """
    before = _stored(record)
    for name, value in values.items():
        setattr(record, name, value)
    after = _stored(record)
    moved = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not moved:
        return record
    chain.hold(chain.AUDIT)
    _update_if_unchanged(record, names=list(moved))
    _append(action, record=record, by=by, changes=moved)
    return record


def record_event(
    action: str, *, about: Record, by: Actor | None, details: dict[str, Any] | None = None
) -> AuditEvent:
    """Add an audit event for something that happened to a record without changing its fields."""
    return _append(action, record=about, by=by, changes=details or {})


def _update_if_unchanged(record: Record, *, names: list[str]) -> None:
    fields = {field.attname: field for field in record._meta.concrete_fields}
    moment = now()
    written = {fields[name].name: getattr(record, name) for name in names}
    rows = type(record)._base_manager.filter(pk=record.pk, version=record.version)
    if not rows.update(**written, changed_at=moment, version=F("version") + 1):
        raise StaleRecordError(record)
    record.version += 1
    record.changed_at = moment


def _stored(record: Record) -> dict[str, Any]:
    """The record's values by column, as the audit trail may hold them before sealing."""
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.name not in HOUSEKEEPING
    }


def _append(
    action: str, *, record: Record, by: Actor | None, changes: dict[str, Any]
) -> AuditEvent:
    event = AuditEvent(
        action=action,
        kind=record_kind(record),
        record_id=record_id(record),
        actor_id=None if by is None else by.pk,
        organisation_id=_scope(record, "organisation_id"),
        team_id=_scope(record, "team_id"),
        changes=_safe(type(record), changes),
    )
    chain.append(chain.AUDIT, [event])
    return event


def _scope(record: Record, name: str) -> UUID | None:
    value = getattr(record, name, None)
    return value if isinstance(value, UUID) else None


def _safe(model: type[models.Model], changes: dict[str, Any]) -> dict[str, Any]:
    """Changes with sealed fields sealed and every value fit for JSON."""
    fields = {field.attname: field.name for field in model._meta.concrete_fields}
    return {
        name: _sealed(pair) if name in fields and _is_sealed(model, fields[name]) else _plain(pair)
        for name, pair in changes.items()
    }


def _is_sealed(model: type[models.Model], field_name: str) -> bool:
    return privacy_of(model, field_name) is Privacy.SEALED


def _sealed(pair: Any) -> list[str | None]:
    return [None if value is None else seal(str(value)) for value in pair]


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool | dict):
        return value
    return str(value) if isinstance(value, UUID) else DjangoJSONEncoder().default(value)
