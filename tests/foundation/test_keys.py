"""Keys in files that only the service's own user may read."""

from pathlib import Path

from nestling.foundation.keys import sealing_keys, secret_key


def test_a_key_is_made_once_and_read_again(tmp_path: Path) -> None:
    assert sealing_keys(tmp_path) == sealing_keys(tmp_path)
    assert secret_key(tmp_path) == secret_key(tmp_path)


def test_no_one_else_may_read_a_key(tmp_path: Path) -> None:
    sealing_keys(tmp_path / "keys")

    mode = (tmp_path / "keys" / "sealing.key").stat().st_mode & 0o777

    assert mode == 0o600


def test_a_new_key_on_top_is_the_one_that_seals(tmp_path: Path) -> None:
    old = sealing_keys(tmp_path)[0]
    (tmp_path / "sealing.key").write_text(f"new-key\n{old}\n", encoding="ascii")

    assert sealing_keys(tmp_path) == ["new-key", old]
