"""Tests of the waiting list month by month."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.science.waiting_forecast import ForecastError, forecast, monthly_capacity


@given(
    demand=st.floats(0, 5000),
    capacity=st.lists(st.floats(0, 500), min_size=1, max_size=36),
    waiting=st.floats(0, 500),
)
def test_every_family_is_started_or_waiting(
    demand: float, capacity: list[float], waiting: float
) -> None:
    months = forecast(demand, capacity=capacity, waiting=waiting)

    came = waiting + sum(month.coming for month in months)
    started = sum(month.starting for month in months)
    assert started + months[-1].waiting == pytest.approx(came, abs=1e-6)
    assert all(0 <= month.starting <= month.capacity for month in months)


def test_enough_capacity_leaves_nobody_waiting() -> None:
    assert forecast(120, capacity=[10, 10])[-1].waiting == pytest.approx(0)


def test_a_wait_is_the_list_over_the_months_capacity() -> None:
    month = forecast(120, capacity=[5])[0]

    assert month.waiting == 5
    assert month.wait_weeks == pytest.approx(52 / 12)


def test_without_capacity_a_wait_has_no_length() -> None:
    assert forecast(120, capacity=[0])[0].wait_weeks is None


def test_new_staff_see_fewer_families_while_they_settle_in() -> None:
    rooms = monthly_capacity(1200, phases=[0.5, 1], settling_months=2, settling_share=0.5)

    assert rooms[:3] == [25, 25, 50]
    assert rooms[12:15] == [75, 75, 100]
    assert len(rooms) == 24


@pytest.mark.parametrize(("demand", "room", "waiting"), [(-1, 1, 0), (1, -1, 0), (1, 1, -1)])
def test_less_than_nothing_is_refused(demand: float, room: float, waiting: float) -> None:
    with pytest.raises(ForecastError, match="cannot be negative"):
        forecast(demand, capacity=[room], waiting=waiting)
