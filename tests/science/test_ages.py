"""Ages in days, months and words, with leap days, and what is said before birth and after loss."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from nestling.science.ages import (
    BabyDates,
    ShareOfLife,
    Stage,
    add_months,
    age_words,
    conceived_on,
    due_on_from_last_period,
    gestation_days,
    life_began_on,
    limit_on,
    share_of_life,
    stage_words,
    weeks_and_days,
    weeks_until,
    whole_months,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))
TODAY = date(2026, 3, 10)
LEAP_DAY = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("dates", "stage"),
    [
        (BabyDates(), Stage.NOT_KNOWN),
        (BabyDates(due_on=TODAY), Stage.UNBORN),
        (BabyDates(due_on=TODAY - timedelta(days=20)), Stage.UNBORN),
        (BabyDates(due_on=TODAY - timedelta(days=21)), Stage.OVERDUE_NO_NEWS),
        (BabyDates(due_on=TODAY, born_on=TODAY), Stage.BORN),
        (BabyDates(born_on=TODAY, lost=True), Stage.LOST),
    ],
)
def test_the_stage_follows_from_the_dates(dates: BabyDates, stage: Stage) -> None:
    assert dates.stage(TODAY) is stage


def test_the_domain_files_vector_for_conception_and_last_period() -> None:
    due = date(2025, 6, 1)

    assert conceived_on(due) == date(2024, 9, 8)
    assert due_on_from_last_period(date(2024, 8, 25)) == due


@given(due=DAYS)
def test_the_due_date_is_day_280(due: date) -> None:
    assert gestation_days(due, due) == 280


@pytest.mark.parametrize(
    ("start", "months", "found"),
    [
        (LEAP_DAY, 12, date(2025, 3, 1)),
        (LEAP_DAY, 24, date(2026, 3, 1)),
        (LEAP_DAY, 48, date(2028, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 3, 1)),
        (date(2025, 12, 31), 2, date(2026, 3, 1)),
        (date(2025, 8, 31), -6, date(2025, 3, 1)),
        (date(2025, 3, 15), 0, date(2025, 3, 15)),
    ],
)
def test_a_day_that_does_not_exist_becomes_the_next_one(
    start: date, months: int, found: date
) -> None:
    assert add_months(start, months) == found


@pytest.mark.parametrize(("start", "months"), [(date(9999, 12, 31), 1), (date(1, 1, 1), -1)])
def test_a_month_beyond_the_calendar_is_refused(start: date, months: int) -> None:
    with pytest.raises(OverflowError):
        add_months(start, months)


@given(start=DAYS, months=st.integers(min_value=0, max_value=60))
@example(start=LEAP_DAY, months=12)
def test_months_added_are_months_completed(start: date, months: int) -> None:
    reached = add_months(start, months)

    assert whole_months(start, reached) == months
    assert months == 0 or whole_months(start, reached - timedelta(days=1)) == months - 1


@given(start=DAYS, shorter=st.integers(0, 60), longer=st.integers(0, 60))
def test_more_months_never_lead_to_an_earlier_day(start: date, shorter: int, longer: int) -> None:
    assume(shorter <= longer)

    assert add_months(start, shorter) <= add_months(start, longer)


def test_no_month_is_complete_before_the_start() -> None:
    assert whole_months(TODAY, TODAY - timedelta(days=400)) == 0


@given(days=st.integers(min_value=0, max_value=20_000))
def test_weeks_and_days_say_the_number_of_days(days: int) -> None:
    words = weeks_and_days(days).split()
    counts = {unit.rstrip("s"): int(n) for n, unit in zip(words[::2], words[1::2], strict=True)}

    assert counts.get("week", 0) * 7 + counts.get("day", 0) == days


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (TODAY, "0 days old"),
        (date(2026, 3, 9), "1 day old"),
        (date(2025, 9, 11), "25 weeks 5 days old"),
        (date(2025, 9, 10), "6 months old"),
        (date(2024, 3, 11), "23 months old"),
        (date(2024, 3, 10), "2 years old"),
        (date(2023, 2, 10), "3 years 1 month old"),
        (date(2022, 1, 10), "4 years 2 months old"),
    ],
)
def test_the_words_step_from_weeks_to_months_to_years(born: date, words: str) -> None:
    assert age_words(born, TODAY) == words


def test_a_leap_day_baby_turns_two_on_the_first_of_march() -> None:
    assert age_words(LEAP_DAY, date(2026, 2, 28)) == "23 months old"
    assert age_words(LEAP_DAY, date(2026, 3, 1)) == "2 years old"


def test_no_age_is_said_for_a_day_before_the_birth() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        age_words(TODAY, TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (BabyDates(due_on=TODAY, lost=True), ""),
        (BabyDates(), "Age not known"),
        (BabyDates(born_on=date(2026, 3, 3)), "1 week old"),
        (BabyDates(due_on=date(2026, 4, 2)), "36 weeks 5 days pregnant"),
        (BabyDates(due_on=date(2027, 4, 2)), "before this pregnancy"),
        (BabyDates(due_on=date(2026, 1, 1)), "Due 1 January 2026, no news of the birth"),
        (
            BabyDates(due_on=date(2026, 4, 2), born_on=date(2026, 3, 20)),
            "36 weeks 5 days pregnant",
        ),
        (BabyDates(born_on=date(2026, 3, 20)), "before birth"),
    ],
)
def test_what_is_said_of_a_baby_on_a_day(dates: BabyDates, words: str) -> None:
    assert stage_words(dates, TODAY) == words


@given(born=DAYS, on=DAYS, due=DAYS)
def test_nothing_is_ever_said_after_a_loss(born: date, on: date, due: date) -> None:
    lost = BabyDates(due_on=due, born_on=born, lost=True)

    assert stage_words(lost, on) == ""
    assert limit_on(lost, 24) is None
    assert share_of_life(lost, waited_days=10, on=on) is None


def test_the_limit_counts_from_the_birth_and_before_it_from_the_due_date() -> None:
    assert limit_on(BabyDates(due_on=date(2026, 4, 2)), 24) == date(2028, 4, 2)
    born = BabyDates(due_on=date(2026, 4, 2), born_on=LEAP_DAY)
    assert limit_on(born, 24) == date(2026, 3, 1)
    assert limit_on(BabyDates(), 24) is None


def test_weeks_left_are_whole_and_never_negative() -> None:
    assert weeks_until(TODAY + timedelta(days=13), TODAY) == 1
    assert weeks_until(TODAY - timedelta(days=13), TODAY) == 0


def test_a_life_is_counted_from_birth_and_before_it_from_conception() -> None:
    due, born = date(2026, 2, 1), date(2026, 1, 20)
    both = BabyDates(due_on=due, born_on=born)

    assert life_began_on(both, born) == born
    assert life_began_on(both, born - timedelta(days=1)) == conceived_on(due)
    assert life_began_on(BabyDates(born_on=born), born - timedelta(days=1)) is None
    assert life_began_on(BabyDates(due_on=due), date(2026, 6, 1)) is None


def test_the_share_before_birth_is_of_the_pregnancy() -> None:
    share = share_of_life(BabyDates(due_on=date(2026, 4, 2)), waited_days=36, on=TODAY)

    assert share == ShareOfLife(waited_days=36, life_days=243, of_pregnancy=True)


def test_a_wait_longer_than_the_life_takes_all_of_it_from_the_first_day() -> None:
    on_first_day = share_of_life(BabyDates(born_on=TODAY), waited_days=50, on=TODAY)
    on_second = share_of_life(
        BabyDates(born_on=TODAY), waited_days=51, on=TODAY + timedelta(days=1)
    )

    assert on_first_day is not None
    assert on_second is not None
    assert (on_first_day.percent, on_second.percent) == (100, 100)


@given(born=DAYS, waited=st.integers(0, 4000), age=st.integers(0, 4000))
def test_a_share_lies_between_nothing_and_all(born: date, waited: int, age: int) -> None:
    share = share_of_life(
        BabyDates(born_on=born), waited_days=waited, on=born + timedelta(days=age)
    )

    assert share is not None
    assert 0 <= share.percent <= 100
