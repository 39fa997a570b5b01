"""What a look showed becomes part of its row: a list of identifiers in place of a row for each.

The log of looks is verified as it was signed, and signed anew with what it showed. A log that does
not hold is not carried over: nothing is changed and the place is named.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from nestling.foundation import chain_form, chain_heads
from nestling.foundation.chain_rows import last_position, macs_at, pages
from nestling.foundation.identifier_list import IdentifierListField, stored

append_only = import_module("nestling.foundation.migrations.0002_append_only")
apart = import_module("nestling.foundation.migrations._records_apart")

ENTRIES = "foundation_accesslogentry"
LOGS = ("foundation_auditevent", ENTRIES)
TIP_FUNCTION = """
CREATE FUNCTION nestling_chain_tip(which text)
RETURNS TABLE (last_id bigint, last_mac varchar)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF which = 'audit' THEN
    PERFORM pg_advisory_xact_lock(1313166164, 1);
    RETURN QUERY SELECT a.id, a.mac FROM foundation_auditevent a ORDER BY a.id DESC LIMIT 1;
  ELSE
    PERFORM pg_advisory_xact_lock(1313166164, 2);
    RETURN QUERY SELECT e.id, e.mac FROM foundation_accesslogentry e ORDER BY e.id DESC LIMIT 1;
  END IF;
END $$
"""
HAS_ENTRY = f"""
DROP TRIGGER IF EXISTS {apart.RECORDS}_has_entry ON {apart.RECORDS};
DROP FUNCTION IF EXISTS nestling_look_has_entry();
"""


class BrokenLogError(Exception):
    """The log of looks does not hold, so it cannot be signed anew."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"The access log does not hold, so it was not carried over and nothing was changed. {words}"
        )


def allow(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    append_only.allow(apps, schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(HAS_ENTRY, params=None)


def refuse(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    for table in LOGS:
        for verb in append_only.VERBS[vendor]:
            schema_editor.execute(append_only.trigger(table, verb, vendor), params=None)


def carry_over(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection
    if not last_position(database, apart.ACCESS_FORM):
        return
    check_heads(database)
    key = settings.CHAIN_KEYS[0]
    with database.cursor() as cursor:
        for changes in signed_anew(database, key=key):
            cursor.executemany(
                f"UPDATE {ENTRIES} SET key_id = %s, kinds = %s, shown = %s, mac = %s WHERE id = %s",  # noqa: S608 - our own names
                changes,
            )
    transaction.on_commit(renew_heads, using=database.alias)


def check_heads(database: BaseDatabaseWrapper) -> None:
    """What stands in the head file must be borne out, for the file is begun anew."""
    keys = {chain_form.key_id(key): key for key in settings.CHAIN_KEYS}
    path = head_file()
    for form in (chain_form.AUDIT_FORM, apart.ACCESS_FORM):
        heads = chain_heads.Heads(log=form.name, path=path, keys=keys)
        found = heads.faults(
            last=last_position(database, form),
            whole=True,
            macs=lambda some, form=form: macs_at(database, form, some),
        )
        if found:
            raise BrokenLogError(str(found[0]))


def head_file() -> Path | None:
    """The head file, if there is one: one that is missing is missed after this as before."""
    path = Path(settings.CHAIN_HEAD_FILE) if settings.CHAIN_HEAD_FILE else None
    return path if path and path.exists() else None


def renew_heads() -> None:
    if head_file():
        chain_heads.renew()


def signed_anew(database: BaseDatabaseWrapper, *, key: str) -> Iterator[list[tuple[Any, ...]]]:
    """The values that each row changes, a page at a time; every row is verified before."""
    keys = {chain_form.key_id(one): one for one in settings.CHAIN_KEYS}
    old = new = chain_form.FIRST
    for rows in pages(database, apart.ACCESS_FORM):
        shown = apart.shown_between(database, first=rows[0][0], last=rows[-1][0])
        changes = []
        for *row, _, mac in rows:
            records = shown.get(row[0], [])
            values = chain_form.canonical(apart.ACCESS_FORM, row)
            check_row(values, records, mac, previous=old, keys=keys)
            old = mac
            new, change = sign(values, records, previous=new, key=key, database=database)
            changes.append(change)
        yield changes


def check_row(
    values: Sequence[Any],
    records: Sequence[tuple[int, str, str]],
    mac: str,
    *,
    previous: str,
    keys: Mapping[str, str],
) -> None:
    body = chain_form.body(apart.ACCESS_FORM, values, records)
    key = keys.get(values[7])
    if key is None or chain_form.link(key, previous=previous, body=body) != mac:
        raise BrokenLogError(
            f"Position {values[0]} is not as it was signed, or its key {values[7]} is not here."
        )


def sign(
    values: Sequence[Any],
    records: Sequence[tuple[int, str, str]],
    *,
    previous: str,
    key: str,
    database: BaseDatabaseWrapper,
) -> tuple[str, tuple[Any, ...]]:
    """A row's new signature, and what changes in it."""
    counted = Counter(kind for _, kind, _ in records)
    kinds = " ".join(f"{kind}:{count}" for kind, count in counted.items())
    ordered = [hexed for kind in counted for _, of, hexed in records if of == kind]
    named = [*values[:7], chain_form.key_id(key), values[8], kinds]
    mac = chain_form.link(
        key, previous=previous, body=chain_form.body(chain_form.ACCESS_FORM, named, ordered)
    )
    shown = stored(ordered, as_array=database.vendor == "postgresql")
    return mac, (named[7], kinds, shown, mac, values[0])


def make_tip_function(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION nestling_chain_tip(text)", params=None)
        schema_editor.execute(TIP_FUNCTION, params=None)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0005_looks_at_once")]

    operations = [
        migrations.RunPython(allow),
        migrations.AddField("accesslogentry", "kinds", models.TextField(blank=True, default="")),
        migrations.AddField("accesslogentry", "shown", IdentifierListField(default=list)),
        migrations.RunPython(carry_over),
        migrations.DeleteModel("AccessLogRecord"),
        migrations.RunPython(make_tip_function),
        migrations.RunPython(refuse),
    ]
