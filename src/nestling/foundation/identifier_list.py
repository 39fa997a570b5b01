"""A list of identifiers in one column: an array on PostgreSQL, hexadecimal words on SQLite."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Field = models.Field[list[UUID], list[UUID]]
else:
    Field = models.Field


class IdentifierListField(Field):
    """Identifiers in their order; an empty list where there are none."""

    description = "A list of identifiers"

    def __init__(self, **given: Any) -> None:
        """Begin as an empty list."""
        super().__init__(**{"default": list, **given})

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column's type."""
        return "uuid[]" if connection.vendor == "postgresql" else "text"

    def from_db_value(self, value: Any, *_: object) -> list[UUID]:
        """What the database gives, as identifiers."""
        return list(value) if isinstance(value, list) else [UUID(hex=one) for one in value.split()]

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: ARG002, FBT001, FBT002 - Django's own signature
    ) -> Any:
        """Identifiers, as the database takes them."""
        return stored([one.hex for one in value], as_array=connection.vendor == "postgresql")


def stored(digits: Sequence[str], *, as_array: bool) -> str:
    """Identifiers in hexadecimal digits as a statement gives them to a database.

    >>> stored(["01", "ff"], as_array=True), stored(["01", "ff"], as_array=False)
    ('{01,ff}', '01 ff')
    """
    return f"{{{','.join(digits)}}}" if as_array else " ".join(digits)
