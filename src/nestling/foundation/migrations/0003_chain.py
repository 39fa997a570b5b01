"""Every row of the logs signed together with the row before it; rows that are there are signed now."""

import json
from importlib import import_module

from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from nestling.foundation import chain_form
from nestling.foundation.chain_rows import TABLES, pages

append_only = import_module("nestling.foundation.migrations.0002_append_only")
apart = import_module("nestling.foundation.migrations._records_apart")

TIP_FUNCTION = """
CREATE OR REPLACE FUNCTION nestling_chain_tip(which text)
RETURNS TABLE (last_id bigint, last_mac varchar, last_record bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF which = 'audit' THEN
    PERFORM pg_advisory_xact_lock(1313166164, 1);
    RETURN QUERY SELECT a.id, a.mac, 0::bigint FROM foundation_auditevent a ORDER BY a.id DESC LIMIT 1;
  ELSE
    PERFORM pg_advisory_xact_lock(1313166164, 2);
    RETURN QUERY SELECT e.id, e.mac, coalesce((SELECT max(r.id) FROM foundation_accesslogrecord r), 0)
      FROM foundation_accesslogentry e ORDER BY e.id DESC LIMIT 1;
  END IF;
END $$
"""


def sign_what_is_there(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection
    for form in (chain_form.AUDIT_FORM, apart.ACCESS_FORM):
        sign_log(database, form)
    if database.vendor == "postgresql":
        # The tables cannot be altered while references wait to be checked.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE", params=None)


def sign_log(database: BaseDatabaseWrapper, form: chain_form.Form) -> None:
    position, mac = 0, chain_form.FIRST
    for rows in pages(database, form):
        key = settings.CHAIN_KEYS[0]
        shown = {}
        if form.name == "access":
            shown = apart.shown_between(database, first=rows[0][0], last=rows[-1][0])
        for *stored, _, _ in rows:
            position += 1
            was = stored[0]
            stored[0] = position
            stored[form.columns.index("key_id")] = chain_form.key_id(key)
            # Fractions become text, as in every row that is signed.
            stored[form.json_at] = json.dumps(chain_form.whole(json.loads(stored[form.json_at])))
            values = chain_form.canonical(form, stored)
            body = chain_form.body(form, values, shown.get(was, ()))
            mac = chain_form.link(key, previous=mac, body=body)
            store(database, form, stored, was=was, mac=mac)


def store(
    database: BaseDatabaseWrapper, form: chain_form.Form, stored: list, *, was: int, mac: str
) -> None:
    column = form.columns[form.json_at]
    json_value = "%s::jsonb" if database.vendor == "postgresql" else "%s"
    key = stored[form.columns.index("key_id")]
    with database.cursor() as cursor:
        cursor.execute(
            f"UPDATE {TABLES[form.name]} SET id = %s, key_id = %s, mac = %s, {column} = {json_value}"  # noqa: S608 - our own names
            " WHERE id = %s",
            [stored[0], key, mac, stored[form.json_at], was],
        )
        if form.name == "access" and was != stored[0]:
            cursor.execute(
                f"UPDATE {apart.RECORDS} SET entry_id = %s WHERE entry_id = %s",  # noqa: S608 - our own names
                [stored[0], was],
            )


def make_tip_function(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TIP_FUNCTION, params=None)


def drop_tip_function(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION nestling_chain_tip(text)", params=None)


def signed(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(
            models.Q(("mac", ""), _negated=True), models.Q(("key_id", ""), _negated=True)
        ),
        name=name,
    )


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_append_only")]

    operations = [
        migrations.RunPython(append_only.allow, append_only.refuse),
        migrations.AddField(
            "accesslogentry",
            "key_id",
            models.CharField(max_length=8, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "accesslogentry",
            "mac",
            models.CharField(max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddField("accesslogentry", "details", models.JSONField(default=dict)),
        migrations.AddField(
            "auditevent",
            "key_id",
            models.CharField(max_length=8, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "auditevent", "mac", models.CharField(max_length=64, default=""), preserve_default=False
        ),
        migrations.RunPython(sign_what_is_there, migrations.RunPython.noop),
        migrations.AddConstraint("accesslogentry", signed("accesslogentry_is_signed")),
        migrations.AddConstraint("auditevent", signed("auditevent_is_signed")),
        migrations.RunPython(make_tip_function, drop_tip_function),
        migrations.RunPython(append_only.refuse, append_only.allow),
    ]
