"""Looks: which watched records a request has fetched.

A watched model notes each row as it is built from the database (`WatchedRecord.from_db` and
`from_row`), so no view, query or template can show a record without its being noted. Outside a
request nothing is gathered.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(slots=True)
class Looks:
    """The records fetched so far, as (kind, id), and what the request is doing with them."""

    records: set[tuple[str, UUID]] = field(default_factory=set)
    action: str = "opened"
    reason: str = ""
    details: dict[str, Any] = field(default_factory=dict)


_gathering: ContextVar[Looks | None] = ContextVar("looks", default=None)


def note_look(kind: str, record_id: UUID) -> None:
    """Remember that a record was fetched, if a request is being watched."""
    looks = _gathering.get()
    if looks is not None:
        looks.records.add((kind, record_id))


def describe_look(action: str, *, reason: str = "") -> None:
    """Say what records are fetched for: ``listed``, ``searched``, ``printed`` or ``exported``."""
    looks = _gathering.get()
    if looks is not None:
        looks.action = action
        looks.reason = reason or looks.reason


def describe_export(
    *,
    filter: Mapping[str, str],  # noqa: A002 - the word for it, and always named
    ids: Iterable[UUID],
    action: str = "exported",
) -> None:
    """Say that rows leave the record as a file or on paper: by what filter, how many, and which.

    The entry keeps the filter, the count and one hash of the ids, so that a list found later can
    be shown to be this one. ``filter`` holds codes, never what was searched for. Rows that were
    fetched are named in the entry as ever; a very large export reads them `unwatched`.
    """
    looks = _gathering.get()
    if looks is not None:
        rows = list(ids)
        looks.action = action
        given = {name: value for name, value in filter.items() if value}
        looks.details = {"filter": given, "count": len(rows), "ids": hash_of_ids(rows)}


def hash_of_ids(ids: Iterable[UUID]) -> str:
    """One hash for a set of ids, whatever their order: SHA-256 of them, sorted, one a line.

    >>> one, two = UUID(int=1), UUID(int=2)
    >>> hash_of_ids([one, two]) == hash_of_ids([two, one])
    True
    """
    lines = "\n".join(sorted(row.hex for row in ids))
    return hashlib.sha256(lines.encode("ascii")).hexdigest()


@contextmanager
def gather_looks() -> Iterator[Looks]:
    """Gather what is fetched within this block."""
    looks = Looks()
    token = _gathering.set(looks)
    try:
        yield looks
    finally:
        _gathering.reset(token)


@contextmanager
def unwatched() -> Iterator[None]:
    """Fetch without a look: for rules that must read a record which no one is shown.

    Each use says why beside it.
    """
    token = _gathering.set(None)
    try:
        yield
    finally:
        _gathering.reset(token)
