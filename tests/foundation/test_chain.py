"""Adding to the logs: positions without gaps, values the same on every database, heads outside."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from nestling.foundation import chain, chain_heads, record_index
from nestling.foundation.chain_check import verify
from nestling.foundation.chain_walk import Kind
from nestling.foundation.models import AccessLogEntry, AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEY = "for-tests-only"
Committed = Callable[[Callable[[], object]], None]


class ChangedMindError(Exception):
    """Takes a transaction back."""


def event(**values: object) -> AuditEvent:
    """A change to a made-up record."""
    given = {"action": "changed", "kind": "people.person", "record_id": UUID(int=7), **values}
    return AuditEvent(**given)


def look(*records: int) -> AccessLogEntry:
    """A look at made-up records."""
    entry = AccessLogEntry(action="opened", page="desk:family")
    entry.show(("people.person", UUID(int=number)) for number in records)
    return entry


def taken_back(*events: AuditEvent) -> None:
    """Add to the log in a part of the transaction that is then rolled back."""
    try:
        with transaction.atomic():
            chain.append(chain.AUDIT, events)
            raise ChangedMindError  # noqa: TRY301 - leaves the transaction
    except ChangedMindError:
        return


def kinds(head_file: Path | None = None, *, keys: tuple[str, ...] = (KEY,)) -> list[Kind]:
    """What verifying both logs finds."""
    reports = verify(connection, keys=keys, head_file=head_file)
    return [fault.kind for report in reports for fault in report.faults]


@pytest.fixture
def head_file(tmp_path: Path, settings) -> Path:
    path = tmp_path / "heads.jsonl"
    settings.CHAIN_HEAD_FILE = str(path)
    return path


@pytest.fixture
def committed(django_capture_on_commit_callbacks) -> Committed:
    """Does something as a transaction of its own that is stored: its heads are written."""

    def do(act: Callable[[], object]) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            act()
        connection.run_on_commit.clear()

    return do


def test_looks_are_found_from_each_record_that_they_showed() -> None:
    chain.append(chain.ACCESS, [look(1, 2), look(), look(2, 3)])

    def found(record: int) -> list[int]:
        entries = AccessLogEntry.objects.filter(record_index.showing(UUID(int=record)))
        return list(entries.order_by("id").values_list("id", flat=True))

    assert [found(record) for record in (1, 2, 3, 4)] == [[1], [1, 3], [3], []]


def test_looks_are_found_without_an_index_too(monkeypatch: pytest.MonkeyPatch) -> None:
    chain.append(chain.ACCESS, [look(1, 2), look(), look(2, 3)])
    if connection.vendor == "sqlite":
        monkeypatch.setattr(record_index, "stands", lambda _: False)

    found = AccessLogEntry.objects.filter(record_index.showing(UUID(int=2)))

    assert sorted(found.values_list("id", flat=True)) == [1, 3]


def test_what_a_look_showed_is_kept_by_kind_and_identifier() -> None:
    entry = AccessLogEntry(action="listed", page="desk:family")
    entry.show({("b.b", UUID(int=1)), ("a.a", UUID(int=3)), ("a.a", UUID(int=2))})

    chain.append(chain.ACCESS, [entry])

    kept = AccessLogEntry.objects.get()
    assert kept.kinds == "a.a:2 b.b:1"
    assert kept.records == [("a.a", UUID(int=2)), ("a.a", UUID(int=3)), ("b.b", UUID(int=1))]


def test_a_rolled_back_part_leaves_no_gap() -> None:
    chain.append(chain.AUDIT, [event()])
    taken_back(event(), event())

    assert chain.append(chain.AUDIT, [event()]) == 2
    assert kinds() == []


def test_many_rows_in_one_go_follow_each_other_as_if_added_one_by_one() -> None:
    chain.append(chain.ACCESS, (look(number, number + 1) for number in range(1_200)))
    chain.append(chain.ACCESS, [look(1)])

    assert AccessLogEntry.objects.count() == AccessLogEntry.objects.latest("id").pk == 1_201
    assert sum(len(entry.shown) for entry in AccessLogEntry.objects.all()) == 2_401
    assert kinds() == []


def test_a_look_at_a_thousand_records_takes_as_many_statements_as_a_look_at_one() -> None:
    chain.append(chain.ACCESS, [look(1)])

    with CaptureQueriesContext(connection) as one:
        chain.append(chain.ACCESS, [look(1)])
    with CaptureQueriesContext(connection) as many:
        chain.append(chain.ACCESS, [look(*range(1_000))])

    assert len(many) == len(one)
    assert kinds() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"share": [None, 0.1], "tiny": [1e-7, 1e300], "whole": [1.0, -0.0]},
        {"count": [1, 10**40, -5], "yes": [True, False, None]},
        {"name": ["Zoë", "李", "👶🏽", '"quoted" \\ back', "line\nline\u2028"]},
        {"b": {"z": 1, "aa": [{"c": {}, "a": []}]}, "a": "", "": "no name"},
    ],
)
def test_what_changed_reads_the_same_from_every_database(changes: dict[str, object]) -> None:
    chain.append(chain.AUDIT, [event(changes=changes)])

    assert kinds() == []


@pytest.mark.parametrize("microsecond", [0, 1, 120_000, 999_999])
def test_a_moment_reads_the_same_from_every_database(microsecond: int) -> None:
    at = datetime(2026, 7, 10, 9, 30, 0, microsecond, tzinfo=UTC)

    chain.append(chain.AUDIT, [event(at=at)])

    assert AuditEvent.objects.get(at=at).at == at
    assert kinds() == []


def test_a_row_is_signed_alike_wherever_it_is_stored() -> None:
    at = datetime(2026, 3, 10, 9, 0, 0, 5, tzinfo=UTC)

    chain.append(chain.AUDIT, [event(at=at, changes={"share": [0.5, "Zoë"]})])

    assert AuditEvent.objects.get().mac.startswith("afd7f2e3a8662e9f3d762a1a4f1efe18")


def test_a_fraction_is_kept_as_text() -> None:
    chain.append(chain.AUDIT, [event(changes={"share": [None, 0.25]})])

    assert AuditEvent.objects.get().changes == {"share": [None, "0.25"]}


def test_a_row_that_is_not_signed_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.create(action="changed", kind="x.y", record_id=UUID(int=1))


def test_without_a_key_nothing_is_written(settings) -> None:
    settings.CHAIN_KEYS = []

    with pytest.raises(ImproperlyConfigured), transaction.atomic():
        chain.append(chain.AUDIT, [event()])

    assert not AuditEvent.objects.exists()


def test_rows_under_an_old_key_still_hold_when_a_new_one_signs(settings) -> None:
    chain.append(chain.AUDIT, [event(), event()])
    settings.CHAIN_KEYS = ["a newer key", KEY]
    chain.append(chain.AUDIT, [event()])

    assert kinds(keys=("a newer key", KEY)) == []
    assert kinds(keys=("a newer key",)) == [Kind.KEY_MISSING]


def test_a_transaction_leaves_one_head_however_many_its_rows(
    head_file: Path, committed: Committed
) -> None:
    def five_and_one_taken_back() -> None:
        for _ in range(5):
            with transaction.atomic():
                chain.append(chain.AUDIT, [event()])
        taken_back(event())

    committed(five_and_one_taken_back)

    lines = [json.loads(line) for line in head_file.read_text().splitlines()]
    assert [(line["after"], line["count"]) for line in lines] == [(0, 5)]
    assert kinds(head_file) == []


def test_a_head_names_the_last_position_and_its_signature(
    head_file: Path, committed: Committed
) -> None:
    committed(lambda: chain.append(chain.ACCESS, [look(1)]))

    head = json.loads(head_file.read_text())
    entry = AccessLogEntry.objects.get()
    assert (head["log"], head["count"], head["mac"]) == ("access", 1, entry.mac)
    assert head_file.stat().st_mode & 0o777 == 0o600


def test_a_head_file_that_cannot_be_written_stops_no_work(
    tmp_path: Path, settings, committed: Committed
) -> None:
    settings.CHAIN_HEAD_FILE = str(tmp_path / "no" / "such" / "folder")

    with capture_logs() as told:
        committed(lambda: chain.append(chain.AUDIT, [event()]))

    assert AuditEvent.objects.count() == 1
    assert "chain_head_unwritable" in [one["event"] for one in told]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"count":3', '"count":2'),
        ('"log":"audit"', '"log":"other"'),
        ('"mac":"', '"mac":"0'),
        ('"after":', '"before":'),
        ("{", "["),
    ],
)
def test_an_altered_head_file_is_named(
    old: str, new: str, head_file: Path, committed: Committed
) -> None:
    for _ in range(3):
        committed(lambda: chain.append(chain.AUDIT, [event()]))
    words = head_file.read_text()
    head_file.write_text(new.join(words.rsplit(old, 1)))

    assert Kind.HEAD_ALTERED in kinds(head_file)


def test_a_missing_head_file_is_named_and_no_head_file_at_all_is_a_note(head_file: Path) -> None:
    chain.append(chain.AUDIT, [event()])

    assert kinds(head_file) == [Kind.HEAD_MISSING]
    assert "cut tail would not show" in verify(connection, keys=[KEY], head_file=None)[0].notes[0]


def test_rows_without_a_line_in_the_head_file_are_a_note(
    head_file: Path, committed: Committed
) -> None:
    for _ in range(3):
        committed(lambda: chain.append(chain.AUDIT, [event()]))
    first, _, last = head_file.read_text().splitlines(keepends=True)
    head_file.write_text(f"{first}{last}")

    report = verify(connection, keys=[KEY], head_file=head_file)[0]

    assert report.faults == []
    assert "1 entries have no line" in report.notes[0]


def test_a_renewed_head_file_begins_where_the_logs_are_and_keeps_the_old_one(
    head_file: Path, committed: Committed
) -> None:
    head_file.write_text("torn")
    chain.append(chain.AUDIT, [event(), event()])

    aside = chain_heads.renew()

    assert aside is not None
    assert aside.read_text() == "torn"
    assert json.loads(head_file.read_text())["count"] == 2
    committed(lambda: chain.append(chain.AUDIT, [event()]))
    assert kinds(head_file) == []


def test_a_trigger_that_is_gone_is_named() -> None:
    table = "foundation_auditevent"
    with connection.cursor() as cursor:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {table}_no_update{on}")

    assert kinds() == [Kind.UNPROTECTED]
