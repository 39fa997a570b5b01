"""Two people at once: at which versions a page was opened, and what happened to the records since.

A page that changes records carries their ids and versions in a hidden field. When it is sent, the
same records are read again: if one of them is at another version, nothing is written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from nestling.foundation.audit import StaleRecordError
from nestling.foundation.models import AuditEvent
from nestling.foundation.records import Record, record_id

NOTHING = "none"
LONGEST = 20_000
"""Characters of a token that are read: some hundred records."""
PART = re.compile(r"([0-9a-f]{32})\.([0-9]{1,9})", re.ASCII)
LATEST = 60
"""How many events of one record are looked at, at most."""


class ChangedSinceError(StaleRecordError):
    """What a page showed is no longer what is stored; nothing was written."""

    def __init__(self) -> None:
        """Say so without naming a record: it may be one that came or went."""
        Exception.__init__(self, "what was shown is no longer what is stored")


@dataclass(frozen=True, slots=True)
class Seen:
    """The records that a page showed, each with its version; one that is not there is left out.

    >>> from uuid import UUID
    >>> seen = Seen({UUID(int=1): 4})
    >>> str(seen), Seen.read(str(seen)) == seen, str(Seen({})), Seen.read("1 OR 1=1")
    ('00000000000000000000000000000001.4', True, 'none', None)
    """

    versions: dict[UUID, int]

    @classmethod
    def of(cls, *records: Record | None) -> "Seen":
        """The versions of these records as they were read."""
        return cls({record_id(one): one.version for one in records if one is not None})

    @classmethod
    def read(cls, text: str) -> "Seen | None":
        """What a page carried, or nothing where it is not what a page can have carried."""
        if text == NOTHING:
            return cls({})
        parts = [PART.fullmatch(part) for part in text[:LONGEST].split("-")]
        if not all(parts):
            return None
        return cls({UUID(hex=part[1]): int(part[2]) for part in parts if part})

    def __str__(self) -> str:
        ordered = sorted(self.versions.items())
        return "-".join(f"{pk.hex}.{version}" for pk, version in ordered) or NOTHING

    def check(self, *records: Record | None) -> None:
        """Pass if these records are the ones that were seen, at the versions that were seen.

        Raises:
            ChangedSinceError: one was changed, came or went.
        """
        if Seen.of(*records) != self:
            raise ChangedSinceError


def check_seen(seen: Seen | None, *records: Record | None) -> None:
    """Pass if nobody changed these records since a page showed them; also where no page asks.

    For services that read themselves what they replace.

    Raises:
        ChangedSinceError: one was changed, came or went.
    """
    if seen is not None:
        seen.check(*records)


def hold(record: Record) -> None:
    """Let nobody else write under a record until this transaction ends.

    For services that replace one row of a record by another: the row that is not there yet cannot
    be held. SQLite lets only one transaction write in any case.
    """
    # The model by its name: the user of a request hides behind another type.
    rows = record._meta.model._base_manager.select_for_update().filter(pk=record.pk)
    # Ids alone: no record is opened, so there is no look.
    list(rows.order_by().annotate(held=F("version")).values_list("held", flat=True))


def happened_since(seen: Seen | None, *records: Record | None) -> list[AuditEvent]:
    """What the audit trail says of these records after the versions that were seen, oldest first.

    A record that was not seen is told from its beginning. Only records that the caller has opened
    are told of, never one that the page alone names.
    """
    before = seen.versions if seen is not None else {}
    since = {
        record_id(one): one.version - before.get(record_id(one), 0)
        for one in records
        if one is not None
    }
    return sorted(_newest(since), key=lambda event: event.pk)


def _newest(since: dict[UUID, int]) -> Iterator[AuditEvent]:
    for pk, count in since.items():
        if count <= 0:
            continue
        events = AuditEvent.objects.filter(record_id=pk).order_by("-pk")[:LATEST]
        moved = [event for event in events if _moves_version(event.changes)]
        yield from moved[:count]


def _moves_version(changes: dict[str, Any]) -> bool:
    """Whether an event came with a new version: it then says what each field was and became."""
    return bool(changes) and all(isinstance(p, list) and len(p) == 2 for p in changes.values())


def told_fields(events: Sequence[AuditEvent]) -> dict[str, AuditEvent]:
    """By column: the newest of these events that changed it."""
    return {name: event for event in events for name in event.changes}
