"""Verifying both logs against their signatures, their head file, their index and their triggers.

Nothing is locked and nothing written, so a service may go on meanwhile: what is added after the
beginning is left for the next time. Memory does not grow with the log.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
    seen = record_index.Sum()
    for position in walk.along(items(database, form, end=end, seen=seen)):
        if position % 1_000 == 0:
            on_progress(1_000)
    on_progress(walk.position % 1_000)
    heads = Heads(log=form.name, path=head_file, keys=keys)
    whole = walk.position == end
    walk.faults += heads.faults(
        last=walk.position, whole=whole, macs=lambda some: macs_at(database, form, some)
    )
    if whole:
        walk.faults += unfit_index(database, form, seen, end=end)
    walk.faults += unprotected(database, form)
    return Report(log=form.name, rows=walk.position, faults=walk.faults, notes=heads.notes)


def items(
    database: BaseDatabaseWrapper, form: Form, *, end: int, seen: record_index.Sum
) -> Iterator[Item]:
    """The rows of a log up to a position, with what each look showed, which is summed up too."""
    for rows in pages(database, form):
        for *stored, words, mac in rows:
            if stored[0] > end:
                return
            shown = () if words == "" else str(words).split(" ")
            seen.add(stored[0], shown)
            yield Item(stored, shown, mac)


def unfit_index(
    database: BaseDatabaseWrapper, form: Form, seen: record_index.Sum, *, end: int
) -> list[Fault]:
    """On SQLite, where the index can be written to apart: whether it holds what the log says."""
    if not form.shown or database.vendor == "postgresql" or not record_index.possible(database):
        return []
    if not record_index.stands(database):
        kind, at = Kind.UNPROTECTED, 0
        words = "The index from records to looks is gone; a start makes it anew from the log."
    elif record_index.sum_of_index(database, end=end).total != seen.total:
        kind = Kind.CHANGED
        words = "The index from records to looks says otherwise than the log, which holds."
        by_look = record_index.sums_by_look(database)
        of_log = (
            (item.stored[0], record_index.sum_of(item.stored[0], item.shown))
            for item in items(database, form, end=end, seen=record_index.Sum())
        )
        at = next((look for look, total in of_log if by_look.get(look, 0) != total), 0)
    else:
        return []
    return [Fault(log=form.name, position=at, kind=kind, words=words)]


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
