"""Looks: which watched records a request has fetched.

A watched model notes each row as Django builds it from the database (`Model.from_db`), so no
view, query or template can show a record without its being noted. Outside a request nothing is
gathered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(slots=True)
class Looks:
    """The records fetched so far, as (kind, id), and what the request is doing with them."""

    records: set[tuple[str, UUID]] = field(default_factory=set)
    action: str = "opened"
    reason: str = ""


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
        looks.reason = reason


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
