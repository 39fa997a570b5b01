"""The access log: written before an answer leaves, or the answer is refused."""

import json
from uuid import UUID

import pytest
import structlog
from django.db import DatabaseError
from django.urls import reverse

from nestling.accounts.roles import Role
from nestling.config.logs import configure_logs
from nestling.foundation import access_log
from nestling.foundation.looks import (
    describe_export,
    gather_looks,
    hash_of_ids,
    note_look,
    unwatched,
)
from nestling.foundation.models import AccessLogEntry
from nestling.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(organisation) -> Person:
    return Person.objects.create(
        organisation=organisation, kind="adult", given_name="Ann", search_name="ann"
    )


def test_a_fetched_person_is_noted_and_an_unwatched_one_is_not(person: Person) -> None:
    with gather_looks() as looks:
        Person.objects.get(pk=person.pk)
        with unwatched():
            Person.objects.count()
    with gather_looks() as silent, unwatched():
        Person.objects.get(pk=person.pk)

    assert looks.records == {("people.person", person.pk)}
    assert silent.records == set()


def test_outside_a_request_nothing_is_gathered(person: Person) -> None:
    note_look("people.person", person.pk)

    assert not AccessLogEntry.objects.exists()


def test_a_page_that_shows_a_person_leaves_one_entry(client_as, person: Person) -> None:
    client = client_as(Role.INFORMATION_GOVERNANCE)

    client.get(reverse("desk:person_looks", args=[person.pk]))

    entry = AccessLogEntry.objects.get()
    assert entry.page == "desk:person_looks"
    assert entry.records == [("people.person", person.pk)]


def test_a_page_that_shows_no_one_leaves_none(client_as) -> None:
    client_as(Role.INFORMATION_GOVERNANCE).get(reverse("desk:looks"))

    assert not AccessLogEntry.objects.exclude(kinds="").exists()


def test_when_the_log_cannot_be_written_the_page_is_refused(
    client_as, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("disk full: 'Ann'")

    monkeypatch.setattr(access_log, "write_look", broken)
    client = client_as(Role.INFORMATION_GOVERNANCE)

    answer = client.get(reverse("desk:person_looks", args=[person.pk]))

    assert answer.status_code == 503
    assert "Ann" not in answer.content.decode()


def test_a_logged_error_holds_no_local_variables(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs()
    try:
        secret = "what was typed"
        assert secret
        raise ValueError("id 7")  # noqa: TRY301 - the error under test
    except ValueError:
        structlog.get_logger().exception("failed")
    finally:
        structlog.reset_defaults()

    line = capsys.readouterr().err.strip().splitlines()[-1]
    assert "what was typed" not in line
    assert json.loads(line)["event"] == "failed"


def test_an_export_keeps_its_filter_its_count_and_one_hash_of_its_ids() -> None:
    ids = [UUID(int=2), UUID(int=1)]

    with gather_looks() as looks:
        describe_export(filter={"kind": "declined", "reason": ""}, ids=ids)

    assert looks.action == "exported"
    assert looks.details == {
        "filter": {"kind": "declined"},
        "count": 2,
        "ids": hash_of_ids(reversed(ids)),
    }


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("referrals:unmet_need", {"for": "team"}),
        ("referrals:unmet_need", {"for": "others"}),
        ("referrals:agenda", {"for": "team"}),
        ("care:waiting", {"print": "team"}),
    ],
)
def test_a_printed_list_is_an_entry_with_its_filter_even_without_a_name(
    client_as, page: str, query: dict[str, str]
) -> None:
    client_as(Role.CLINICAL_LEAD).get(reverse(page), query)

    entry = AccessLogEntry.objects.get()
    assert entry.action == "printed"
    assert entry.details["count"] == 0
    assert entry.details["filter"]["list"]
