"""The second wall: on PostgreSQL the application's role reads and writes one organisation alone."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, connection, models
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker, Settings

from nestling.accounts.models import Organisation
from nestling.accounts.roles import Role
from nestling.foundation import chain
from nestling.foundation.clock import today
from nestling.foundation.ids import new_id
from nestling.foundation.models import AccessLogEntry
from nestling.foundation.row_security import organisation, use
from nestling.foundation.row_security.paths import LOGS, walled_models
from nestling.people.models import Family, FamilyMember, Person, Task
from tests.factories.accounts import OrganisationFactory, TeamFactory
from tests.factories.found import factory_of
from tests.factories.people import FamilyFactory, FamilyMemberFactory, PersonFactory
from tests.house.demo import House
from tests.house.typed import forms_of, send, taken_back
from tests.house.visits import Visit, crawl
from tests.referrals.answers import PROFESSIONAL, fill
from tests.walls import as_application, organisation_of, put_up, rows_in, say

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such wall"),
]
LOOKS = ("desk:looks", "desk:person_looks")
REFUSED = "row-level security"
ROLES = (Role.CLINICAL_LEAD, Role.PRACTITIONER, Role.INFORMATION_GOVERNANCE)


@pytest.fixture(scope="module")
def standing(demo: House, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """The demo behind the wall, with at least one row in every walled table."""
    with django_db_blocker.unblock(), taken_back():
        look = AccessLogEntry(organisation_id=new_id(), action="opened", page="desk:family")
        look.show([("people.person", new_id())])
        chain.append(chain.ACCESS, [look])
        for model in walled_models():
            if not model._base_manager.exists():
                factory_of(model).create()
        put_up()
        yield demo


@pytest.fixture
def walled(standing: House, db: None, settings: Settings) -> House:
    """The demo behind the wall, for one test; no second step is asked for."""
    settings.MFA_REQUIRED = False
    return standing


@pytest.fixture
def elsewhere(db: None) -> Organisation:
    return OrganisationFactory.create()


def seen(organisation_id: UUID | None) -> dict[str, int]:
    """Rows that a plain SELECT gives the application, by table; tables with none left out."""
    with as_application(organisation_id):
        found = {model._meta.label: rows_in(model) for model in walled_models()}
    return {label: count for label, count in found.items() if count}


def test_another_organisation_reads_no_row_of_any_table(
    walled: House, elsewhere: Organisation
) -> None:
    stored = {model._meta.label: rows_in(model) for model in walled_models()}

    assert len(stored) > 50
    assert [label for label, count in stored.items() if not count] == []
    assert seen(elsewhere.pk) == {}


def test_without_an_organisation_no_row_is_read(walled: House) -> None:
    assert seen(None) == {}


def test_an_organisation_reads_its_own_rows_and_all_of_them(walled: House) -> None:
    own = walled.willowbrook.team.organisation_id
    expected: dict[str, int] = {}
    for model in walled_models():
        if model._meta.label_lower not in LOGS:
            mine = [row for row in model._base_manager.all() if organisation_of(row) == own]
            expected[model._meta.label] = len(mine)

    found = seen(own)

    assert {label: found.get(label, 0) for label in expected} == expected
    assert found["foundation.AuditEvent"] > 0


def test_no_row_can_be_added_to_another_organisation(
    walled: House, elsewhere: Organisation
) -> None:
    accepted = []
    for model in walled_models():
        rows = model._base_manager.all()
        row = (rows.exclude(organisation_id=None) if model._meta.label_lower in LOGS else rows)[0]
        row.pk = 10**12 if isinstance(row._meta.pk, models.BigAutoField) else new_id()
        try:
            with as_application(elsewhere.pk):
                model._base_manager.bulk_create([row])
        except DatabaseError as error:
            if REFUSED in str(error):
                continue
        accepted.append(model._meta.label)

    assert accepted == []


def test_a_row_cannot_be_moved_to_another_organisation(
    walled: House, elsewhere: Organisation
) -> None:
    own = walled.willowbrook.team.organisation_id
    theirs = TeamFactory.create(organisation=elsewhere)

    with pytest.raises(DatabaseError, match=REFUSED), as_application(own):
        Person._base_manager.update(organisation=elsewhere)
    with pytest.raises(DatabaseError, match=REFUSED), as_application(own):
        Family._base_manager.update(team=theirs)


def test_a_row_cannot_name_a_row_of_another_organisation(
    walled: House, elsewhere: Organisation
) -> None:
    stranger = PersonFactory.create(organisation=elsewhere)
    family = walled.willowbrook.families[0]

    with pytest.raises(DatabaseError, match=REFUSED), as_application(family.team.organisation_id):
        FamilyMemberFactory.create(family=family, person=stranger)


def test_another_organisations_rows_are_not_there_to_change_or_delete(
    walled: House, elsewhere: Organisation
) -> None:
    with as_application(elsewhere.pk):
        changed = Family._base_manager.update(strengths="x")
        deleted = Person._base_manager.all()._raw_delete("default")

    assert (changed, deleted) == (0, 0)


def test_the_application_only_adds_to_the_logs(walled: House) -> None:
    own = walled.willowbrook.team.organisation_id

    with pytest.raises(DatabaseError, match="permission denied"), as_application(own):
        say("DELETE FROM foundation_auditevent")


def test_an_organisation_within_another_is_left_again(
    walled: House, elsewhere: Organisation
) -> None:
    own = walled.willowbrook.team.organisation_id
    with as_application(own):
        before = rows_in(Person)
        with organisation(elsewhere.pk):
            within = rows_in(Person)
        after = rows_in(Person)

    assert before == after > 0
    assert within == 0


@pytest.mark.parametrize("role", ROLES)
def test_pages_are_the_same_behind_the_wall(role: Role, walled: House) -> None:
    def crawled() -> list[Visit]:
        return crawl(walled.browser_of(role), walled.willowbrook, most=1)

    with taken_back():
        open_house = crawled()
    with as_application():
        use(walled.willowbrook.team.organisation_id)
        behind = crawled()

    assert [(one.address.url, one.status) for one in behind] == [
        (one.address.url, one.status) for one in open_house
    ]
    assert sum(one.status == 200 for one in behind) >= 5
    assert [words(one) for one in behind] == [words(one) for one in open_house]


def words(seen: Visit) -> str:
    """What a page says; the log of looks shows other looks each time."""
    told = BeautifulSoup(seen.html, "html.parser").find("main")
    return told.get_text(" ", strip=True) if told and seen.address.page not in LOOKS else ""


def test_someone_of_another_organisation_is_shown_nothing(walled: House) -> None:
    family = walled.willowbrook.families[0]
    lead = walled.user("lead")
    lead.organisation = OrganisationFactory.create()
    lead.save(update_fields=["organisation"])

    with as_application():
        answer = walled.browser("lead").get(reverse("desk:family", args=[family.pk]))

    assert answer.status_code == 404


def test_a_public_referral_is_received_behind_the_wall(walled: House) -> None:
    team = walled.willowbrook.team
    client = Client()
    due = today() + timedelta(weeks=12)
    dates = {"due_on-day": due.day, "due_on-month": due.month, "due_on-year": due.year}
    pages = PROFESSIONAL | {"baby": PROFESSIONAL["baby"] | dates}

    with as_application():
        client.post(
            reverse("referrals:public_start"), {"audience": "professional", "team": team.slug}
        )
        fill(client, pages)
        answer = client.post(reverse("referrals:public_check"))

    assert answer["Location"] == reverse("referrals:public_receipt")


def test_a_task_is_added_behind_the_wall(walled: House) -> None:
    family = walled.willowbrook.families[0]
    url = reverse("people:task_add", args=[family.pk])
    before = Task.objects.count()
    day = today()
    typed = {"words": ["Ring the midwife"], "due_on-day": [str(day.day)]}
    typed |= {"due_on-month": [str(day.month)], "due_on-year": [str(day.year)]}

    with as_application():
        browser = walled.browser("lead")
        asked = forms_of(browser.get(url).content.decode(), url=url)[0]
        answer = send(browser, asked.action, asked.values | typed)

    assert answer.status_code in (302, 303)
    assert Task.objects.count() == before + 1


def test_a_row_that_claims_an_organisation_it_has_not_is_refused(
    walled: House, elsewhere: Organisation
) -> None:
    row = a_member(walled)
    columns = [one.column for one in row._meta.concrete_fields]
    values = {name: getattr(row, name) for name in columns} | {"id": new_id()}
    names = ", ".join([*columns, "walled_by"])
    places = ", ".join(["%s"] * (len(columns) + 1))

    with pytest.raises(DatabaseError, match=REFUSED), as_application(elsewhere.pk):
        say(
            f"INSERT INTO people_familymember ({names}) VALUES ({places})",  # noqa: S608 - our own table
            *values.values(),
            elsewhere.pk,
        )


def test_a_row_that_is_given_another_parent_carries_its_organisation(
    walled: House, elsewhere: Organisation
) -> None:
    family = FamilyFactory.create(team=TeamFactory.create(organisation=elsewhere))
    row = a_member(walled)

    FamilyMember._base_manager.filter(pk=row.pk).update(family=family)

    assert carried_by(row) == elsewhere.pk


def test_what_a_row_carries_cannot_be_written(walled: House, elsewhere: Organisation) -> None:
    own = walled.willowbrook.team.organisation_id
    row = a_member(walled)

    with as_application(own):
        say("UPDATE people_familymember SET walled_by = %s WHERE id = %s", elsewhere.pk, row.pk)

    assert carried_by(row) == own


def a_member(house: House) -> FamilyMember:
    """Someone of a family of the house's own team: a row that hangs on another."""
    members = FamilyMember._base_manager.filter(family__team=house.willowbrook.team)
    return members.order_by("pk")[0]


def carried_by(row: FamilyMember) -> UUID:
    """The organisation that the database noted for a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT walled_by FROM people_familymember WHERE id = %s", [row.pk])
        (found,) = cursor.fetchall()
    organisation_id: UUID = found[0]
    return organisation_id


def test_a_look_that_cannot_be_written_takes_the_request_back(
    walled: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = walled.willowbrook.families[0]

    def broken(*_: object) -> None:
        Family._base_manager.filter(pk=family.pk).update(strengths="written by the request")
        say("SELECT 1 / 0")

    monkeypatch.setattr(chain, "append", broken)
    with as_application():
        answer = walled.browser("lead").get(reverse("desk:family", args=[family.pk]))

    assert answer.status_code == 503
    assert Family._base_manager.get(pk=family.pk).strengths == family.strengths


def test_only_a_transaction_that_changed_nothing_does_not_wait_for_the_disk(walled: House) -> None:
    def asked(*before: str) -> str:
        with psycopg.connect(**connection.get_connection_params()) as other:
            for statement in (*before, f"SELECT {chain.WAITS_NOT}"):
                other.execute(statement)
            (found,) = other.execute("SHOW synchronous_commit").fetchall()
            return str(found[0])

    assert asked() == "off"
    assert asked("CREATE TEMPORARY TABLE changed (one int)") == "on"
