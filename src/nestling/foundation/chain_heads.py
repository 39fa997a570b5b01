"""The heads of the logs: after each commit, how long a log is and its last signature.

They are added to a file outside the database, one line each, so that a log whose end was cut off
is shorter than its last head says. The same words go to the structured log, which a service may
send elsewhere.
"""

import json
import os
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction

from nestling.foundation import chain_form
from nestling.foundation.clock import now

log = structlog.get_logger(__name__)


def announce_on_commit(name: str, *, count: int, mac: str, key: str) -> None:
    """Write a log's head once the transaction that moved it is stored."""
    transaction.on_commit(lambda: announce(name, count=count, mac=mac, key=key))


def announce(name: str, *, count: int, mac: str, key: str) -> None:
    """Write a log's head to the head file and the structured log.

    A head file that cannot be written stops nobody's work: the row itself is stored and signed.
    """
    head = {"log": name, "count": count, "mac": mac, "at": chain_form.moment(now())}
    try:
        add_line(head, key=key)
    except OSError as error:
        log.error("chain_head_unwritable", error=type(error).__name__)  # noqa: TRY400 - the kind alone
    if settings.CHAIN_HEADS_LOGGED:
        log.info("chain_head", **head)


def add_line(head: dict[str, object], *, key: str) -> None:
    """Add one sealed line to the end of the head file, if the settings name one."""
    if not settings.CHAIN_HEAD_FILE:
        return
    words = json.dumps({**head, "seal": seal_of(head, key=key)}, separators=(",", ":"))
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    opened = os.open(Path(settings.CHAIN_HEAD_FILE), flags, 0o600)
    try:
        os.write(opened, f"{words}\n".encode("ascii"))
    finally:
        os.close(opened)


def seal_of(head: dict[str, object], *, key: str) -> str:
    """What shows that a line of the head file is as it was written."""
    words = json.dumps(head, sort_keys=True).encode()
    return chain_form.link(key, previous="head", body=words)[:32]
