"""Periods of whole months that end on a day, and the month numbers of the national data."""

from dataclasses import dataclass
from datetime import date, timedelta


class PeriodError(ValueError):
    """A period that ends before it begins."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period with both its ends included."""

    start: date
    end: date

    @property
    def first_month(self) -> int:
        """The national number of the month in which the period begins."""
        return month_number(self.start)

    @property
    def last_month(self) -> int:
        """The national number of the month in which the period ends."""
        return month_number(self.end)

    def holds(self, other: "Period") -> bool:
        """True where the other period lies within this one."""
        return self.start <= other.start and other.end <= self.end


def month_number(day: date) -> int:
    """The national number of a month: 1 is April 1900.

    >>> month_number(date(2024, 4, 1))
    1489
    """
    return 12 * (day.year - 1900) + day.month - 3


def period_until(until: date, *, months: int) -> Period:
    """The months that end on a day: the day after a month earlier, to the day.

    >>> period_until(date(2025, 12, 31), months=12).start
    datetime.date(2025, 1, 1)
    >>> period_until(date(2025, 2, 28), months=12).start
    datetime.date(2024, 3, 1)

    Raises ``PeriodError`` where no month is left.
    """
    if months < 1:
        raise PeriodError(f"the period ends before it begins: {months} months until {until}")
    try:
        return Period(months_before(until + timedelta(days=1), months=months), until)
    except (ValueError, OverflowError) as error:
        raise PeriodError(
            f"the period begins before the calendar does: {months} months until {until}"
        ) from error


def months_before(day: date, *, months: int) -> date:
    """The same day of an earlier month.

    Or the first of the next month where that month is too short.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def share_people(earlier: Period, later: Period) -> bool:
    """True where the two periods end less than a year apart: many people are then in both."""
    return months_before(later.end + timedelta(days=1), months=12) < earlier.end + timedelta(days=1)
