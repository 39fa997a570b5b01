"""A sealed file gives back what went in, or nothing at all."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.foundation.backup.sealed_file import (
    CHUNK,
    MAGIC,
    TAG,
    SealedFileError,
    SealedReader,
    SealedWriter,
    TamperedError,
    WrongSecretError,
    check_whole,
)
from nestling.foundation.backup.secret import KEY_FILE, Secret, SecretError

KEY = Secret(kind=KEY_FILE, value=b"k" * 32)
LENGTHS = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17)


def sealed(plain: bytes) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, KEY)
    writer.write(plain)
    writer.close()
    return file.getvalue()


def chunks_of(whole: bytes) -> tuple[bytes, list[bytes]]:
    """The header, and the sealed chunks."""
    start = whole.index(b"\n", len(MAGIC)) + 1
    body = whole[start:]
    size = CHUNK + TAG
    return whole[:start], [body[i : i + size] for i in range(0, len(body), size)]


@pytest.mark.parametrize("length", LENGTHS)
def test_what_went_in_comes_out(length: int) -> None:
    plain = bytes(index % 251 for index in range(length))

    assert SealedReader(io.BytesIO(sealed(plain)), KEY).read() == plain


@given(parts=st.lists(st.integers(0, 40_000), max_size=8), sizes=st.integers(1, 70_000))
def test_however_it_is_written_and_read_it_is_the_same(parts: list[int], sizes: int) -> None:
    file = io.BytesIO()
    writer = SealedWriter(file, KEY)
    plain = b"".join(bytes([index]) * part for index, part in enumerate(parts))
    taken = 0
    for part in parts:
        writer.write(plain[taken : taken + part])
        taken += part
    writer.close()
    reader = SealedReader(io.BytesIO(file.getvalue()), KEY)

    read = b""
    while some := reader.read(sizes):
        read += some

    assert read == plain


def test_nothing_of_the_words_stands_in_the_file() -> None:
    assert b"Quillfeather" not in sealed(b"Quillfeather" * 20_000)


WHOLE = sealed(b"a" * (2 * CHUNK) + b"b" * 100)


@given(bit=st.integers(0, len(WHOLE) * 8 - 1))
def test_a_flipped_bit_anywhere_is_found(bit: int) -> None:
    altered = bytearray(WHOLE)
    altered[bit // 8] ^= 1 << bit % 8

    with pytest.raises(SealedFileError):
        check_whole(io.BytesIO(bytes(altered)), KEY)


@given(length=st.integers(0, len(WHOLE) - 1))
def test_a_cut_file_is_found(length: int) -> None:
    with pytest.raises(SealedFileError):
        check_whole(io.BytesIO(WHOLE[:length]), KEY)


@pytest.mark.parametrize(
    "order", [(1, 0, 2), (0, 2), (0, 1), (0, 1, 2, 2), (0, 0, 1, 2), (2,), (0, 1, 2, 0), ()]
)
def test_chunks_moved_doubled_or_left_out_are_found(order: tuple[int, ...]) -> None:
    header, chunks = chunks_of(WHOLE)

    with pytest.raises(TamperedError):
        check_whole(io.BytesIO(header + b"".join(chunks[place] for place in order)), KEY)


def test_a_chunk_of_another_file_with_the_same_key_is_found() -> None:
    header, chunks = chunks_of(WHOLE)
    _, others = chunks_of(sealed(b"a" * (2 * CHUNK) + b"b" * 100))

    with pytest.raises(TamperedError):
        check_whole(io.BytesIO(header + chunks[0] + others[1] + chunks[2]), KEY)


def test_another_key_is_called_that() -> None:
    with pytest.raises(WrongSecretError, match="this key file does not open the copy"):
        check_whole(io.BytesIO(WHOLE), Secret(kind=KEY_FILE, value=b"x" * 32))


def test_a_passphrase_opens_what_it_sealed_and_a_key_does_not(tmp_path: Path) -> None:
    file = tmp_path / "words"
    file.write_text("correct horse battery staple\n", encoding="utf-8")
    words = Secret.in_passphrase_file(file)
    held = io.BytesIO()
    writer = SealedWriter(held, words)
    writer.write(b"plain")
    writer.close()

    assert SealedReader(io.BytesIO(held.getvalue()), words).read() == b"plain"
    with pytest.raises(WrongSecretError, match="sealed with a passphrase"):
        check_whole(io.BytesIO(held.getvalue()), KEY)


@pytest.mark.parametrize("words", ["", "short", "\n\n"])
def test_a_short_passphrase_is_refused(words: str, tmp_path: Path) -> None:
    file = tmp_path / "words"
    file.write_text(words, encoding="utf-8")

    with pytest.raises(SecretError):
        Secret.in_passphrase_file(file)


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "backup.key"

    first, second = Secret.made_once(file), Secret.made_once(file)

    assert first == second
    assert file.stat().st_mode & 0o077 == 0
    assert "value" not in repr(first)
