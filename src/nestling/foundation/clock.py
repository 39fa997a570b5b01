"""The one clock: aware times, dates where the service is, a fixed day for made-up histories."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("fixed_now", default=None)


def now() -> datetime:
    """The present moment, aware."""
    return _fixed.get() or timezone.now()


def today() -> date:
    """Today's date where the service is."""
    return timezone.localtime(now()).date()


@contextmanager
def fixed_at(moment: datetime) -> Iterator[None]:
    """Within this block the clock stands still at an aware moment."""
    if timezone.is_naive(moment):
        raise ValueError("the clock takes aware times only")
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
