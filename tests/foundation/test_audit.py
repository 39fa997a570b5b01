"""Writing a record and its audit event as one."""

from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from nestling.accounts.models import Organisation, Team, User
from nestling.accounts.roles import Role
from nestling.foundation import audit, chain
from nestling.foundation.models import AccessLogEntry, AuditEvent
from nestling.foundation.sealing import unseal
from nestling.people.models import Family, OnMyMind

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def event_of(record_id: UUID) -> AuditEvent:
    return AuditEvent.objects.filter(record_id=record_id).order_by("-id")[0]


def test_a_new_record_leaves_an_event_with_its_values(organisation: Organisation) -> None:
    team = audit.create(
        Team(organisation=organisation, name="Fern Team", slug="fern", reference_prefix="FE"),
        by=None,
    )

    event = event_of(team.pk)

    assert event.action == "created"
    assert event.changes["name"] == [None, "Fern Team"]
    assert event.organisation_id == organisation.pk


def test_a_change_says_what_was_and_what_is(team: Team, user_as) -> None:
    user = user_as(Role.CLINICAL_LEAD)

    audit.change(team, {"phone": "01632 960 000"}, by=user)

    event = event_of(team.pk)
    assert event.changes == {"phone": ["", "01632 960 000"]}
    assert event.actor_id == user.pk


def test_nothing_changed_leaves_no_event(team: Team) -> None:
    audit.change(team, {"name": team.name}, by=None)

    assert not AuditEvent.objects.filter(record_id=team.pk).exists()


def test_the_one_who_lost_the_race_writes_nothing(team: Team) -> None:
    mine, theirs = Team.objects.get(pk=team.pk), Team.objects.get(pk=team.pk)
    audit.change(theirs, {"phone": "1"}, by=None)

    with pytest.raises(audit.StaleRecordError):
        audit.change(mine, {"phone": "2"}, by=None)

    assert Team.objects.get(pk=team.pk).phone == "1"


def test_a_sealed_field_is_sealed_in_the_trail(team: Team, user_as) -> None:
    user: User = user_as(Role.PRACTITIONER)
    family = Family.objects.create(team=team, declared_on=date(2026, 1, 5))

    mark = audit.create(OnMyMind(family=family, user=user, words="her silence"), by=user)

    before, after = event_of(mark.pk).changes["words"]
    assert before is None
    assert "silence" not in after
    assert unseal(after) == "her silence"


@pytest.mark.parametrize("statement", ["UPDATE {} SET action = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [AuditEvent, AccessLogEntry])
def test_a_log_row_can_be_neither_changed_nor_deleted(
    statement: str, model: type[AuditEvent] | type[AccessLogEntry], team: Team
) -> None:
    audit.record_event("noted", about=team, by=None)
    chain.append(chain.ACCESS, [AccessLogEntry(action="opened", page="desk:family")])

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(model._meta.db_table))
