"""The clock and the identifiers, fixed for made-up histories."""

from datetime import UTC, date, datetime

import pytest

from nestling.foundation.clock import fixed_at, now, today
from nestling.foundation.ids import new_id, seeded_ids


def test_the_clock_stands_still_within_a_block() -> None:
    moment = datetime(2026, 3, 10, 9, tzinfo=UTC)

    with fixed_at(moment):
        assert now() == moment
        assert today() == date(2026, 3, 10)

    assert now() != moment


def test_late_in_the_evening_the_date_is_the_service_s_own() -> None:
    with fixed_at(datetime(2026, 6, 1, 23, 30, tzinfo=UTC)):
        assert today() == date(2026, 6, 2)


def test_the_clock_refuses_a_time_without_a_zone() -> None:
    with pytest.raises(ValueError, match="aware"), fixed_at(datetime(2026, 3, 10, 9)):  # noqa: DTZ001
        pass


def test_the_same_seed_gives_the_same_ids() -> None:
    with seeded_ids(7):
        first = [new_id() for _ in range(5)]
    with seeded_ids(7):
        second = [new_id() for _ in range(5)]

    assert first == second
    assert len(set(first)) == 5


def test_without_a_seed_ids_rise_with_time() -> None:
    ids = [new_id() for _ in range(50)]

    assert ids == sorted(ids)
