"""A service of its own for tests whose transactions must really end."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).parent.parent.parent
SCRATCH = "nestling_scratch"


@dataclass(frozen=True)
class Service:
    """A folder and a database of its own, reached through programs of their own."""

    folder: Path
    environment: dict[str, str]

    def run(self, *words: str) -> "subprocess.Popen[str]":
        """Start our own Python on something."""
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def nestling(self, *words: str) -> tuple[int, str, str]:
        """A command's exit status, its words and its complaints."""
        start = ("-c", "import nestling.cli as c; raise SystemExit(c.main())")
        program = self.run(*start, *words, "--data-dir", str(self.folder))
        said, complained = program.communicate()
        return program.returncode, said, complained


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """An empty service: a SQLite file, or a database on the tests' server."""
    address = os.environ.get("NESTLING_TEST_DATABASE", "")
    scratch = urlunsplit(urlsplit(address)._replace(path=SCRATCH)) if address else ""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "nestling.config.settings.demo",
        "NESTLING_DATA_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": scratch,
    }
    made = Service(folder=tmp_path, environment=environment)
    if not address:
        yield made
        return
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {SCRATCH}")
        yield made
        server.execute(f"DROP DATABASE {SCRATCH} WITH (FORCE)")
