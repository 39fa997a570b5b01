"""Verifying both logs against their signatures, their head file and their triggers.

Nothing is locked and nothing written, so a service may go on meanwhile: what is added after the
beginning is left for the next time. Memory does not grow with the log.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from nestling.foundation import chain_form
from nestling.foundation.chain_form import ACCESS_FORM, AUDIT_FORM, Form
from nestling.foundation.chain_heads import Heads
from nestling.foundation.chain_rows import (
    RECORDS,
    TABLES,
    last_position,
    macs_at,
    pages,
    shown_between,
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
    for position in walk.along(items(database, form, end=end)):
        if position % 1_000 == 0:
            on_progress(1_000)
    on_progress(walk.position % 1_000)
    heads = Heads(log=form.name, path=head_file, keys=keys)
    whole = walk.position == end
    if whole:
        walk.faults += stray_records(database, form, end=end)
    walk.faults += heads.faults(
        last=walk.position, whole=whole, macs=lambda some: macs_at(database, form, some)
    )
    walk.faults += unprotected(database, form)
    return Report(log=form.name, rows=walk.position, faults=walk.faults, notes=heads.notes)


def items(database: BaseDatabaseWrapper, form: Form, *, end: int) -> Iterator[Item]:
    """The rows of a log up to a position, with what each look showed."""
    for rows in pages(database, form):
        shown: Mapping[int, list[tuple[int, str, str]]] = {}
        if form is ACCESS_FORM:
            shown = shown_between(database, first=rows[0][0], last=rows[-1][0])
        for row in rows:
            if row[0] > end:
                return
            yield Item(row[:-1], shown.get(row[0], ()), row[-1])


def stray_records(database: BaseDatabaseWrapper, form: Form, *, end: int) -> list[Fault]:
    """Records of looks that are not there."""
    if form is not ACCESS_FORM:
        return []
    table = TABLES[form.name]
    with database.cursor() as cursor:
        cursor.execute(
            f"SELECT min(entry_id), max(entry_id) FROM {RECORDS} r"  # noqa: S608 - our own names
            f" WHERE (entry_id < 1 OR entry_id > {int(end)})"
            f" AND NOT EXISTS (SELECT 1 FROM {table} e WHERE e.id = r.entry_id)"
        )
        lowest, highest = cursor.fetchone()
    if lowest is None:
        return []
    kind = Kind.TAIL_CUT if highest > end else Kind.INSERTED
    words = "Records of a look stand there, and the look itself does not."
    return [Fault(log=form.name, position=lowest, kind=kind, words=words)]


def unprotected(database: BaseDatabaseWrapper, form: Form) -> list[Fault]:
    """Triggers that are gone: without them a row can be changed in the first place."""
    tables = [TABLES[form.name], *([RECORDS] if form is ACCESS_FORM else [])]
    found = triggers(database)
    wanted = [f"{table}_no_{verb}" for table in tables for verb in ("update", "delete")]
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
