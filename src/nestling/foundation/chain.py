"""Adding rows to the two logs: each row is signed together with the row before it.

`append` is the only way into a log. The row's `id` is its position: 1, 2, 3 and so on without a
gap, given here and never by the database's own counter. Appends to one log queue: SQLite lets one
writer in at a time, PostgreSQL holds a lock of the log until the transaction ends, so a
transaction that is rolled back leaves no gap.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from nestling.foundation import chain_form, chain_heads, kept_plans
from nestling.foundation.chain_form import ACCESS_FORM, AUDIT_FORM, FIRST, Form
from nestling.foundation.identifier_list import stored
from nestling.foundation.models import AccessLogEntry, AuditEvent, SignedRow

__all__ = ["ACCESS", "AUDIT", "Log", "append", "hold", "key_in_use"]

BATCH = 500
VALUES_AT_ONCE = 900
"""Values in one statement: SQLite may allow no more than 999."""
LOCK_SPACE = 0x4E455354
"""The first half of the locks that PostgreSQL keeps for the logs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """One of the two logs: its form, its table, its lock."""

    form: Form
    model: type[SignedRow]
    lock: int

    @property
    def name(self) -> str:
        """``audit`` or ``access``."""
        return self.form.name


AUDIT = Log(form=AUDIT_FORM, model=AuditEvent, lock=1)
ACCESS = Log(form=ACCESS_FORM, model=AccessLogEntry, lock=2)


@dataclass(slots=True, kw_only=True)
class Tip:
    """The end of a log: its last position and signature."""

    position: int = 0
    mac: str = FIRST


@transaction.atomic(savepoint=False)
def append(log: Log, rows: Iterable[SignedRow]) -> int:
    """Sign rows, add them to the end of a log in their order, and say its new last position.

    ``chain.append(chain.AUDIT, [AuditEvent(...)])`` works for one row and for millions: rows are
    taken a few hundred at a time, so a generator keeps memory small, and one call with many rows
    is far faster than many calls. Rows must be unsaved; ``id``, ``key_id`` and ``mac`` are filled
    in here. Fractions in ``changes`` and ``details`` become text.

    The lock is held until the surrounding transaction ends. After its commit the log's head is
    written to `settings.CHAIN_HEAD_FILE` and to the structured log.
    """
    key = key_in_use()
    tip = tip_of(log)
    start = tip.position
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        store(log, sign(log, batch, tip=tip, key=key))
    if tip.position > start:
        chain_heads.announce_on_commit(
            log.name, after=start, count=tip.position, mac=tip.mac, key=key
        )
    return tip.position


def hold(log: Log) -> None:
    """Wait for this log's turn before writing records, so that two writers never cross.

    Whoever changes records and then appends takes the lock first; otherwise two transactions
    could each hold a record that the other waits for. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, log.lock])


def key_in_use() -> str:
    """The key that signs: the newest.

    Raises:
        ImproperlyConfigured: there is none.
    """
    if not settings.CHAIN_KEYS:
        raise ImproperlyConfigured("CHAIN_KEYS is empty: the logs cannot be signed")
    return str(settings.CHAIN_KEYS[0])


def tip_of(log: Log) -> Tip:
    """The end of a log, with its lock held: one statement."""
    with kept_plans.cursor() as cursor:
        cursor.execute(_tip_statement(log))
        found = cursor.fetchone()
    return Tip() if found is None else Tip(position=found[0], mac=found[1])


def _tip_statement(log: Log) -> str:
    if connection.vendor == "postgresql":
        # A function: it locks before it reads, and it reads past any row-level security.
        waits = f", {WAITS_NOT}" if waits_not(log) else ""
        return f"SELECT last_id, last_mac{waits} FROM nestling_chain_tip('{log.name}')"  # noqa: S608 - our own names
    return f"SELECT id, mac FROM {log.model._meta.db_table} ORDER BY id DESC LIMIT 1"  # noqa: S608 - our own names


WAITS_NOT = (
    "CASE WHEN pg_current_xact_id_if_assigned() IS NULL"
    " THEN set_config('synchronous_commit', 'off', true) END"
)
"""On PostgreSQL, for a transaction that has changed nothing before it adds a look."""


def waits_not(log: Log) -> bool:
    """Whether a commit of this log goes on before it has reached the disk: looks only."""
    return log is ACCESS and not settings.LOOKS_FLUSHED


def sign(log: Log, rows: Sequence[SignedRow], *, tip: Tip, key: str) -> list[list[Any]]:
    """Give rows their positions and signatures, and move the tip behind the last.

    Returns the rows as `store` takes them: the signed values, what a look showed, the signature.
    """
    name = chain_form.key_id(key)
    signed = []
    for row in rows:
        tip.position += 1
        row.pk, row.key_id = tip.position, name
        values = values_of(log.form, row)
        shown = [[one.hex for one in getattr(row, log.form.shown)]] if log.form.shown else []
        body = chain_form.body(log.form, values, *shown)
        tip.mac = row.mac = chain_form.link(key, previous=tip.mac, body=body)
        signed.append([*values, *shown, row.mac])
        row._state.adding = False
    return signed


def values_of(form: Form, row: SignedRow) -> list[Any]:
    """The signed values of a row that is about to be stored; makes its JSON whole."""
    column = form.columns[form.json_at]
    setattr(row, column, chain_form.whole(getattr(row, column)))
    values = [getattr(row, name) for name in form.columns]
    values[1] = chain_form.moment(row.at)
    return [value.hex if isinstance(value, UUID) else value for value in values]


def store(log: Log, signed: Sequence[list[Any]]) -> None:
    """Insert signed rows as they are: building models for millions of them would take minutes."""
    form, on_postgresql = log.form, connection.vendor == "postgresql"
    for values in signed:
        values[1] = f"{values[1].removesuffix('.000000')}{'+00' if on_postgresql else ''}"
        values[form.json_at] = json.dumps(values[form.json_at])
        if form.shown:
            values[-2] = stored(values[-2], as_array=on_postgresql)
    columns = (*form.columns, *filter(None, [form.shown]), "mac")
    insert(log.model._meta.db_table, columns, signed)


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows, in one statement where they are few; PostgreSQL keeps the plan of one row's."""
    places = f"({', '.join(['%s'] * len(columns))})"
    start = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "  # noqa: S608 - our own names
    some = VALUES_AT_ONCE // len(columns)
    with kept_plans.cursor() if len(rows) == 1 else connection.cursor() as cursor:
        for first in range(0, len(rows), some):
            part = rows[first : first + some]
            cursor.execute(
                start + ", ".join([places] * len(part)),
                [value for row in part for value in row],
            )
