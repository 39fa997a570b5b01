"""What the log of looks itself costs a request: gathering, signing, storing, writing the head.

Measures the step that the access log's middleware adds after a page has been made: one look that
names so many records, appended to a log that is long already, committed as a service commits it.
SQLite runs in a temporary folder with the service's own settings; PostgreSQL is a server of its
own in a temporary folder, with every commit flushed to disk.

    .venv/bin/python bench/log_cost.py [--quick]
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from nestling.foundation.models import AccessLogEntry

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]
LOOKS, QUICK = 2_000, 200
ALREADY_THERE, QUICK_THERE = 100_000, 5_000
SHOWN = (1, 10, 150)
"""Records in a look: one record, a family's page, a list of fifty rows with babies and carers."""


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL server that flushes each commit; its address, or nothing without a server."""
    import on_postgres  # noqa: PLC0415 - found once the tools are on the path

    folder = on_postgres.programs()
    if folder is None:
        yield ""
        return
    with on_postgres.server(folder) as address:
        subprocess.run(
            ["psql", "-q", address, "-c", "ALTER SYSTEM SET fsync = on"], check=True, cwd="/"
        )
        subprocess.run(
            ["psql", "-q", "-At", address, "-c", "SELECT pg_reload_conf()"],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
        )
        yield address


def measure(*, looks: int, there: int) -> None:
    """Fill the log, then time looks of each size; runs in a process of its own."""
    import django  # noqa: PLC0415 - settings come from the environment

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import override_settings  # noqa: PLC0415

    from nestling.foundation import chain, chain_heads  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    rng = random.Random(1)
    chain.append(chain.ACCESS, (a_look(rng, shown=3) for _ in range(there)))
    for shown in SHOWN:
        taken = timed(partial(one_look, rng, shown=shown), looks)
        print(row(connection.vendor, f"look at {shown} records", taken))
    with override_settings(LOOKS_FLUSHED=True):
        taken = timed(lambda: one_look(rng, shown=10), looks)
    print(row(connection.vendor, "look at 10 records, each flushed to disk", taken))
    print(row(connection.vendor, "one audit event", timed(audit_event(rng), looks)))
    line = {"log": "access", "after": 1, "count": 2, "mac": "0" * 64}
    for flushed in (False, True):
        taken = timed(partial(head_line, chain_heads, line, flushed=flushed), looks)
        how = "flushed to disk" if flushed else "left to the system"
        print(row(connection.vendor, f"of it the head file's line, {how}", taken))


def one_look(rng: random.Random, *, shown: int) -> None:
    """What the middleware does for one page."""
    from django.db import transaction  # noqa: PLC0415

    from nestling.foundation import chain, chain_flush  # noqa: PLC0415

    with chain_flush.soon(), transaction.atomic(durable=True):
        chain.append(chain.ACCESS, [a_look(rng, shown=shown)])


def audit_event(rng: random.Random) -> Callable[[], object]:
    """Appends one change."""
    from nestling.foundation import chain  # noqa: PLC0415
    from nestling.foundation.models import AuditEvent  # noqa: PLC0415

    changes = {"phone": [None, "01632 960 000"], "name": ["Ann", "Anne"]}
    return lambda: chain.append(
        chain.AUDIT,
        [AuditEvent(action="changed", kind="x.y", record_id=some_id(rng), changes=changes)],
    )


def head_line(heads: object, line: dict[str, object], *, flushed: bool) -> None:
    """Write a line of the head file."""
    from django.conf import settings  # noqa: PLC0415

    heads.add_line(line, key=settings.CHAIN_KEYS[0])  # type: ignore[attr-defined]
    if flushed:
        opened = os.open(settings.CHAIN_HEAD_FILE, os.O_WRONLY)
        os.fsync(opened)
        os.close(opened)


def a_look(rng: random.Random, *, shown: int) -> "AccessLogEntry":
    """A look at so many made-up records."""
    from nestling.foundation.models import AccessLogEntry  # noqa: PLC0415

    look = AccessLogEntry(
        action="listed", page="care:waiting", actor_id=some_id(rng), organisation_id=some_id(rng)
    )
    look.show(("people.person", some_id(rng)) for _ in range(shown))
    return look


def some_id(rng: random.Random) -> UUID:
    """A made-up identifier."""
    return UUID(int=rng.getrandbits(128), version=4)


def timed(act: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each run."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def row(database: str, what: str, taken: list[float]) -> str:
    """A row of the table: p50 and p95 in milliseconds."""
    cuts = quantiles(taken, n=20)
    return f"{database:<12}{what:<50}{cuts[9]:>8.2f}{cuts[18]:>8.2f}"


def main() -> None:
    """Measure on SQLite and, where there is one, on PostgreSQL."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer looks, a shorter log")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    looks, there = (QUICK, QUICK_THERE) if asked.quick else (LOOKS, ALREADY_THERE)
    if asked.inside:
        measure(looks=looks, there=there)
        return
    print(f"{'database':<12}{f'what, in a log of {there:,} looks':<50}{'p50 ms':>8}{'p95 ms':>8}")
    for address in addresses():
        again(address, quick=asked.quick)


def addresses() -> Iterator[str]:
    """SQLite, which needs no address, and then PostgreSQL."""
    yield ""
    with postgres() as address:
        if address:
            yield address
        else:
            print("postgresql  no server is installed")


def again(address: str, *, quick: bool) -> None:
    """Measure one database in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="nestling-log-cost-") as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "nestling.config.settings.demo",
            "NESTLING_DATA_DIR": folder,
            "DATABASE_URL": address,
        }
        words = [sys.executable, __file__, "--inside", *(["--quick"] if quick else [])]
        subprocess.run(words, check=True, env=environment)


if __name__ == "__main__":
    main()
