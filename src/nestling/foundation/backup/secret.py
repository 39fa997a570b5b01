"""What opens a sealed file: a key in a file, or a passphrase."""

import base64
import binascii
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from nestling.foundation.keys import read_or_make

KEY_FILE, PASSPHRASE = "key file", "passphrase"
KEY_BYTES = 32
SHORTEST_PASSPHRASE = 16
#: 128 MiB and about half a second for each guess (RFC 7914; n = 2 to the power of 17).
SCRYPT_COST, SCRYPT_BLOCK, SCRYPT_LANES = 1 << 17, 8, 1


class SecretError(ValueError):
    """A key file or passphrase that cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What seals and opens; never shown."""

    kind: str
    value: bytes = field(repr=False)

    @classmethod
    def made_once(cls, path: Path) -> Self:
        """The key in a file that is made where there is none."""
        read_or_make(
            path, lambda: base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()
        )
        return cls.in_key_file(path)

    @classmethod
    def in_key_file(cls, path: Path) -> Self:
        """The key in a file.

        Raises:
            SecretError: there is none, or it is no key.
        """
        try:
            value = base64.urlsafe_b64decode(path.read_text(encoding="ascii").strip())
        except (OSError, UnicodeDecodeError, binascii.Error) as error:
            raise SecretError(f"{path} is no key file") from error
        if len(value) != KEY_BYTES:
            raise SecretError(f"{path} is no key file")
        return cls(kind=KEY_FILE, value=value)

    @classmethod
    def in_passphrase_file(cls, path: Path) -> Self:
        """The passphrase in the first line of a file.

        Raises:
            SecretError: there is none, or it is short.
        """
        try:
            words = path.read_text(encoding="utf-8").splitlines()[0].strip()
        except (OSError, UnicodeDecodeError, IndexError) as error:
            raise SecretError(f"{path} holds no passphrase") from error
        if len(words) < SHORTEST_PASSPHRASE:
            raise SecretError(
                f"the passphrase in {path} has fewer than {SHORTEST_PASSPHRASE} characters"
            )
        return cls(kind=PASSPHRASE, value=words.encode())


def drawn(secret: Secret, *, salt: bytes, purpose: bytes, length: int) -> bytes:
    """A key for one purpose and one file; a passphrase is stretched first."""
    value = secret.value if secret.kind == KEY_FILE else _stretched(secret.value, salt)
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=purpose).derive(value)


@lru_cache(maxsize=4)
def _stretched(words: bytes, salt: bytes) -> bytes:
    scrypt = Scrypt(salt=salt, length=32, n=SCRYPT_COST, r=SCRYPT_BLOCK, p=SCRYPT_LANES)
    return scrypt.derive(words)
