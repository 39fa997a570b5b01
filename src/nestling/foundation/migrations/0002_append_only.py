"""Triggers that refuse every update and delete of the logs, on SQLite and PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("foundation_auditevent", "foundation_accesslogentry", "foundation_accesslogrecord")
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION nestling_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'rows can only be added to %', TG_TABLE_NAME; END;
$$ LANGUAGE plpgsql
"""


def refuse(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION)
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(trigger(table, verb, schema_editor.connection.vendor))


def allow(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on = " ON {}" if schema_editor.connection.vendor == "postgresql" else ""
    for table in TABLES:
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}" + on.format(table))


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
