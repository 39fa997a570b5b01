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
from nestling.foundation.models import AccessLogEntry
print([(one.pk, one.kinds, one.shown[0].hex[-1]) for one in AccessLogEntry.objects.order_by("id")])
from nestling.foundation import chain
from tests.foundation.attacks import a_look, an_event
import random
chain.append(chain.AUDIT, [an_event(random.Random(1))])
chain.append(chain.ACCESS, [a_look(random.Random(1))])
"""


@pytest.mark.database
def test_old_rows_are_numbered_without_gaps_and_signed(service: Service) -> None:
    said, complained = service.run("-c", OLD_ROWS).communicate()

    assert said.strip() == str(
        [(place, "people.person:1", end) for place, end in ((1, "2"), (2, "3"), (3, "7"))]
    ), complained
    assert service.nestling("audit", "verify")[:2] == (
        0,
        "audit log: 4 entries, unbroken.\naccess log: 4 entries, unbroken.\n",
    )


OLD_LOOKS = """
import json, sys; import django; django.setup()
from importlib import import_module
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from nestling.foundation import chain_form
apart = import_module("nestling.foundation.migrations._records_apart")
call_command("migrate", "foundation", "0005", verbosity=0)
mac, number, key = chain_form.FIRST, 0, settings.CHAIN_KEYS[0]
with connection.cursor() as cursor:
    for look, count in ((1, 2), (2, 0), (3, 3)):
        records = [[number + n, "a.b" if n == 1 else "c.d", f"{look:016x}{n:016x}"]
                   for n in range(1, count + 1)]
        number += count
        values = [look, "2026-03-10 09:00:00.250000", None, None, "opened", "desk:family", "",
                  chain_form.key_id(key), {"share": "0.5"}]
        mac = chain_form.link(
            key, previous=mac, body=chain_form.body(apart.ACCESS_FORM, values, records))
        cursor.execute(
            f"INSERT INTO foundation_accesslogentry ({', '.join(apart.ACCESS_FORM.columns)}, mac)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [*values[:8], json.dumps(values[8]), mac])
        for given in records:
            cursor.execute(
                "INSERT INTO foundation_accesslogrecord (id, entry_id, kind, record_id)"
                " VALUES (%s, %s, %s, %s)", [given[0], look, *given[1:]])
    if "broken" in sys.argv:
        cursor.execute("INSERT INTO foundation_accesslogrecord (id, entry_id, kind, record_id)"
                       " VALUES (9, 2, 'a.b', %s)", ["f" * 32])
try:
    call_command("migrate", verbosity=0)
except Exception as error:
    print(f"{type(error).__name__}: {error}"[:150])
else:
    from nestling.foundation.models import AccessLogEntry
    for one in AccessLogEntry.objects.order_by("pk"):
        print(one.kinds, [record.hex.lstrip("0").replace("0", "") for record in one.shown])
"""


@pytest.mark.database
def test_what_looks_showed_becomes_part_of_their_rows(service: Service) -> None:
    said, complained = service.run("-c", OLD_LOOKS).communicate()

    assert said.splitlines() == [
        "a.b:1 c.d:1 ['11', '12']",
        " []",
        "a.b:1 c.d:2 ['31', '32', '33']",
    ], complained
    # There was no head file before, and none is begun: that it is missing is still said.
    assert "access log: entries 1 to 3 hold." in service.nestling("audit", "verify")[1]


@pytest.mark.database
def test_looks_that_do_not_hold_are_not_signed_anew(service: Service) -> None:
    said, complained = service.run("-c", OLD_LOOKS, "broken").communicate()

    assert said.startswith("BrokenLogError: The access log does not hold"), complained
    assert "Position 2 is not as it was signed" in said
