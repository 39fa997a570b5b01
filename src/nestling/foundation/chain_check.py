"""Verifying both logs against their signatures, their head file, their index and their triggers.

Nothing is locked and nothing written, so a service may go on meanwhile: what is added after the
beginning is left for the next time. Memory does not grow with the log.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from nestling.foundation import chain_form, record_index
from nestling.foundation.chain_form import ACCESS_FORM, AUDIT_FORM, Form
from nestling.foundation.chain_heads import Heads
from nestling.foundation.chain_rows import (
    TABLES,
    last_position,
    macs_at,
    pages,
    triggers,
)
from nestling.foundation.chain_walk import Fault, Item, Kind, Walk

__all__ = ["Report", "verify"]

FORMS = (AUDIT_FORM, ACCESS_FORM)
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a log holds: how many rows were checked, what broke, and what is worth knowing."""

    log: str
    rows: int
    faults: Sequence[Fault]
    notes: Sequence[str] = field(default=())


def verify(
    database: BaseDatabaseWrapper,
    *,
    keys: Sequence[str],
    head_file: Path | None,
    on_progress: Progress = lambda _: None,
) -> list[Report]:
    """One report for each log; ``on_progress`` is told how many more rows were checked.

    ``keys`` are newest first. Without a head file only a cut tail stays hidden.
    """
    named = {chain_form.key_id(key): key for key in keys}
    return [verify_log(database, form, named, head_file, on_progress) for form in FORMS]


def verify_log(
    database: BaseDatabaseWrapper,
    form: Form,
    keys: Mapping[str, str],
    head_file: Path | None,
    on_progress: Progress,
) -> Report:
    """One log: its rows in order, then what stands outside them."""
    walk = Walk(form=form, keys=keys)
    end = last_position(database, form)
    indexed, apart = Indexed(), is_apart(database, form)
    rows = items(database, form, end=end)
    for position in walk.along(indexed.along(rows) if apart else rows):
        if position % 1_000 == 0:
            on_progress(1_000)
    on_progress(walk.position % 1_000)
    heads = Heads(log=form.name, path=head_file, keys=keys)
    whole = walk.position == end
    walk.faults += heads.faults(
        last=walk.position, whole=whole, macs=lambda some: macs_at(database, form, some)
    )
    if whole and apart:
        walk.faults += unfit_index(database, form, indexed, end=end)
    walk.faults += unprotected(database, form)
    return Report(log=form.name, rows=walk.position, faults=walk.faults, notes=heads.notes)


def items(database: BaseDatabaseWrapper, form: Form, *, end: int) -> Iterator[Item]:
    """The rows of a log up to a position, with what each look showed."""
    for rows in pages(database, form):
        for *stored, words, mac in rows:
            if stored[0] > end:
                return
            yield Item(stored, () if words == "" else str(words).split(" "), mac)


@dataclass(slots=True)
class Indexed:
    """What an index should hold of the looks seen so far, as one sum; see `record_index`."""

    total: int = 0

    def along(self, looks: Iterable[Item]) -> Iterator[Item]:
        """The same looks, summed up as they pass."""
        for look in looks:
            self.total += record_index.sum_of(look.stored[0], look.shown)
            yield look


def is_apart(database: BaseDatabaseWrapper, form: Form) -> bool:
    """Whether a log has an index that could be written to apart from it: SQLite's FTS5."""
    return bool(form.shown) and database.vendor != "postgresql" and record_index.possible(database)


def unfit_index(
    database: BaseDatabaseWrapper, form: Form, wanted: Indexed, *, end: int
) -> list[Fault]:
    """Whether the index holds what the log says, and if not, of which look first."""
    if not record_index.stands(database):
        words = "The index from records to looks is gone; a start makes it anew from the log."
        return [Fault(log=form.name, position=0, kind=Kind.UNPROTECTED, words=words)]
    if record_index.sum_of_index(database, end=end) == wanted.total:
        return []
    indexed = record_index.sums_by_look(database)
    looks = items(database, form, end=end)
    sums = ((look.stored[0], record_index.sum_of(look.stored[0], look.shown)) for look in looks)
    at = next((look for look, total in sums if indexed.get(look, 0) != total), 0)
    words = "The index from records to looks says otherwise than the log, which holds."
    return [Fault(log=form.name, position=at, kind=Kind.CHANGED, words=words)]


def unprotected(database: BaseDatabaseWrapper, form: Form) -> list[Fault]:
    """Triggers that are gone: without them a row can be changed in the first place."""
    found = triggers(database)
    wanted = [f"{TABLES[form.name]}_no_{verb}" for verb in ("update", "delete")]
    return [
        Fault(
            log=form.name,
            position=0,
            kind=Kind.UNPROTECTED,
            words=f"The trigger {name} is gone, so the database would accept a change.",
        )
        for name in wanted
        if name not in found
    ]
