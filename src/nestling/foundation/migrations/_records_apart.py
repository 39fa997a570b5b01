"""How the log of looks was signed while what a look showed stood in a table of its own."""

from collections import defaultdict

from django.db.backends.base.base import BaseDatabaseWrapper

from nestling.foundation.chain_form import Form
from nestling.foundation.chain_rows import plain_column

RECORDS = "foundation_accesslogrecord"
ACCESS_FORM = Form(
    name="access",
    columns=(
        *("id", "at", "actor_id", "organisation_id"),
        *("action", "page", "reason", "key_id", "details"),
    ),
    json_at=8,
)
"""Signed after these were the records, each as [its own number, kind, identifier]."""


def shown_between(
    database: BaseDatabaseWrapper, *, first: int, last: int
) -> dict[int, list[tuple[int, str, str]]]:
    """What looks showed, by the look's id, for all looks from one id to another."""
    record = plain_column("record_id", database.vendor)
    found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    with database.cursor() as cursor:
        cursor.execute(
            f"SELECT entry_id, id, kind, {record} FROM {RECORDS}"  # noqa: S608 - our own names
            f" WHERE entry_id BETWEEN {int(first)} AND {int(last)} ORDER BY entry_id, id"
        )
        for entry, *row in cursor.fetchall():
            found[entry].append(tuple(row))
    return found
