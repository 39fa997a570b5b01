"""What information governance keeps, and who reads what it looked at itself."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.desk.daily import run_daily_round
from nestling.desk.queries.governance import restricted_looks
from nestling.desk.queries.own_looks import own_looks
from nestling.foundation import chain
from nestling.foundation.clock import now
from nestling.foundation.models import AccessLogEntry, AuditEvent
from nestling.people import services
from nestling.people.models import Adoption, Family, Notice, Person, RecordLock
from nestling.people.services import AdoptionDetails, LockDetails
from tests.factories.people import PersonFactory, family_of
from tests.visitor import Visitor

TODAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
MONTH = "/governance-looks/2026/3/"
MARCH, FEBRUARY = date(2026, 3, 1), date(2026, 2, 1)
WHY = "A court asked for both of the records"
BACKEND = "nestling.accounts.signed_in.SignInBackend"
Users = Callable[..., User]
Browse = Callable[[User], Client]

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _tenth_of_march() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def family(team: Team) -> Family:
    """A family of the team."""
    return family_of(team)


@pytest.fixture
def baby(family: Family) -> Person:
    """Its baby."""
    return Person.objects.get(memberships__family=family, kind="baby")


@pytest.fixture
def lead(user_as: Users) -> User:
    return user_as(Role.CLINICAL_LEAD)


@pytest.fixture
def keeper(user_as: Users) -> User:
    """Information governance."""
    return user_as(Role.INFORMATION_GOVERNANCE)


@pytest.fixture
def manager(user_as: Users) -> User:
    """The service manager."""
    return user_as(Role.SERVICE_MANAGER)


@pytest.fixture
def browse(settings: object) -> Browse:
    settings.MFA_REQUIRED = False  # type: ignore[attr-defined]

    def sign_in(user: User) -> Client:
        client = Visitor()
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in


# Locks


def test_governance_changes_names_when_those_named_have_left(
    baby: Person, team: Team, lead: User, keeper: User, user_as: Users, browse: Browse
) -> None:
    other = user_as(Role.PRACTITIONER)
    details = LockDetails(reason="A cousin works here", names=(lead,))
    (lock,) = services.lock_record([baby], details, persons=[], team=team, on=TODAY, by=lead)
    browser = browse(keeper)
    assert baby.full_name in browser.get("/locks/").content.decode()

    browser.post(f"/locks/{lock.pk}/", {"names": [str(other.pk)]})

    assert [row.user_id for row in lock.names.filter(until_on=None)] == [other.pk]


def test_governance_lifts_a_lock(
    baby: Person, team: Team, lead: User, keeper: User, browse: Browse
) -> None:
    details = LockDetails(reason="A cousin works here", names=(lead,))
    (lock,) = services.lock_record([baby], details, persons=[], team=team, on=TODAY, by=lead)

    browse(keeper).post(f"/locks/{lock.pk}/", {"part": "lift"})

    assert not RecordLock.objects.standing().exists()


# Restricted entries


def test_readings_of_restricted_entries_are_listed_with_their_reasons(
    family: Family, lead: User, keeper: User, browse: Browse
) -> None:
    reason = "Planning a home visit with the police"
    browse(lead).post(f"/families/{family.pk}/restricted/", {"reason": reason})

    page = browse(keeper).get("/who-has-looked/restricted/").content.decode()

    assert reason in page
    assert lead.full_name in page


@pytest.mark.parametrize("reason", [".", "work", " " * 40])
def test_restricted_entries_want_a_reason_that_can_be_judged(
    reason: str, family: Family, lead: User, keeper: User, browse: Browse
) -> None:
    answer = browse(lead).post(f"/families/{family.pk}/restricted/", {"reason": reason})

    assert answer.status_code == 422
    assert "at least 15 letters" in answer.content.decode()
    assert not restricted_looks(keeper).exists()


# Seals


@pytest.fixture
def seal(baby: Person, team: Team, lead: User) -> Adoption:
    """The baby's record, sealed."""
    services.adopt(
        baby,
        AdoptionDetails(given_name="Tansy", family_name="Ashdown"),
        team=team,
        on=TODAY,
        by=lead,
    )
    return Adoption.objects.get()


def test_the_list_of_seals_names_nobody(
    baby: Person, seal: Adoption, keeper: User, browse: Browse
) -> None:
    page = browse(keeper).get("/sealed-records/").content.decode()

    assert f"/sealed-records/{seal.pk}/" in page
    assert "Tansy" not in page
    assert baby.family_name not in page


def test_the_link_is_followed_with_a_reason_and_looked_at(
    baby: Person, seal: Adoption, keeper: User, browse: Browse
) -> None:
    browser, url = browse(keeper), f"/sealed-records/{seal.pk}/"
    assert baby.full_name not in browser.get(url).content.decode()

    page = browser.post(url, {"reason": WHY}).content.decode()

    entry = AccessLogEntry.objects.latest("id")
    assert baby.full_name in page
    assert "Tansy Ashdown" in page
    assert entry.reason == WHY
    assert "people.person:2" in entry.kinds.split()
    assert AuditEvent.objects.filter(action="link_followed", actor_id=keeper.pk).exists()


def test_the_link_is_not_followed_without_a_reason(
    baby: Person, seal: Adoption, keeper: User, browse: Browse
) -> None:
    answer = browse(keeper).post(f"/sealed-records/{seal.pk}/", {"reason": "x"})

    assert answer.status_code == 422
    assert not AuditEvent.objects.filter(action="link_followed").exists()


def test_the_search_of_looks_finds_no_sealed_record(
    baby: Person, seal: Adoption, keeper: User, browse: Browse
) -> None:
    browser = browse(keeper)

    page = browser.get("/who-has-looked/", {"q": baby.family_name}).content.decode()

    assert str(baby.pk) not in page
    assert browser.get(f"/who-has-looked/{baby.pk}/").status_code == 404


# The monthly list


def test_the_monthly_list_holds_governances_looks_and_nobody_elses(
    family: Family, baby: Person, lead: User, keeper: User, manager: User, browse: Browse
) -> None:
    browse(lead).get(f"/families/{family.pk}/")
    browse(keeper).get(f"/who-has-looked/{baby.pk}/")

    looks = own_looks(MARCH, by=manager)[:50]

    assert [(look.who, look.page, look.records) for look in looks] == [
        (keeper.full_name, "desk:person_looks", 1)
    ]
    assert list(own_looks(FEBRUARY, by=manager)) == []


def test_the_monthly_list_tells_of_links_followed_and_their_reasons(
    seal: Adoption, keeper: User, manager: User, browse: Browse
) -> None:
    browse(keeper).post(f"/sealed-records/{seal.pk}/", {"reason": WHY})

    page = browse(manager).get("/governance-looks/2026/3/").content.decode()

    assert "Followed a sealed link" in page
    assert WHY in page


def test_the_monthly_list_names_no_family(
    baby: Person, seal: Adoption, keeper: User, manager: User, browse: Browse
) -> None:
    browse(keeper).post(f"/sealed-records/{seal.pk}/", {"reason": WHY})

    page = browse(manager).get("/governance-looks/2026/3/").content.decode()

    assert baby.family_name not in page
    assert "Tansy" not in page
    assert not AccessLogEntry.objects.filter(page="desk:own_looks_month").exists()


def test_the_manager_is_told_of_last_month_once(manager: User, keeper: User, lead: User) -> None:
    said = [run_daily_round(on=TODAY), run_daily_round(on=date(2026, 3, 11))]
    (notice,) = Notice.objects.all()

    assert (notice.user_id, notice.month) == (manager.pk, FEBRUARY)
    assert any("1 new notice" in line for line in said[0])
    assert any("0 new notices" in line for line in said[1])


def test_the_notice_goes_when_the_list_is_read(manager: User, browse: Browse) -> None:
    services.ensure_month_notices(on=TODAY)
    browser = browse(manager)
    assert "own looks of February 2026" in browser.get("/home/").content.decode()

    browser.post("/governance-looks/2026/2/")

    assert Notice.objects.get().seen_on == TODAY
    assert "own looks of February 2026" not in browser.get("/home/").content.decode()


def looked(keeper: User, count: int) -> None:
    """So many looks of information governance, a minute apart, each with its number as reason."""
    for number in range(count):
        with time_machine.travel(NOON + timedelta(minutes=number), tick=False):
            row = AccessLogEntry(
                actor_id=keeper.pk,
                organisation_id=keeper.organisation_id,
                at=now(),
                action="searched",
                page="desk:looks",
                reason=f"Look {number:03d}.",
            )
            chain.append(chain.ACCESS, [row])


def test_a_month_is_read_fifty_at_a_time_and_each_look_once(
    keeper: User, manager: User, browse: Browse
) -> None:
    looked(keeper, 120)
    browser = browse(manager)

    told = [
        re.findall(r"Look (\d{3})\.", browser.get(f"{MONTH}?page={page}").content.decode())
        for page in (1, 2, 3)
    ]

    assert [len(page) for page in told] == [50, 50, 20]
    assert [int(number) for page in told for number in page] == list(range(120))


def test_looks_and_acts_stand_in_one_order(
    seal: Adoption, keeper: User, manager: User, browse: Browse
) -> None:
    looked(keeper, 3)
    browse(keeper).post(f"/sealed-records/{seal.pk}/", {"reason": WHY})

    rows = own_looks(MARCH, by=manager)[:50]

    assert rows == sorted(rows, key=lambda row: row.at)
    assert {row.action for row in rows} >= {"searched", "link_followed"}
    assert len(own_looks(MARCH, by=manager)) == len(rows)


def test_a_page_of_the_month_takes_as_many_statements_however_long_it_is(
    keeper: User, manager: User, browse: Browse
) -> None:
    looked(keeper, 3)
    browser = browse(manager)
    browser.get("/home/")
    with CaptureQueriesContext(connection) as few:
        browser.get(MONTH)
    looked(keeper, 120)
    with CaptureQueriesContext(connection) as many:
        browser.get(f"{MONTH}?page=2")

    assert len(many) <= len(few)
    assert len(few) <= 20


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9" * 400, "’"])
def test_a_page_that_is_not_there_is_the_nearest(
    page: str, keeper: User, manager: User, browse: Browse
) -> None:
    looked(keeper, 60)

    answer = browse(manager).get(MONTH, {"page": page})

    assert answer.status_code == 200
    assert "Look 0" in answer.content.decode()


def test_only_the_last_page_asks_whether_the_list_was_read(
    keeper: User, manager: User, browse: Browse
) -> None:
    looked(keeper, 60)
    browser = browse(manager)

    assert "I have read this list" not in browser.get(MONTH).content.decode()
    assert "I have read this list" in browser.get(f"{MONTH}?page=2").content.decode()


@pytest.mark.parametrize("address", ["/governance-looks/2026/13/", "/governance-looks/0/1/"])
def test_a_month_that_cannot_be_is_not_found(address: str, manager: User, browse: Browse) -> None:
    assert browse(manager).get(address).status_code == 404


def test_a_child_elsewhere_is_untouched_by_a_seal(seal: Adoption, team: Team) -> None:
    other = PersonFactory.create(baby=True, organisation=team.organisation)

    assert Person.objects.filter(pk=other.pk).exists()
