"""Old copies are removed by their names, and nothing else is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nestling.foundation.backup import retention
from nestling.foundation.backup.sealed_file import MAGIC


def copies(folder: Path, *days: int) -> list[Path]:
    made = [retention.name_for(folder, on=datetime(2026, 3, day, 2, tzinfo=UTC)) for day in days]
    for one in made:
        one.write_bytes(MAGIC)
    return made


def test_the_newest_are_kept(tmp_path: Path) -> None:
    made = copies(tmp_path, 1, 2, 3, 4)

    removed = retention.remove_older(made[-1], keep=2)

    assert removed == made[:2]
    assert sorted(tmp_path.iterdir()) == made[2:]


def test_files_that_are_not_copies_stay(tmp_path: Path) -> None:
    made = copies(tmp_path, 1, 2)
    (tmp_path / "nestling-2026-01-01T020000Z.backup").write_bytes(b"something else")
    (tmp_path / "letters.backup").write_bytes(MAGIC)

    removed = retention.remove_older(made[-1], keep=1)

    assert removed == made[:1]
    assert len(list(tmp_path.iterdir())) == 3


def test_keeping_some_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(retention.RetentionError, match="folder"):
        retention.check_keep(tmp_path / "one.backup")
