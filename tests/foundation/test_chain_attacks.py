"""Every attack by SQL without the key is found, and named for what it is."""

import random
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from nestling.foundation import record_index
from nestling.foundation.chain_check import verify
from nestling.foundation.chain_walk import Kind
from tests.foundation import attacks

pytestmark = [pytest.mark.django_db]
ATTACKS = 200
ON_POSTGRES = 45
ROWS = 40


@pytest.fixture
def head_file(tmp_path: Path, settings, django_capture_on_commit_callbacks) -> Path:
    """Both logs with some rows, and the head file that was written meanwhile."""
    path = tmp_path / "heads.jsonl"
    settings.CHAIN_HEAD_FILE = str(path)
    with django_capture_on_commit_callbacks(execute=True):
        attacks.fill(random.Random(11), rows=ROWS)
    return path


def test_whole_logs_have_no_fault(head_file: Path) -> None:
    assert attacks.faults(head_file) == []


def test_every_one_of_200_attacks_is_found(head_file: Path) -> None:
    assert attacks.unnoticed(random.Random(3), attacks=ATTACKS, head_file=head_file) == []
    assert attacks.faults(head_file) == []


@pytest.mark.database
def test_every_attack_is_found_on_either_database(head_file: Path) -> None:
    assert attacks.unnoticed(random.Random(5), attacks=ON_POSTGRES, head_file=head_file) == []


@pytest.mark.database
@pytest.mark.parametrize(
    ("attack", "kinds"),
    [
        (attacks.change_words_within, {Kind.CHANGED}),
        (attacks.remove, {Kind.REMOVED}),
        (attacks.remove_and_number_again, {Kind.REMOVED}),
        (attacks.remove_a_record, {Kind.CHANGED}),
        (attacks.insert, {Kind.INSERTED}),
        (attacks.insert_a_record, {Kind.CHANGED}),
        (attacks.swap, {Kind.REORDERED}),
        (attacks.swap_records, {Kind.CHANGED}),
        (attacks.rotate, {Kind.REORDERED}),
        (attacks.cut_tail, {Kind.TAIL_CUT}),
        (attacks.cut_tail_and_write_on, {Kind.TAIL_CUT}),
    ],
)
def test_an_attack_is_called_by_its_name(
    attack: attacks.Attack, kinds: set[Kind], head_file: Path
) -> None:
    named = set()
    for seed in range(6):
        with attacks.as_attacker():
            attack(random.Random(seed))
            named.add(attacks.faults(head_file)[0].kind)

    assert named <= kinds


INDEX_ATTACKS = {
    "a record is gone": (
        "INSERT INTO foundation_shown (foundation_shown, rowid, shown) SELECT 'delete', id, shown"
        " FROM foundation_accesslogentry WHERE id = 7"
    ),
    "a record more": "INSERT INTO foundation_shown (rowid, shown) VALUES (7, 'ff')",
    "all are gone": "INSERT INTO foundation_shown (foundation_shown) VALUES ('delete-all')",
}


@pytest.mark.parametrize("attack", INDEX_ATTACKS.values(), ids=INDEX_ATTACKS.keys())
def test_an_index_that_says_otherwise_than_the_log_is_named(attack: str, head_file: Path) -> None:
    attacks.run(attack)

    found = attacks.faults(head_file)

    assert [(fault.kind, fault.position) for fault in found] == [
        (Kind.CHANGED, 1 if "delete-all" in attack else 7)
    ]


def test_an_index_that_is_gone_is_named_and_a_migration_makes_it_anew(head_file: Path) -> None:
    attacks.run("DROP TRIGGER foundation_shown_added")
    attacks.fill(random.Random(12), rows=3)
    gone = verify(connection, keys=settings.CHAIN_KEYS, head_file=None)[1].faults

    record_index.put_in_place()

    assert [fault.kind for fault in gone] == [Kind.UNPROTECTED]
    assert verify(connection, keys=settings.CHAIN_KEYS, head_file=None)[1].faults == []
