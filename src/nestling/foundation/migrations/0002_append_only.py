"""Triggers that refuse every update and delete of the logs, on SQLite and PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("foundation_auditevent", "foundation_accesslogentry", "foundation_accesslogrecord")
VERBS = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION nestling_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'rows can only be added to %', TG_TABLE_NAME; END;
$$ LANGUAGE plpgsql
"""


def refuse(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION, params=None)
    for table in TABLES:
        for verb in VERBS[vendor]:
            schema_editor.execute(trigger(table, verb, vendor), params=None)


def allow(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    on = " ON {}" if vendor == "postgresql" else ""
    for table in TABLES:
        for verb in VERBS[vendor]:
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb.lower()}" + on.format(table))


def trigger(table: str, verb: str, vendor: str) -> str:
    name = f"{table}_no_{verb.lower()}"
    if vendor == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {verb} ON {table} EXECUTE FUNCTION nestling_refuse()"
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN "
        f"SELECT RAISE(ABORT, 'rows can only be added to {table}'); END"
    )


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
