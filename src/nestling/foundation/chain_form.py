"""The bytes of a log's row that its signature covers, and the signature: no database in it.

A row is signed with HMAC-SHA-256 over the row before it and its own canonical bytes: a JSON list
in ASCII of the log's name and the row's values in a fixed order, keys sorted. Identifiers are 32
hexadecimal digits, moments are UTC to the microsecond, numbers are whole (a fraction is stored as
text). SQLite and PostgreSQL therefore give the same bytes for the same row.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

FIRST = "0" * 64
"""What stands before the first row of a log."""
MOMENT = "%Y-%m-%d %H:%M:%S.%f"
WHOLE_SECONDS = len("2026-03-10 09:00:00")
Shown = Sequence[str]
"""The records of a look: identifiers in hexadecimal, in their order."""

_write = json.JSONEncoder(sort_keys=True, separators=(",", ":"), check_circular=False).encode
_read = json.JSONDecoder(parse_float=lambda words: {"\x00fraction": words}).decode
_read_whole = json.JSONDecoder(parse_float=str, parse_constant=str).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Which columns of a log are signed, in which order, and which of them hold JSON.

    ``shown`` is the column, if there is one, of what a look showed; it is signed after the others.
    """

    name: str
    columns: tuple[str, ...]
    json_at: int
    shown: str = ""


AUDIT_FORM = Form(
    name="audit",
    columns=(
        *("id", "at", "actor_id", "organisation_id", "team_id"),
        *("action", "kind", "record_id", "key_id", "changes"),
    ),
    json_at=9,
)
ACCESS_FORM = Form(
    name="access",
    columns=(
        *("id", "at", "actor_id", "organisation_id"),
        *("action", "page", "reason", "key_id", "details", "kinds"),
    ),
    json_at=8,
    shown="shown",
)


def key_id(key: str) -> str:
    """The name of a key, which gives nothing away of it: eight hexadecimal digits.

    >>> key_id("00" * 32)
    '84b86605'
    """
    return hashlib.sha256(b"nestling chain key " + key.encode()).hexdigest()[:8]


def link(key: str, *, previous: str, body: bytes) -> str:
    """The signature of a row that follows a row with the signature ``previous``.

    >>> link("00" * 32, previous=FIRST, body=b"[]")[:16]
    '288f3c1581d9f876'
    """
    return hmac.digest(key.encode(), previous.encode() + body, "sha256").hex()


def body(form: Form, values: Sequence[Any], shown: Shown = ()) -> bytes:
    """The canonical bytes of one row.

    >>> body(AUDIT_FORM, (1, "2026-03-10 09:00:00.000000", None), [])
    b'["audit",1,"2026-03-10 09:00:00.000000",null,[]]'
    """
    return _write([form.name, *values, list(shown)]).encode("ascii")


def canonical(form: Form, stored: Sequence[Any]) -> list[Any]:
    """The values of a row as its database gives them, made the same on every database.

    Raises:
        ValueError: the JSON cannot be read, so it is not what was signed.
    """
    values = list(stored)
    if len(values[1]) == WHOLE_SECONDS:
        values[1] += ".000000"
    values[form.json_at] = _read(values[form.json_at])
    return values


def moment(at: datetime) -> str:
    """A moment as it is signed.

    >>> moment(datetime(2026, 3, 10, 9, tzinfo=UTC))
    '2026-03-10 09:00:00.000000'
    """
    return at.astimezone(UTC).strftime(MOMENT)


def hexadecimal(identifier: UUID | None) -> str | None:
    """An identifier as it is signed."""
    return None if identifier is None else identifier.hex


def whole(value: Any) -> Any:
    """A value fit for JSON with every fraction as text: databases write fractions differently.

    >>> whole({"share": [None, 0.25], "count": 3})
    {'share': [None, '0.25'], 'count': 3}
    """
    return _read_whole(json.dumps(value))
