"""Walking along a log from its first row: where the chain first breaks, and how.

Plain Python over any source of rows, so that its rule can be tried without a database. What kind
of break it is follows from trying the rows that come next in the broken row's place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple

from nestling.foundation import chain_form
from nestling.foundation.chain_form import FIRST, Form, Shown

LOOK_AHEAD = 2_000
"""Rows after a break that are tried in its place, to say what happened."""
GAPS_TRIED = 1_000
"""How many removed rows are recognised when the rest was numbered again."""


class Kind(StrEnum):
    """What was done to a log or its head file."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TAIL_CUT = "tail cut"
    HEAD_ALTERED = "head file altered"
    HEAD_MISSING = "head file missing"
    KEY_MISSING = "key missing"
    UNPROTECTED = "protection removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """The first place where a log does not hold, and what happened there in plain words.

    Position 0 stands for no row: a line of the head file or a trigger.
    """

    log: str
    position: int
    kind: Kind
    words: str

    def __str__(self) -> str:
        where = f", position {self.position}" if self.position else ""
        return f"{self.log} log{where}: {self.kind}. {self.words}"


class Item(NamedTuple):
    """One row as its database gives it: values in the form's order, what it showed, signature."""

    stored: Sequence[Any]
    shown: Shown
    mac: Any


@dataclass(slots=True)
class Walk:
    """How far a log holds: its rows so far, the last signature, and what broke."""

    form: Form
    keys: Mapping[str, str]
    position: int = 0
    mac: str = FIRST
    faults: list[Fault] = field(default_factory=list)
    key: str = ""

    def along(self, items: Iterable[Item]) -> Iterator[int]:
        """Check each row, yielding its position; ends at the first break, which is then noted."""
        form, keys, key_at = self.form, self.keys, self.form.columns.index("key_id")
        source = iter(items)
        for item in source:
            wanted = self.position + 1
            if item.stored[0] != wanted:
                return self.broken(self.out_of_step(item, wanted))
            key = keys.get(item.stored[key_at])
            if key is None:
                if not self.unknown_key(item, wanted):
                    return None
            else:
                signed = body_of(form, item)
                if signed is None or item.mac != chain_form.link(
                    key, previous=self.mac, body=signed
                ):
                    return self.broken(self.diagnosis(item, list(islice(source, LOOK_AHEAD))))
                name = item.stored[key_at]
                if name != self.key and not self.in_turn(name, wanted):
                    return None
            self.position, self.mac = wanted, item.mac
            yield wanted
        return None

    def broken(self, fault: Fault) -> None:
        """Note what broke."""
        self.faults.append(fault)

    def fault(self, kind: Kind, words: str, *, position: int = 0) -> Fault:
        """A fault of this log, at the next position unless another is said."""
        return Fault(
            log=self.form.name, position=position or self.position + 1, kind=kind, words=words
        )

    def out_of_step(self, item: Item, wanted: int) -> Fault:
        """A row whose position does not follow the one before it."""
        found = item.stored[0]
        if not isinstance(found, int) or found < wanted:
            return self.fault(
                Kind.INSERTED, f"An entry with the position {found} stands before it."
            )
        missing = found - wanted
        words = "It is missing." if missing == 1 else f"It and the next {missing - 1} are missing."
        return self.fault(Kind.REMOVED, words)

    def unknown_key(self, item: Item, wanted: int) -> bool:
        """Whether to walk on over a row whose key is not at hand."""
        at = self.form.columns.index("key_id")
        for name, key in self.keys.items():
            stored = [*item.stored[:at], name, *item.stored[at + 1 :]]
            if self.fits(Item(stored, item.shown, item.mac), wanted, self.mac, key=key):
                self.broken(self.fault(Kind.CHANGED, "The name of its key was changed."))
                return False
        if not any(fault.kind is Kind.KEY_MISSING for fault in self.faults):
            words = f"It says that it is signed with the key {item.stored[at]}, which is not here."
            self.broken(self.fault(Kind.KEY_MISSING, words))
        return True

    def in_turn(self, name: str, wanted: int) -> bool:
        """Whether the key is not older than the one before: a key once replaced signs nothing."""
        names = list(self.keys)
        if self.key in names and names.index(name) > names.index(self.key):
            words = f"It is signed with the key {name}, which had been replaced by then."
            self.broken(self.fault(Kind.CHANGED, words, position=wanted))
            return False
        self.key = name
        return True

    def fits(self, item: Item, position: int, previous: str, *, key: str | None = None) -> bool:
        """Whether a row, put in a position, follows from a signature."""
        signed = body_of(self.form, item, position=position)
        name = item.stored[self.form.columns.index("key_id")]
        used = key if key is not None else self.keys.get(name)
        return (
            signed is not None
            and used is not None
            and item.mac == chain_form.link(used, previous=previous, body=signed)
        )

    def diagnosis(self, item: Item, ahead: list[Item]) -> Fault:
        """What was done at a row whose signature is wrong."""
        wanted = self.position + 1
        true = next((n for n, row in enumerate(ahead) if self.fits(row, wanted, self.mac)), None)
        if true is not None:
            return self.displaced([item, *ahead], true + 1)
        if ahead and isinstance(item.mac, str):
            after = ahead[0]
            steps = range(1, GAPS_TRIED + 1)
            place = after.stored[0] if isinstance(after.stored[0], int) else 0
            if not self.fits(after, place, item.mac):
                gone = next((n for n in steps if self.fits(after, place + n, item.mac)), 0)
                if gone:
                    words = f"{gone} removed here; the entries after were numbered again."
                    return self.fault(Kind.REMOVED, words)
        if not ahead:
            return self.fault(Kind.CHANGED, "It is the last, and not as it was signed.")
        words = "It is not as it was signed"
        also = ", or what it showed is not" if self.form.name == "access" else ""
        return self.fault(Kind.CHANGED, f"{words}{also}.")

    def displaced(self, rows: list[Item], true: int) -> Fault:
        """The row that belongs here stands further on, at a place in ``rows``."""
        after = self.position + 2
        found, before, follows = rows[true], rows[:true], rows[true + 1 : true + 2]
        one_of_them = any(self.fits(row, after, found.mac) for row in before)
        if not one_of_them and (not follows or self.fits(follows[0], after, found.mac)):
            words = f"{true} put in; the entries after were numbered again."
            return self.fault(Kind.INSERTED, words)
        words = f"The entry that belongs here stands at position {found.stored[0]}."
        return self.fault(Kind.REORDERED, words)


def body_of(form: Form, item: Item, *, position: int | None = None) -> bytes | None:
    """The signed bytes of a row, as if it stood in a position; nothing if it cannot be read."""
    try:
        values = chain_form.canonical(form, item.stored)
        if position is not None:
            values[0] = position
        return chain_form.body(form, values, item.shown)
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None
