"""Identifiers of records: time-ordered, so that large indexes stay compact; seeded for the demo."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from uuid_utils.compat import uuid7

_seeded: ContextVar[random.Random | None] = ContextVar("seeded_ids", default=None)


def new_id() -> UUID:
    """An identifier that no other record has."""
    source = _seeded.get()
    return uuid7() if source is None else UUID(int=source.getrandbits(128), version=4)


@contextmanager
def seeded_ids(seed: int) -> Iterator[None]:
    """Within this block, identifiers follow from the seed: a demo's rows are always the same."""
    token = _seeded.set(random.Random(seed))  # noqa: S311 - made-up people, not secrets
    try:
        yield
    finally:
        _seeded.reset(token)
