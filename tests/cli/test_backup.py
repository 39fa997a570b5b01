"""What the commands of copies refuse before they begin, in plain lines."""

from pathlib import Path

import pytest

from nestling.cli import main


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


def test_a_copy_needs_a_folder_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "--to", str(tmp_path / "no" / "x"), "--data-dir", str(tmp_path)]) == 2
    assert "there is no folder" in said(capsys)


def test_a_folder_without_a_database_is_not_copied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    data = tmp_path / "data"
    data.mkdir()

    assert main(["backup", "--to", str(tmp_path), "--data-dir", str(data)]) == 2
    assert "there is no database" in said(capsys)
    assert list(tmp_path.iterdir()) == [data]


def test_keeping_some_copies_needs_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["backup", "--to", str(tmp_path / "x"), "--keep", "3", "--data-dir", str(tmp_path)]

    assert main(words) == 2
    assert "--keep needs --to to be a folder" in said(capsys)


def test_a_key_and_a_passphrase_are_one_too_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["backup", "--to", str(tmp_path), "--key-file", "a", "--passphrase-file", "b"]

    assert main([*words, "--data-dir", str(tmp_path)]) == 2
    assert "not both" in said(capsys)


def test_a_copy_that_is_not_there_is_not_put_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["restore", str(tmp_path / "none"), "--data-dir", str(tmp_path)]) == 2
    assert "there is no file" in said(capsys)


def test_something_else_is_not_a_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ann", encoding="utf-8")
    (tmp_path / "keys").mkdir()
    for name in ("sealing.key", "chain.key"):
        (tmp_path / "keys" / name).write_text("x", encoding="utf-8")
    (tmp_path / "words").write_text("correct horse battery staple", encoding="utf-8")
    words = ["restore", str(tmp_path / "letter.txt"), "--passphrase-file", str(tmp_path / "words")]

    assert main([*words, "--data-dir", str(tmp_path)]) == 2
    assert "not a copy that Nestling made" in said(capsys)


def test_without_the_keys_nothing_is_put_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.backup").write_bytes(b"x")
    (tmp_path / "words").write_text("correct horse battery staple", encoding="utf-8")
    words = ["restore", str(tmp_path / "x.backup"), "--passphrase-file", str(tmp_path / "words")]

    assert main([*words, "--data-dir", str(tmp_path / "new")]) == 2
    assert "put sealing.key and chain.key into" in said(capsys)
    assert not (tmp_path / "new").exists()


def test_the_caseload_needs_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["caseload-copy", "--to", str(tmp_path / "no" / "x.pdf"), "--data-dir", str(tmp_path)]

    assert main(words) == 2
    assert "there is no folder" in said(capsys)
