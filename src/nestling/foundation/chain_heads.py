"""The heads of the logs: after each commit, how long a log is and its last signature.

They are added to a file outside the database, one sealed line each, so that a log whose end was
cut off is shorter than its last head says. The same words go to the structured log, which a
service may send elsewhere.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction

from nestling.foundation import chain_form
from nestling.foundation.chain_rows import last_position, macs_at
from nestling.foundation.chain_walk import Fault, Kind
from nestling.foundation.clock import now

log = structlog.get_logger(__name__)
ASKED_AT_ONCE = 500
LOOKED_BACK = 50
"""How many waiting callbacks are looked at for an earlier head: enough for most transactions."""
Macs = Callable[[Sequence[int]], dict[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A log's head, to be written once the transaction that moved it is stored."""

    log: str
    after: int
    count: int
    mac: str
    key: str

    def __call__(self) -> None:
        """Write the head to the head file and the structured log.

        A head file that cannot be written stops nobody's work: the row is stored and signed.
        """
        head = {"log": self.log, "after": self.after, "count": self.count, "mac": self.mac}
        try:
            add_line(head, key=self.key)
        except OSError as error:
            log.error("chain_head_unwritable", error=type(error).__name__)  # noqa: TRY400 - the kind alone
        if settings.CHAIN_HEADS_LOGGED:
            log.info("chain_head", **head)


def announce_on_commit(name: str, *, after: int, count: int, mac: str, key: str) -> None:
    """Write a log's head after the commit: one line for a transaction, however many its rows."""
    join_earlier(name)
    transaction.on_commit(Announcement(log=name, after=after, count=count, mac=mac, key=key))


def join_earlier(name: str) -> None:
    """Let a later head stand for the one before it, where undoing it would undo both."""
    alive = set(connection.savepoint_ids)
    waiting: list[Any] = connection.run_on_commit
    places = [
        place
        for place in range(max(0, len(waiting) - LOOKED_BACK), len(waiting))
        if isinstance(waiting[place][1], Announcement) and waiting[place][1].log == name
    ]
    for first, second in reversed(list(pairwise(places))):
        earlier, later = waiting[first], waiting[second]
        # One that a later pair has joined is said already.
        if not isinstance(later[1], Announcement):
            continue
        if set(later[0]) & alive <= set(earlier[0]) & alive:
            joined = replace(later[1], after=earlier[1].after)
            waiting[second] = (later[0], joined, *later[2:])
            # The list keeps its length: whoever counts what waits is not led astray.
            waiting[first] = (earlier[0], said_later, *earlier[2:])


def said_later() -> None:
    """Nothing: a later head of the same transaction says it."""


def add_line(head: Mapping[str, Any], *, key: str) -> None:
    """Add one sealed line to the end of the head file, if the settings name one."""
    if not settings.CHAIN_HEAD_FILE:
        return
    line = {**head, "at": chain_form.moment(now()), "key": chain_form.key_id(key)}
    words = json.dumps({**line, "seal": seal_of(line, key=key)}, separators=(",", ":"))
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    opened = os.open(Path(settings.CHAIN_HEAD_FILE), flags, 0o600)
    try:
        # One call, so that lines of several processes never mix.
        os.write(opened, f"{words}\n".encode("ascii"))
    finally:
        os.close(opened)


def seal_of(line: Mapping[str, Any], *, key: str) -> str:
    """What shows that a line of the head file is as it was written."""
    words = json.dumps(line, sort_keys=True, separators=(",", ":")).encode()
    return chain_form.link(key, previous="head", body=words)[:32]


@dataclass(slots=True, kw_only=True)
class Heads:
    """What the head file says of one log, held against the log."""

    log: str
    path: Path | None
    keys: Mapping[str, str]
    notes: list[str] = field(default_factory=list)
    highest: int = 0
    covered: int = 0
    found: list[Fault] = field(default_factory=list)

    def faults(self, *, last: int, whole: bool, macs: Macs) -> list[Fault]:
        """The first place where head file and log differ.

        ``last`` is how far the log holds and ``whole`` whether that is its end; ``macs`` gives the
        signatures at positions.
        """
        if self.path is None:
            self.notes.append("No head file was looked at: a cut tail would not show.")
            return []
        if not self.path.exists():
            return [self.missing(last)] if last else []
        lines = self.lines()
        while some := list(islice(lines, ASKED_AT_ONCE)):
            wrong = self.first_wrong(some, macs([line["count"] for line in some]), last=last)
            # Where the log broke before, a later head says nothing new.
            if wrong and (whole or wrong.position <= last):
                self.found.append(wrong)
            if self.found:
                break
        if not self.found and self.highest > self.covered:
            self.notes.append(
                f"{self.highest - self.covered} entries have no line in the head file: the service"
                " was stopped between storing and writing, or lines were removed."
            )
        return self.found[:1]

    def missing(self, last: int) -> Fault:
        """There are rows and no head file at all."""
        words = f"{self.path} is not there, so nobody can say whether the tail was cut."
        return Fault(log=self.log, position=last, kind=Kind.HEAD_MISSING, words=words)

    def lines(self) -> Iterator[dict[str, Any]]:
        """The lines about this log that are as they were written; a line that is not ends it."""
        if self.path is None:
            return
        with self.path.open("rb") as opened:
            for number, raw in enumerate(opened, start=1):
                if not raw.endswith(b"\n"):
                    self.notes.append("The head file's last line is not finished yet.")
                    return
                line = read_line(raw)
                if line is None or not self.sealed(line):
                    self.found.append(self.altered(number))
                    return
                if line["log"] == self.log:
                    self.count(line)
                    yield line

    def sealed(self, line: Mapping[str, Any]) -> bool:
        """Whether a line's seal is whole, or cannot be judged because its key is not here."""
        key = self.keys.get(line["key"])
        if key is None:
            return True
        kept = {name: value for name, value in line.items() if name != "seal"}
        return bool(line["seal"] == seal_of(kept, key=key))

    def altered(self, number: int) -> Fault:
        """A line that was not written so by Nestling."""
        words = f"Line {number} of {self.path} is not as it was written."
        return Fault(log=self.log, position=0, kind=Kind.HEAD_ALTERED, words=words)

    def count(self, line: Mapping[str, Any]) -> None:
        """Note how far the file's lines reach, and how many rows they cover."""
        if not self.highest:
            self.covered = line["after"]
        self.covered += line["count"] - line["after"]
        self.highest = max(self.highest, line["count"])

    def first_wrong(
        self, lines: Sequence[Mapping[str, Any]], macs: Mapping[int, str], *, last: int
    ) -> Fault | None:
        """The first of some heads that the log does not bear out."""
        for line in lines:
            count = line["count"]
            if count not in macs:
                words = f"The head file knows {count} entries; the log ends at {last}."
                return Fault(log=self.log, position=last + 1, kind=Kind.TAIL_CUT, words=words)
            if macs[count] != line["mac"]:
                words = (
                    f"The entry at {count} is another than when its head was written: the log was"
                    " cut before it and written on."
                )
                return Fault(log=self.log, position=count, kind=Kind.TAIL_CUT, words=words)
        return None


def read_line(raw: bytes) -> dict[str, Any] | None:
    """A line of the head file, or nothing if it is none."""
    try:
        line = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    kinds = {"log": str, "after": int, "count": int, "mac": str, "key": str, "seal": str}
    if not isinstance(line, dict):
        return None
    fits = all(type(line.get(name)) is kind for name, kind in kinds.items())
    return line if fits else None


def renew() -> Path | None:
    """Put the head file aside and begin another with the heads as they are now.

    Returns where the old one is kept, if there was one. Whoever calls this has verified the logs:
    after restoring a copy, for example, whose logs are shorter than the head file knows.
    """
    path = Path(settings.CHAIN_HEAD_FILE)
    aside = path.with_name(f"{path.name}.until-{now():%Y%m%dT%H%M%S%f}")
    kept = path.rename(aside) if path.exists() else None
    for form in (chain_form.AUDIT_FORM, chain_form.ACCESS_FORM):
        count = last_position(connection, form)
        mac = macs_at(connection, form, [count]).get(count, chain_form.FIRST)
        head = {"log": form.name, "after": count, "count": count, "mac": mac}
        if count:
            add_line(head, key=settings.CHAIN_KEYS[0])
    return kept
