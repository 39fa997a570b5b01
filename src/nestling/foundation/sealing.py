"""Sealed values: encrypted before they reach the database, under a key that is not in it.

Fernet (AES-128-CBC with HMAC-SHA-256) from the `cryptography` library. Several keys may be set:
the first seals, all open, so a key can be changed without a stop.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField

PREFIX = "sealed:"


class SealBrokenError(ValueError):
    """A sealed value that none of the keys opens: it was altered or its key is missing."""


def seal(plain: str) -> str:
    """The value as it may be stored; an empty text stays empty."""
    if not plain:
        return ""
    return PREFIX + _box(tuple(settings.SEALING_KEYS)).encrypt(plain.encode()).decode()


def unseal(stored: str) -> str:
    """The value as it was before sealing.

    Raises:
        SealBrokenError: no key opens it.
    """
    if not stored:
        return ""
    try:
        token = stored.removeprefix(PREFIX).encode()
        return _box(tuple(settings.SEALING_KEYS)).decrypt(token).decode()
    except InvalidToken as error:
        raise SealBrokenError("a sealed value could not be opened") from error


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("SEALING_KEYS is empty: sealed fields cannot be stored")
    return MultiFernet([Fernet(key) for key in keys])


class SealedTextField(TextField):
    """A text that is encrypted in the database: read with its record, never searched."""

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in."""
        return seal(str(value)) if value else value

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Open on the way out."""
        return value if value is None else unseal(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only emptiness can be asked: a sealed value compares with nothing."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
