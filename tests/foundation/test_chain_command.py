"""`nestling audit`: what it says, and with which exit status."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nestling.cli import main
from nestling.cli.audit import words_of
from nestling.foundation.chain_check import Report
from nestling.foundation.chain_walk import Fault, Kind
from tests.foundation.conftest import Service

TRIGGER = "foundation_auditevent_no_update"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, capsys) -> None:
    assert main(["audit", "verify", "--data-dir", str(tmp_path / "none")]) == 2

    assert "there is no folder" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_a_folder_without_a_database_is_refused(
    tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)

    assert main(["audit", "verify", "--data-dir", str(tmp_path)]) == 2
    assert "there is no database" in capsys.readouterr().err


def test_without_its_key_a_log_is_not_checked_and_no_key_is_made(tmp_path: Path, capsys) -> None:
    (tmp_path / "nestling.sqlite3").touch()

    assert main(["audit", "verify", "--data-dir", str(tmp_path)]) == 2
    assert "chain.key" in capsys.readouterr().err
    assert not (tmp_path / "keys").exists()


def test_the_first_break_is_said_in_one_line_and_then_how_far_the_log_holds() -> None:
    fault = Fault(log="audit", position=8, kind=Kind.REMOVED, words="It is missing.")

    words = words_of(Report(log="audit", rows=7, faults=[fault], notes=["One thing more."]))

    assert words.splitlines() == [
        "audit log, position 8: removed. It is missing.",
        "audit log: entries 1 to 7 hold.",
        "audit log: note: One thing more.",
    ]


def test_a_log_that_was_tampered_with_ends_with_1_and_is_not_renewed(
    service: Service, tmp_path: Path
) -> None:
    service.run("-m", "tests.foundation.appender", "prepare").communicate()
    service.run("-m", "tests.foundation.appender", "1").communicate()
    with closing(sqlite3.connect(tmp_path / "nestling.sqlite3")) as database, database:
        database.execute(f"DROP TRIGGER {TRIGGER}")
        database.execute("UPDATE foundation_auditevent SET action = 'x' WHERE id = 3")

    status, words, _ = service.nestling("audit", "verify")
    renewed, _, _ = service.nestling("audit", "renew-heads")

    assert status == renewed == 1
    first, second, third = words.splitlines()[:3]
    assert first == "audit log, position 3: changed. It is not as it was signed."
    assert second.startswith(f"audit log: protection removed. The trigger {TRIGGER} is gone")
    assert third == "audit log: entries 1 to 2 hold."
