"""The time of a baby: gestation, age, the age limit, and how much of a life was spent waiting.

Ages are counted in days; words are made last. An estimated due date (EDD) is kept apart from the
birth date and never overwritten. Sources: the obstetric convention that a pregnancy is dated 280
days from the last period, and conception 266 days before the EDD; the steps of the words (weeks
and days to six months, then months, then years) are Nestling's own.
"""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum

PREGNANCY_DAYS = 280
CONCEPTION_TO_DUE_DAYS = 266
NO_NEWS_AFTER_DAYS = 21
"""Days past the due date after which no one may assume anything about the baby."""


class Stage(StrEnum):
    """How far a baby's life has come, as the record knows it."""

    UNBORN = "unborn"
    OVERDUE_NO_NEWS = "overdue_no_news"
    BORN = "born"
    LOST = "lost"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class BabyDates:
    """The dates that a baby's age stands on.

    ``due_on`` is the estimated due date, ``born_on`` the birth date; either may be unknown.
    ``lost`` is true after a pregnancy loss or a death: from then on no age is ever said.
    """

    due_on: date | None = None
    born_on: date | None = None
    lost: bool = False

    def stage(self, on: date) -> Stage:
        """What may be said about this baby's life on a day."""
        if self.lost:
            return Stage.LOST
        if self.born_on is not None:
            return Stage.BORN
        if self.due_on is None:
            return Stage.NOT_KNOWN
        overdue_days = (on - self.due_on).days
        return Stage.OVERDUE_NO_NEWS if overdue_days >= NO_NEWS_AFTER_DAYS else Stage.UNBORN


def conceived_on(due_on: date) -> date:
    """The estimated day of conception.

    >>> conceived_on(date(2025, 6, 1))
    datetime.date(2024, 9, 8)
    """
    return due_on - timedelta(days=CONCEPTION_TO_DUE_DAYS)


def due_on_from_last_period(last_period_on: date) -> date:
    """The due date counted from the first day of the last period.

    >>> due_on_from_last_period(date(2024, 8, 25))
    datetime.date(2025, 6, 1)
    """
    return last_period_on + timedelta(days=PREGNANCY_DAYS)


def gestation_days(due_on: date, on: date) -> int:
    """Days of pregnancy on a day, by the obstetric count (day 280 is the due date)."""
    return PREGNANCY_DAYS - (due_on - on).days


def add_months(start: date, months: int) -> date:
    """The same day of the month, so many months on; a day that does not exist becomes the next one.

    A baby born on 29 February has birthdays on 1 March in other years, as in English law.

    >>> add_months(date(2024, 2, 29), 24)
    datetime.date(2026, 3, 1)
    >>> add_months(date(2025, 8, 31), 6)
    datetime.date(2026, 3, 1)
    """
    first = _first_of_month(start, months)
    try:
        return first.replace(day=start.day)
    except ValueError:
        return _first_of_month(start, months + 1)


def _first_of_month(start: date, months: int) -> date:
    """The first day of the month that lies so many months on.

    Raises:
        OverflowError: the calendar ends before that month.
    """
    years, month = divmod(start.month - 1 + months, 12)
    if not MINYEAR <= start.year + years <= MAXYEAR:
        raise OverflowError("a date lies beyond the calendar")
    return date(start.year + years, month + 1, 1)


def whole_months(start: date, on: date) -> int:
    """Completed months from one day to another (never below zero)."""
    months = (on.year - start.year) * 12 + on.month - start.month
    while months > 0 and add_months(start, months) > on:
        months -= 1
    return max(months, 0)


def count_of(number: int, thing: str) -> str:
    """A number with its noun, singular or plural.

    >>> count_of(1, "week"), count_of(3, "day")
    ('1 week', '3 days')
    """
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def weeks_and_days(days: int) -> str:
    """A number of days said as weeks and days.

    >>> weeks_and_days(118), weeks_and_days(84), weeks_and_days(3)
    ('16 weeks 6 days', '12 weeks', '3 days')
    """
    weeks, rest = divmod(days, 7)
    words = [count_of(weeks, "week")] if weeks else []
    if rest or not weeks:
        words.append(count_of(rest, "day"))
    return " ".join(words)


def age_words(born_on: date, on: date) -> str:
    """A born baby's or child's age: weeks and days to six months, then months, then years.

    >>> age_words(date(2025, 11, 12), date(2026, 3, 10))
    '16 weeks 6 days old'
    >>> age_words(date(2025, 6, 1), date(2026, 3, 10))
    '9 months old'
    >>> age_words(date(2023, 2, 1), date(2026, 3, 10))
    '3 years 1 month old'
    """
    if on < born_on:
        raise ValueError("an age cannot be said for a day before the birth")
    months = whole_months(born_on, on)
    if months < 6:
        return f"{weeks_and_days((on - born_on).days)} old"
    if months < 24:
        return f"{count_of(months, 'month')} old"
    years, rest = divmod(months, 12)
    extra = f" {count_of(rest, 'month')}" if rest else ""
    return f"{count_of(years, 'year')}{extra} old"


def stage_words(dates: BabyDates, on: date) -> str:
    """How old the baby is, or how far the pregnancy, on a day; empty once a baby is lost.

    >>> stage_words(BabyDates(due_on=date(2026, 4, 2)), date(2026, 3, 10))
    '36 weeks 5 days pregnant'
    >>> stage_words(BabyDates(due_on=date(2026, 1, 1)), date(2026, 3, 10))
    'Due 1 January 2026, no news of the birth'
    """
    stage = dates.stage(on)
    if stage is Stage.LOST:
        return ""
    if stage is Stage.BORN and dates.born_on is not None:
        return _born_words(dates, on)
    if stage is Stage.UNBORN and dates.due_on is not None:
        return _pregnancy_words(dates.due_on, on)
    if stage is Stage.OVERDUE_NO_NEWS and dates.due_on is not None:
        return f"Due {day_words(dates.due_on)}, no news of the birth"
    return "Age not known"


def _born_words(dates: BabyDates, on: date) -> str:
    """The words for a born baby, also for a day of the pregnancy that came before."""
    if dates.born_on is not None and on >= dates.born_on:
        return age_words(dates.born_on, on)
    if dates.due_on is not None:
        return _pregnancy_words(dates.due_on, on)
    return "before birth"


def _pregnancy_words(due_on: date, on: date) -> str:
    days = gestation_days(due_on, on)
    return f"{weeks_and_days(days)} pregnant" if days > 0 else "before this pregnancy"


def day_words(day: date) -> str:
    """A date as people write it.

    >>> day_words(date(2026, 3, 9))
    '9 March 2026'
    """
    return f"{day.day} {day:%B %Y}"


def limit_on(dates: BabyDates, limit_months: int) -> date | None:
    """The day on which the baby passes a team's age limit, counted from the due date before birth.

    On this day the baby is over the limit; the day before, within it. ``None`` if neither date is
    known or the baby is lost.
    """
    start = dates.born_on or dates.due_on
    return None if start is None or dates.lost else add_months(start, limit_months)


def weeks_until(day: date, on: date) -> int:
    """Whole weeks left to a day; zero once it has come.

    >>> weeks_until(date(2026, 4, 2), date(2026, 3, 10))
    3
    """
    return max((day - on).days // 7, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOfLife:
    """How much of a life, or of the pregnancy so far, a wait has taken."""

    waited_days: int
    life_days: int
    of_pregnancy: bool

    @property
    def percent(self) -> int:
        """The share in whole percent, from 0 to 100."""
        return round(100 * self.fraction)

    @property
    def fraction(self) -> float:
        """The share from 0 to 1; on the first day of a life the whole of it, as on the second."""
        return self.waited_days / self.life_days if self.life_days else 1.0


def life_began_on(dates: BabyDates, on: date) -> date | None:
    """The day from which this life is counted on a day: the birth, or before it conception.

    ``None`` where no age may be said: after a loss, without dates, or long past the due date.
    """
    stage = dates.stage(on)
    if stage is Stage.BORN and dates.born_on is not None and dates.born_on <= on:
        return dates.born_on
    if stage in (Stage.BORN, Stage.UNBORN) and dates.due_on is not None:
        return conceived_on(dates.due_on)
    return None


def share_of_life(dates: BabyDates, *, waited_days: int, on: date) -> ShareOfLife | None:
    """The share of the baby's life (from birth; before birth, of the pregnancy) spent waiting.

    A wait that began before the birth counts, once the baby is born, as all of the life since.
    ``None`` where no age may be said.
    """
    began = life_began_on(dates, on)
    if began is None:
        return None
    life_days = max((on - began).days, 0)
    return ShareOfLife(
        waited_days=min(waited_days, life_days),
        life_days=life_days,
        of_pregnancy=began != dates.born_on,
    )
