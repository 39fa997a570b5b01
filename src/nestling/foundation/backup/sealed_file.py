"""A sealed file: a stream cut into chunks, each encrypted and signed with its place in the order.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, 2015), as in the age format:
ChaCha20-Poly1305 over chunks of 64 KiB; a chunk's nonce is its number and whether it is the last.
A bit that was flipped, a chunk that was moved, doubled or left out, and a file that was cut or
lengthened are all found before a byte of the chunk concerned is given out. The key of a file is
drawn from the owner's secret, a fresh salt and the file's own header, so the header is signed too.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from nestling.foundation.backup.secret import Secret, drawn

MAGIC = b"nestling-sealed/1\n"
CHUNK = 64 * 1024
TAG = 16
LONGEST_HEADER = 1024
SALT_BYTES = 32


class SealedFileError(ValueError):
    """A file that cannot be opened; nothing of it may be used."""


class NotSealedError(SealedFileError):
    """Not a file of ours."""


class WrongSecretError(SealedFileError):
    """The key or passphrase is another one."""


class TamperedError(SealedFileError):
    """Altered, cut or lengthened since it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first lines of a file: how its key is drawn. It is signed with every chunk."""

    line: bytes
    salt: bytes
    kind: str
    fits: str

    @classmethod
    def new(cls, secret: Secret) -> Self:
        """A header with a salt of its own."""
        salt = secrets.token_bytes(SALT_BYTES)
        fits = drawn(secret, salt=salt, purpose=b"fits", length=8).hex()
        values = {"secret": secret.kind, "salt": salt.hex(), "fits": fits}
        line = json.dumps(values, sort_keys=True).encode("ascii") + b"\n"
        return cls(line=line, salt=salt, kind=secret.kind, fits=fits)

    @classmethod
    def read(cls, file: IO[bytes]) -> Self:
        """The header that a file begins with.

        Raises:
            NotSealedError: it begins with something else.
        """
        if file.read(len(MAGIC)) != MAGIC:
            raise NotSealedError("this is not a copy that Nestling made")
        line = file.readline(LONGEST_HEADER)
        try:
            values: Any = json.loads(line)
            salt, kind, fits = bytes.fromhex(values["salt"]), values["secret"], values["fits"]
        except (ValueError, KeyError, TypeError) as error:
            raise TamperedError("the beginning of the file was altered") from error
        if len(salt) != SALT_BYTES or not isinstance(kind, str):
            raise TamperedError("the beginning of the file was altered")
        return cls(line=line, salt=salt, kind=kind, fits=str(fits))

    def cipher(self, secret: Secret) -> ChaCha20Poly1305:
        """What seals and opens the chunks of this file.

        Raises:
            WrongSecretError: the secret is not the one that the file was sealed with.
        """
        if secret.kind != self.kind:
            raise WrongSecretError(f"this copy was sealed with a {self.kind}")
        if drawn(secret, salt=self.salt, purpose=b"fits", length=8).hex() != self.fits:
            raise WrongSecretError(f"this {self.kind} does not open the copy")
        purpose = b"chunks " + MAGIC + self.line
        return ChaCha20Poly1305(drawn(secret, salt=self.salt, purpose=purpose, length=32))


class SealedWriter:
    """A file to write to, whose bytes reach the disk sealed. `close` marks the end."""

    def __init__(self, file: IO[bytes], secret: Secret) -> None:
        """Write the header."""
        header = Header.new(secret)
        self.file = file
        self.cipher = header.cipher(secret)
        self.waiting = bytearray()
        self.number = 0
        file.write(MAGIC + header.line)

    def write(self, plain: bytes) -> int:
        """Seal whole chunks; the rest waits, because only `close` knows which one is the last."""
        self.waiting += plain
        while len(self.waiting) > CHUNK:
            self._seal(bytes(self.waiting[:CHUNK]), last=False)
            del self.waiting[:CHUNK]
        return len(plain)

    def flush(self) -> None:
        """Nothing: a chunk is sealed when it is whole."""

    def close(self) -> None:
        """Seal what is left as the last chunk."""
        self._seal(bytes(self.waiting), last=True)
        self.waiting.clear()

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self.file.write(self.cipher.encrypt(nonce(self.number, last=last), plain, None))
        self.number += 1


class SealedReader:
    """The bytes of a sealed file, each chunk checked before it is given out."""

    def __init__(self, file: IO[bytes], secret: Secret) -> None:
        """Read the header.

        Raises:
            NotSealedError, WrongSecretError, TamperedError: see there.
        """
        self.cipher = Header.read(file).cipher(secret)
        self.chunks = self._open(file)
        self.waiting = bytearray()

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer at the end of the file.

        Raises:
            TamperedError: the chunk was altered or moved, or is not the last and nothing follows.
        """
        while size < 0 or len(self.waiting) < size:
            chunk = next(self.chunks, None)
            if chunk is None:
                break
            self.waiting += chunk
        taken = len(self.waiting) if size < 0 else size
        given = bytes(self.waiting[:taken])
        del self.waiting[:taken]
        return given

    def _open(self, file: IO[bytes]) -> Iterator[bytes]:
        sealed = file.read(CHUNK + TAG)
        for number in range(1 << 62):
            following = file.read(CHUNK + TAG)
            last = not following
            try:
                yield self.cipher.decrypt(nonce(number, last=last), sealed, None)
            except InvalidTag as error:
                raise TamperedError("the copy was altered, cut or lengthened") from error
            if last:
                return
            sealed = following


def nonce(number: int, *, last: bool) -> bytes:
    """What makes each chunk's encryption its own: its number, and whether it ends the file."""
    return number.to_bytes(11, "big") + bytes([last])


def check_whole(file: IO[bytes], secret: Secret) -> int:
    """Check every chunk of a file before anything of it is used; how many bytes it holds.

    Raises:
        SealedFileError: it cannot be used.
    """
    reader, size = SealedReader(file, secret), 0
    while part := reader.read(CHUNK):
        size += len(part)
    return size
