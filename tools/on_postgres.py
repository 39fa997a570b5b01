"""Run a command beside a PostgreSQL server of its own: `tools/on_postgres.py pytest -m database`.

The server lives in a temporary folder, listens on this machine only, and goes when the command
ends. The command finds its address in `NESTLING_TEST_DATABASE`. Without PostgreSQL it says so and
ends well, so that a laptop can still run the other tests.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER_USER = "postgres"


def programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return Path(named).parent if named else None


def as_server_user(command: list[str]) -> list[str]:
    """The command as someone whom PostgreSQL accepts: it refuses the administrator."""
    return ["runuser", "-u", SERVER_USER, "--", *command] if os.geteuid() == 0 else command


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A running server; yields its address."""
    with tempfile.TemporaryDirectory(prefix="nestling-postgres-") as temporary:
        home = Path(temporary)
        if os.geteuid() == 0:
            shutil.chown(home, SERVER_USER)
        run(folder, "initdb", "-D", f"{home}/data", "-U", "nestling", "--auth", "trust")
        port = free_port()
        options = f"-h 127.0.0.1 -p {port} -k {home} -c fsync=off -c max_connections=50"
        control = ("pg_ctl", "-D", f"{home}/data", "-l", f"{home}/log", "-w")
        run(folder, *control, "-o", options, "start")
        try:
            yield f"postgres://nestling@127.0.0.1:{port}/postgres"
        finally:
            run(folder, *control, "-m", "immediate", "stop")


def run(folder: Path, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs."""
    command = as_server_user([str(folder / program), *arguments])
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def main(command: list[str]) -> int:
    """Run the command beside a server; its exit status."""
    folder = programs()
    if folder is None:
        print("SKIPPED on PostgreSQL: no PostgreSQL server is installed.")
        return 0
    with server(folder) as address:
        environment = {**os.environ, "NESTLING_TEST_DATABASE": address}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
