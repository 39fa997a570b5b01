"""Keys of a service: made once, kept in files that only the service's own user may read."""

import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet


def read_or_make(path: Path, make: Callable[[], str]) -> str:
    """The key in a file; a new one, stored first, where there is none."""
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = make()
    path.touch(mode=0o600)
    path.write_text(key + "\n", encoding="ascii")
    return key


def secret_key(folder: Path) -> str:
    """The key that signs sessions and tokens."""
    return read_or_make(folder / "secret.key", lambda: secrets.token_urlsafe(50))


def sealing_keys(folder: Path) -> list[str]:
    """The keys that seal fields, newest first; one a line, so that a new one is put on top."""
    return read_or_make(folder / "sealing.key", lambda: Fernet.generate_key().decode()).split()


def chain_keys(folder: Path) -> list[str]:
    """The keys that sign the logs, newest first; one a line, so that a new one is put on top."""
    return read_or_make(folder / "chain.key", lambda: secrets.token_hex(32)).split()
