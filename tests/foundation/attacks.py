"""Attacks on the logs by SQL alone, as someone with the database's password and no key would do."""
# ruff: noqa: S608 - the attacker's own SQL, made of constants and numbers

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from nestling.foundation import chain
from nestling.foundation.chain_check import verify
from nestling.foundation.chain_walk import Fault, Kind
from nestling.foundation.identifier_list import stored
from nestling.foundation.models import AccessLogEntry, AuditEvent

AUDIT, ACCESS = "foundation_auditevent", "foundation_accesslogentry"
LOGS = (AUDIT, ACCESS)
CHAINS = {AUDIT: chain.AUDIT, ACCESS: chain.ACCESS}
FAR = 1_000_000_000
Attack = Callable[[random.Random], str]


class TakenBackError(Exception):
    """Ends an attack, so that the next begins on whole logs."""


def some_id(rng: random.Random) -> UUID:
    """An identifier that follows from the seed."""
    return UUID(int=rng.getrandbits(128), version=4)


def an_event(rng: random.Random) -> AuditEvent:
    """A change to a made-up record."""
    return AuditEvent(
        action=rng.choice(("created", "changed", "signed")),
        kind=rng.choice(("people.person", "care.episode")),
        record_id=some_id(rng),
        actor_id=some_id(rng) if rng.random() < 0.8 else None,
        organisation_id=some_id(rng),
        team_id=some_id(rng) if rng.random() < 0.5 else None,
        changes={"phone": [None, f"0{rng.randrange(10**9)}"], "count": [1, rng.randrange(99)]},
    )


def a_look(rng: random.Random) -> AccessLogEntry:
    """A look that showed a few made-up records."""
    look = AccessLogEntry(
        action=rng.choice(("opened", "listed")),
        page=rng.choice(("desk:family", "care:waiting")),
        reason=rng.choice(("", "asked by the family")),
        actor_id=some_id(rng),
        organisation_id=some_id(rng),
    )
    look.show(("people.person", some_id(rng)) for _ in range(rng.randrange(1, 5)))
    return look


def fill(rng: random.Random, *, rows: int) -> None:
    """Write so many rows into each log, some alone and some together."""
    for make, log in ((an_event, chain.AUDIT), (a_look, chain.ACCESS)):
        left = rows
        while left:
            some = min(left, rng.randrange(1, 8))
            chain.append(log, [make(rng) for _ in range(some)])
            left -= some


def faults(head_file: Path | None) -> list[Fault]:
    """What verifying finds, but for the triggers: an attacker could put those back."""
    reports = verify(connection, keys=settings.CHAIN_KEYS, head_file=head_file)
    found = [fault for report in reports for fault in report.faults]
    return [fault for fault in found if fault.kind is not Kind.UNPROTECTED]


@contextmanager
def as_attacker() -> Iterator[None]:
    """Within this block nothing refuses a change; afterwards all is as it was."""
    try:
        with transaction.atomic():
            drop_protection()
            yield
            raise TakenBackError  # noqa: TRY301 - leaves the transaction
    except TakenBackError:
        return
    finally:
        if not on_postgres():
            # No transaction takes this back.
            run("PRAGMA ignore_check_constraints = OFF")


def drop_protection() -> None:
    """Drop every trigger and check of the two tables."""
    for table in LOGS:
        for verb in ("update", "delete"):
            run(f"DROP TRIGGER {table}_no_{verb}" + (f" ON {table}" if on_postgres() else ""))
    if on_postgres():
        for table in LOGS:
            name = table.removeprefix("foundation_")
            run(f"ALTER TABLE {table} DROP CONSTRAINT {name}_is_signed")
    else:
        run("PRAGMA ignore_check_constraints = ON")


def on_postgres() -> bool:
    return connection.vendor == "postgresql"


def run(statement: str, values: tuple[Any, ...] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def ask(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def last(table: str) -> int:
    return int(ask(f"SELECT max(id) FROM {table}")[0][0])


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in found]


# Changed


def change_any_column(rng: random.Random) -> str:
    """Give one column of one row another value."""
    table = rng.choice(LOGS)
    column = rng.choice(columns_of(table))
    row = rng.choice(ask(f"SELECT id FROM {table}"))[0]
    old = ask(f"SELECT {column} FROM {table} WHERE id = {row}")[0][0]
    run(f"UPDATE {table} SET {column} = %s WHERE id = %s", (other(column, old, rng), row))
    return f"{table}.{column} of {row}"


def other(column: str, old: object, rng: random.Random) -> object:
    """A value that fits a column and is not the old one."""
    made: dict[str, Callable[[], object]] = {
        "id": lambda: FAR + rng.randrange(1000),
        "at": lambda: f"20{rng.randrange(10, 24)}-03-11 10:00:00.{rng.randrange(10):06d}",
        "changes": lambda: json.dumps({"phone": [None, str(rng.random())]}),
        "details": lambda: json.dumps({"count": rng.randrange(99)}),
        "mac": lambda: f"{rng.getrandbits(256):064x}",
        "key_id": lambda: f"{rng.getrandbits(32):08x}",
        "shown": lambda: stored([some_id(rng).hex], as_array=on_postgres()),
    }
    if column in made:
        return made[column]()
    return some_id(rng).hex if column.endswith("_id") else f"x{rng.randrange(10**6)}"


def change_words_within(rng: random.Random) -> str:
    """Change one number inside what a change says."""
    row = rng.randint(1, last(AUDIT))
    stored = ask(f"SELECT changes FROM {AUDIT} WHERE id = {row}")[0][0]
    changes = json.loads(stored) if isinstance(stored, str) else stored
    changes["count"][1] += rng.choice((1, 100))
    run(f"UPDATE {AUDIT} SET changes = %s WHERE id = %s", (json.dumps(changes), row))
    return f"count of {row}"


def copy_another(rng: random.Random) -> str:
    """Give a row the words and the signature of another, so that both look signed."""
    table = rng.choice(LOGS)
    one, two = rng.sample(range(1, last(table) + 1), 2)
    names = [name for name in columns_of(table) if name != "id"]
    sets = ", ".join(f"{name} = (SELECT {name} FROM {table} WHERE id = {two})" for name in names)
    run(f"UPDATE {table} SET {sets} WHERE id = {one}")
    return f"{table}: {one} became {two}"


# Removed


def remove(rng: random.Random) -> str:
    """Delete some rows that follow each other."""
    table = rng.choice(LOGS)
    first = rng.randint(1, last(table) - 1)
    some = rng.choice((1, 1, 2, 5))
    delete(table, first, min(first + some, last(table)) - 1)
    return f"{table}: {some} from {first}"


def remove_and_number_again(rng: random.Random) -> str:
    """Delete a row and close the gap."""
    table = rng.choice(LOGS)
    row = rng.randint(1, last(table) - 1)
    delete(table, row, row)
    shift(table, after=row, by=-1)
    return f"{table}: {row}, numbered again"


def remove_a_record(rng: random.Random) -> str:
    """Take one record out of what a look showed."""
    entry, records = some_look(rng)
    del records[rng.randrange(len(records))]
    return say(entry, records)


def some_look(rng: random.Random) -> tuple[int, list[str]]:
    """A look and the digits of what it showed."""
    entry = rng.choice(AccessLogEntry.objects.exclude(kinds=""))
    return entry.pk, [one.hex for one in entry.shown]


def say(entry: int, records: list[str]) -> str:
    """Say that a look showed these records, in its row alone."""
    kinds = f"people.person:{len(records)}" if records else ""
    shown = stored(records, as_array=on_postgres())
    run(f"UPDATE {ACCESS} SET kinds = %s, shown = %s WHERE id = %s", (kinds, shown, entry))
    return f"what {entry} showed"


def delete(table: str, first: int, until: int) -> None:
    run(f"DELETE FROM {table} WHERE id BETWEEN {first} AND {until}")


def shift(table: str, *, after: int, by: int) -> None:
    """Move rows after a position; by way of far numbers, so that none meet."""
    run(f"UPDATE {table} SET id = id + {FAR} WHERE id > {after}")
    run(f"UPDATE {table} SET id = id - {FAR - by} WHERE id > {FAR}")


# Inserted


def insert(rng: random.Random) -> str:
    """Put a row between others and number the rest again."""
    table = rng.choice(LOGS)
    row = rng.randint(1, last(table))
    shift(table, after=row - 1, by=1)
    add(table, row, like=rng.choice(ask(f"SELECT id FROM {table}"))[0])
    return f"{table}: before {row}"


def insert_at_an_end(rng: random.Random) -> str:
    """Put a row before the first or after the last, like another or with a signature made up."""
    table = rng.choice(LOGS)
    row = rng.choice((0, -7, last(table) + 1, last(table) + 9))
    add(table, row, like=rng.randint(1, last(table)))
    return f"{table}: at {row}"


def insert_a_record(rng: random.Random) -> str:
    """Say that a look showed one more record."""
    entry, records = some_look(rng)
    records.insert(rng.randrange(len(records) + 1), some_id(rng).hex)
    return say(entry, records)


def swap_records(rng: random.Random) -> str:
    """Let two looks exchange what they showed."""
    (one, of_one), (two, of_two) = some_look(rng), some_look(rng)
    while one == two:
        two, of_two = some_look(rng)
    say(one, of_two)
    return say(two, of_one)


def add(table: str, row: int, *, like: int) -> None:
    names = [name for name in columns_of(table) if name != "id"]
    joined = ", ".join(names)
    run(f"INSERT INTO {table} (id, {joined}) SELECT {row}, {joined} FROM {table} WHERE id = {like}")


# Reordered


def swap(rng: random.Random) -> str:
    """Let two rows change places."""
    table = rng.choice(LOGS)
    one, two = rng.sample(range(1, last(table) + 1), 2)
    if rng.random() < 0.3:
        one = min(one, last(table) - 1)
        two = one + 1
    move(table, {one: two, two: one})
    return f"{table}: {one} and {two}"


def rotate(rng: random.Random) -> str:
    """Move a row further on, and the rows between up."""
    table = rng.choice(LOGS)
    one, two = sorted(rng.sample(range(1, last(table) + 1), 2))
    move(table, {one: two} | {row: row - 1 for row in range(one + 1, two + 1)})
    return f"{table}: {one} to {two}"


def move(table: str, to: dict[int, int]) -> None:
    """Give rows other positions."""
    for old, new in to.items():
        run(f"UPDATE {table} SET id = {FAR + new} WHERE id = {old}")
    run(f"UPDATE {table} SET id = id - {FAR} WHERE id > {FAR}")


# Tail cut


def cut_tail(rng: random.Random) -> str:
    """Delete the newest rows of a log, even all of them."""
    table = rng.choice(LOGS)
    end = last(table)
    some = rng.choice((1, 1, 2, 10, end))
    delete(table, max(1, end - some + 1), end)
    return f"{table}: last {some}"


def cut_tail_and_write_on(rng: random.Random) -> str:
    """Delete the newest rows and let the service go on, which signs with the key."""
    table = rng.choice(LOGS)
    end = last(table)
    some = rng.choice((1, 3, end))
    delete(table, max(1, end - some + 1), end)
    make = an_event if table == AUDIT else a_look
    chain.append(CHAINS[table], [make(rng) for _ in range(some + rng.choice((-1, 0, 5)))])
    return f"{table}: last {some}, then written on"


ATTACKS: tuple[Attack, ...] = (
    *(change_any_column, change_any_column, change_any_column, change_words_within, copy_another),
    *(remove, remove_and_number_again, remove_a_record),
    *(insert, insert_at_an_end, insert_a_record),
    *(swap, swap_records, rotate, cut_tail, cut_tail_and_write_on),
)


def unnoticed(rng: random.Random, *, attacks: int, head_file: Path) -> list[str]:
    """The attacks that verifying does not find, in words."""
    missed = []
    for number in range(attacks):
        attack = ATTACKS[number % len(ATTACKS)]
        with as_attacker():
            words = attack(rng)
            if not faults(head_file):
                missed.append(f"{attack.__name__}: {words}")
    return missed
