"""Where a chain first breaks and what was done there, without a database."""

import json
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from nestling.foundation import chain_form
from nestling.foundation.chain_form import AUDIT_FORM, FIRST
from nestling.foundation.chain_walk import Item, Kind, Walk

KEY, NEWER = "the key", "the newer key"
KEYS = {chain_form.key_id(key): key for key in (NEWER, KEY)}
WORDS = st.text(max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
IDENTIFIERS = st.uuids().map(lambda one: one.hex)
SOME_ROW: tuple[str, str, Any] = ("a", UUID(int=1).hex, {})
LOGS = st.lists(st.tuples(WORDS, IDENTIFIERS, JSON), min_size=1, max_size=12)


def signed(rows: list[tuple[str, str, Any]], *, keys: tuple[str, ...] = (KEY,)) -> list[Item]:
    """Rows as a log would store them, the last of them under the last key."""
    mac, items = FIRST, []
    for position, (action, record, changes) in enumerate(rows, start=1):
        key = keys[min(position - 1, len(keys) - 1)]
        stored = [position, "2026-03-10 09:00:00.000001", None, None, None]
        stored += [action, "people.person", record, chain_form.key_id(key)]
        stored += [json.dumps(chain_form.whole(changes))]
        body = chain_form.body(AUDIT_FORM, chain_form.canonical(AUDIT_FORM, stored))
        mac = chain_form.link(key, previous=mac, body=body)
        items.append(Item(stored, (), mac))
    return items


def walked(items: list[Item], *, keys: dict[str, str] | None = None) -> Walk:
    """A walk along all of them."""
    walk = Walk(form=AUDIT_FORM, keys=KEYS if keys is None else keys)
    for _ in walk.along(items):
        pass
    return walk


def numbered(items: list[Item]) -> list[Item]:
    """The rows with positions from 1 on, as an attacker would number them again."""
    return [
        Item([position, *item.stored[1:]], item.shown, item.mac)
        for position, item in enumerate(items, start=1)
    ]


def kind_of(items: list[Item]) -> tuple[Kind, int]:
    """What the first fault is and where."""
    fault = walked(items).faults[0]
    return fault.kind, fault.position


@given(rows=LOGS)
def test_rows_as_they_were_signed_hold_to_the_end(rows) -> None:
    walk = walked(signed(rows))

    assert walk.faults == []
    assert walk.position == len(rows)


@given(rows=LOGS, data=st.data())
def test_any_changed_value_is_found_at_its_row(rows, data) -> None:
    items = signed(rows)
    place = data.draw(st.integers(0, len(items) - 1))
    column = data.draw(st.integers(1, len(AUDIT_FORM.columns) - 1))
    stored = list(items[place].stored)
    stored[column] = '"another"' if column == AUDIT_FORM.json_at else f"{stored[column]}x"
    items[place] = Item(stored, (), items[place].mac)

    fault = walked(items).faults[0]

    assert fault.position == place + 1
    assert fault.kind in {Kind.CHANGED, Kind.KEY_MISSING}


@given(rows=LOGS.filter(lambda rows: len(rows) > 2), data=st.data())
def test_a_removed_row_is_found_also_when_the_rest_is_numbered_again(rows, data) -> None:
    items = signed(rows)
    place = data.draw(st.integers(0, len(items) - 3))
    left = items[:place] + items[place + 1 :]

    assert kind_of(left) == (Kind.REMOVED, place + 1)
    assert kind_of(numbered(left)) == (Kind.REMOVED, place + 1)


@given(rows=LOGS, data=st.data())
def test_a_row_put_in_is_found(rows, data) -> None:
    items = signed(rows)
    place = data.draw(st.integers(0, len(items) - 1))
    forged = Item([place + 1, *items[0].stored[1:5], "forged", *items[0].stored[6:]], (), "ab" * 32)

    assert kind_of(numbered([*items[:place], forged, *items[place:]])) == (
        Kind.INSERTED,
        place + 1,
    )


@given(rows=LOGS.filter(lambda rows: len(rows) > 1), data=st.data())
def test_rows_that_changed_places_are_found_at_the_first_of_them(rows, data) -> None:
    items = signed(rows)
    one, two = sorted(
        data.draw(st.lists(st.integers(0, len(items) - 1), min_size=2, max_size=2, unique=True))
    )
    items[one], items[two] = items[two], items[one]

    assert kind_of(numbered(items)) == (Kind.REORDERED, one + 1)


def test_rows_under_a_replaced_key_hold_beside_rows_under_the_new_one() -> None:
    rows = [SOME_ROW] * 4

    assert walked(signed(rows, keys=(KEY, KEY, NEWER))).faults == []


def test_a_replaced_key_signs_nothing_any_more() -> None:
    rows = [SOME_ROW] * 3

    fault = walked(signed(rows, keys=(NEWER, KEY))).faults[0]

    assert (fault.kind, fault.position) == (Kind.CHANGED, 2)


def test_a_missing_key_is_named_and_the_rows_after_it_are_checked() -> None:
    items = signed([SOME_ROW] * 5, keys=(KEY, KEY, NEWER))
    items[4] = Item([*items[4].stored[:5], "b", *items[4].stored[6:]], (), items[4].mac)

    found = walked(items, keys={chain_form.key_id(NEWER): NEWER}).faults

    assert [(fault.kind, fault.position) for fault in found] == [
        (Kind.KEY_MISSING, 1),
        (Kind.CHANGED, 5),
    ]


def test_what_cannot_be_read_is_a_change() -> None:
    for nonsense in ("{", "[" * 100_000, None, b"\x00", "9" * 5_000):
        items = signed([SOME_ROW])
        items[0] = Item([*items[0].stored[:9], nonsense], (), items[0].mac)

        assert walked(items).faults[0].kind is Kind.CHANGED


def test_a_fraction_put_in_place_of_its_text_is_a_change() -> None:
    items = signed([("a", UUID(int=1).hex, {"share": 0.25})])
    items[0] = Item([*items[0].stored[:9], '{"share": 0.25}'], (), items[0].mac)

    assert walked(items).faults[0].kind is Kind.CHANGED
