"""Rows that were in the logs before they were signed are signed when the service is brought up."""

import pytest

from tests.foundation.conftest import Service

OLD_ROWS = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", "foundation", "0002", verbosity=0)
with connection.cursor() as cursor:
    for number in (2, 3, 7):
        cursor.execute(
            "INSERT INTO foundation_auditevent (id, at, action, kind, record_id, changes)"
            " VALUES (%s, '2026-03-10 09:00:00', 'changed', 'a.b', %s, %s)",
            [number, "0" * 31 + str(number), '{"share": [0.5, 1e-7], "name": "Zo\\u00eb"}'],
        )
        cursor.execute(
            "INSERT INTO foundation_accesslogentry (id, at, action, page, reason)"
            " VALUES (%s, '2026-03-10 09:00:00.25', 'opened', 'desk:family', '')",
            [number],
        )
        cursor.execute(
            "INSERT INTO foundation_accesslogrecord (entry_id, kind, record_id)"
            " VALUES (%s, 'people.person', %s)",
            [number, "0" * 31 + str(number)],
        )
call_command("migrate", verbosity=0)
with connection.cursor() as cursor:
    cursor.execute("SELECT e.id, record_id FROM foundation_accesslogentry e"
                   " JOIN foundation_accesslogrecord r ON r.entry_id = e.id ORDER BY e.id")
    print([(row[0], str(row[1])[-1]) for row in cursor.fetchall()])
from nestling.foundation import chain
from tests.foundation.attacks import a_look, an_event
import random
chain.append(chain.AUDIT, [an_event(random.Random(1))])
chain.append(chain.ACCESS, [a_look(random.Random(1))])
"""


@pytest.mark.database
def test_old_rows_are_numbered_without_gaps_and_signed(service: Service) -> None:
    said, complained = service.run("-c", OLD_ROWS).communicate()

    assert said.strip() == "[(1, '2'), (2, '3'), (3, '7')]", complained
    assert service.nestling("audit", "verify")[:2] == (
        0,
        "audit log: 4 entries, unbroken.\naccess log: 4 entries, unbroken.\n",
    )
