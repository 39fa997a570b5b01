"""Whether what was put back is what was copied: tables, counts, references, and both logs."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from nestling.foundation.backup import postgres_copy, sqlite_copy
from nestling.foundation.backup.contents import Contents
from nestling.foundation.backup.places import DATABASE_FILE, HEADS_FILE, Place
from nestling.foundation.backup.postgres_copy import Server

VERIFY_LOGS = "from nestling.cli import main; raise SystemExit(main())"


class VerifyError(Exception):
    """What was put back is not what was copied."""

    def __init__(self, faults: list[str]) -> None:
        """Keep the faults, one a line."""
        self.faults = faults
        super().__init__("; ".join(faults))


def try_restored(place: Place, *, folder: Path, server: Server | None, expected: Contents) -> str:
    """What was found, in words, when a database that was put back holds all that it should.

    Raises:
        VerifyError: it does not.
    """
    faults = [] if server else sqlite_copy.faults_in(folder / DATABASE_FILE)
    found = contents_at(folder, server)
    faults += expected.differences(found)
    if faults:
        raise VerifyError(faults)
    logs = check_logs(place, folder=folder, server=server)
    return f"{len(found.rows)} tables, {found.total:,} rows as they were. {logs}"


def contents_at(folder: Path, server: Server | None) -> Contents:
    """What stands in a restored database."""
    if server is not None:
        return postgres_copy.contents_of(server)
    return sqlite_copy.contents_of(folder / DATABASE_FILE)


def check_logs(place: Place, *, folder: Path, server: Server | None) -> str:
    """What `nestling audit verify` says of the restored place, with the keys of the real one.

    Raises:
        VerifyError: a log does not hold.
    """
    restored = replace(
        place,
        data_dir=folder,
        heads_file=folder / HEADS_FILE,
        database_url=server.url if server else "",
    )
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", VERIFY_LOGS, "audit", "verify", "--data-dir", str(folder)],
        env=restored.environment(),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = done.stdout + (done.stderr if done.returncode != 1 else "")
        raise VerifyError([line for line in said.splitlines() if line.strip()])
    return " ".join(done.stdout.split())
