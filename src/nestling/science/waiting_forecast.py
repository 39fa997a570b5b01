"""How many families wait, month by month, while a team is built up."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Weeks in a month, on average: 52 weeks over 12 months.
WEEKS_IN_A_MONTH = 52 / 12


class ForecastError(ValueError):
    """A forecast was asked for with less than nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month: families who come, whom the team can start with, start, and wait at its end.

    `wait_weeks` is how long a family joining at the end of the month would wait at that month's
    capacity; None where nobody can be started.
    """

    number: int
    coming: float
    capacity: float
    starting: float
    waiting: float
    wait_weeks: float | None


def monthly_capacity(
    families_a_year: float,
    *,
    phases: Sequence[float],
    settling_months: int,
    settling_share: float,
) -> list[float]:
    """Families that can start in each month: staff who are new see fewer while they settle in.

    >>> monthly_capacity(120, phases=[0.5, 1.0], settling_months=1, settling_share=0.5)[:2]
    [2.5, 5.0]
    """
    found = []
    before = 0.0
    for phase in phases:
        for month in range(12):
            share = settling_share if month < settling_months else 1.0
            found.append(families_a_year / 12 * (before + (phase - before) * share))
        before = phase
    return found


def forecast(
    demand_a_year: float, *, capacity: Sequence[float], waiting: float = 0.0
) -> list[Month]:
    """The waiting list month by month; families come evenly and none gives up.

    Raises `ForecastError` for a negative demand, capacity or list.
    """
    if min([demand_a_year, waiting, *capacity]) < 0:
        raise ForecastError("demand, capacity and the waiting list cannot be negative")
    months = []
    coming = demand_a_year / 12
    for number, room in enumerate(capacity, start=1):
        starting = min(room, waiting + coming)
        waiting = waiting + coming - starting
        weeks = waiting / room * WEEKS_IN_A_MONTH if room > 0 else None
        months.append(
            Month(
                number=number,
                coming=coming,
                capacity=room,
                starting=starting,
                waiting=waiting,
                wait_weeks=weeks,
            )
        )
    return months
