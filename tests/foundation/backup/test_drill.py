"""The restore drill: copy while people write, lose everything, put it back, find it whole."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from nestling.foundation.backup import archive
from nestling.foundation.backup.secret import Secret
from tests.foundation.backup.drill import Service, service, timed

SERVER = os.environ.get("NESTLING_TEST_DATABASE", "")
pytestmark = [pytest.mark.database, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with service(tmp_path_factory.mktemp("drill") / "data", server_url=SERVER) as made:
        yield made


@pytest.fixture(scope="module")
def copy(here: Service) -> Path:
    """A copy made while someone wrote."""
    folder = here.folder.parent / "copies"
    folder.mkdir()
    with here.written_to():
        done = here.nestling("backup", "--to", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.iterdir())


def key_of(here: Service) -> Secret:
    return Secret.in_key_file(here.folder / "keys" / "backup.key")


def test_a_copy_is_of_one_moment_while_others_write(here: Service, copy: Path) -> None:
    manifest = archive.look(copy, secret=key_of(here))

    later = here.contents()

    assert manifest.contents.rows["people_person"] == later.rows["people_person"] > 0
    assert manifest.contents.rows["foundation_auditevent"] < later.rows["foundation_auditevent"]


def test_a_copy_names_no_one_and_holds_no_key(here: Service, copy: Path) -> None:
    whole = copy.read_bytes()

    assert copy.stat().st_mode & 0o077 == 0
    for key in (here.folder / "keys").iterdir():
        assert key.read_bytes().strip() not in whole
    assert b"people_person" not in whole


def test_a_place_that_is_not_empty_is_left_alone(here: Service, copy: Path) -> None:
    before = here.contents()

    refused = here.nestling("restore", str(copy))

    assert refused.returncode == 2
    assert "--replace" in refused.stderr
    assert here.contents() == before


@pytest.mark.parametrize("fault", ["flipped", "cut", "longer"])
def test_a_tampered_copy_is_refused_and_nothing_is_written(
    fault: str, here: Service, copy: Path, tmp_path: Path
) -> None:
    whole = bytearray(copy.read_bytes())
    if fault == "flipped":
        whole[len(whole) * 2 // 3] ^= 4
    changed = {"flipped": whole, "cut": whole[:-5000], "longer": whole + b"x"}[fault]
    file = tmp_path / "tampered.backup"
    file.write_bytes(changed)
    empty = tmp_path / "place"
    shutil.copytree(here.folder / "keys", empty / "keys")
    before = sorted(tmp_path.rglob("*"))

    refused = Service(folder=empty, url=here.url and here.url + "_never").nestling(
        "restore", str(file)
    )

    assert refused.returncode == 2, refused.stdout + refused.stderr
    assert "altered, cut or lengthened" in refused.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_another_key_opens_nothing(here: Service, copy: Path, tmp_path: Path) -> None:
    Secret.made_once(tmp_path / "other.key")

    refused = here.nestling("restore", str(copy), "--key-file", str(tmp_path / "other.key"))

    assert refused.returncode == 2
    assert "does not open" in refused.stderr


def test_what_was_destroyed_comes_back_whole(
    here: Service, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = archive.look(copy, secret=key_of(here))
    here.destroy()

    with timed() as took:
        restored = here.nestling("restore", str(copy))
    verified = here.nestling("audit", "verify")

    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert here.contents() == manifest.contents
    assert verified.returncode == 0, verified.stdout + verified.stderr
    with capsys.disabled():
        rows = manifest.contents.total
        print(f"\nRestore drill: {rows:,} rows put back and verified in {took[0]:.1f} s.")  # noqa: T201 - the drill's own word


def test_a_copy_may_take_the_place_of_what_is_there(here: Service, copy: Path) -> None:
    done = here.nestling("restore", str(copy), "--replace")

    assert done.returncode == 0, done.stderr
    assert "before" in done.stdout
