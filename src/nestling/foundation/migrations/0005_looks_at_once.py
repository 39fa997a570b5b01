"""PostgreSQL checks the records of a look against its entry once a statement, not once a record.

A foreign key asks for the entry anew for each of the hundred and fifty records that a list shows,
which took a seventh of the time of writing the look down; a policy asks for each again. SQLite
keeps its foreign key.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

RECORDS, ENTRIES = "foundation_accesslogrecord", "foundation_accesslogentry"
TRIGGER = f"{RECORDS}_has_entry"
# As whoever adds them: an entry that is another organisation's is not there for the application.
CHECK = f"""
CREATE OR REPLACE FUNCTION nestling_look_has_entry() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT entry_id FROM added) AS named
    WHERE NOT EXISTS (SELECT 1 FROM {ENTRIES} entry WHERE entry.id = named.entry_id)
  ) THEN
    RAISE foreign_key_violation USING MESSAGE =
      'a record of a look names an entry that is not there, or behind row-level security';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER {TRIGGER} AFTER INSERT ON {RECORDS} REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION nestling_look_has_entry();
"""  # noqa: S608 - our own names
KEYS = """
SELECT conname FROM pg_constraint WHERE contype = 'f'
AND conrelid = %s::regclass AND confrelid = %s::regclass
"""


def check_together(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(KEYS, [RECORDS, ENTRIES])
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        schema_editor.execute(f'ALTER TABLE {RECORDS} DROP CONSTRAINT "{name}"', params=None)
    schema_editor.execute(CHECK, params=None)


def check_each(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(f"DROP TRIGGER {TRIGGER} ON {RECORDS}", params=None)
    schema_editor.execute("DROP FUNCTION nestling_look_has_entry()", params=None)
    schema_editor.execute(
        f"ALTER TABLE {RECORDS} ADD CONSTRAINT {RECORDS}_entry_id_fk FOREIGN KEY (entry_id)"
        f" REFERENCES {ENTRIES} (id) DEFERRABLE INITIALLY DEFERRED",
        params=None,
    )


class Migration(migrations.Migration):
    dependencies = [("foundation", "0004_forms")]
    operations = [migrations.RunPython(check_together, check_each)]
