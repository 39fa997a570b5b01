"""The life ruler and the share of a life spent waiting."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nestling.ui.ruler import LifeRuler, life_ruler, share_bar

CONCEPTION = date(2025, 3, 5)
SECOND_BIRTHDAY = date(2027, 11, 12)
DAYS = st.integers(min_value=-400, max_value=2000)


def ruler(*, born: date | None, due: date | None, today: date) -> LifeRuler:
    return life_ruler(
        conception=CONCEPTION,
        born=born,
        due=due,
        today=today,
        limit=SECOND_BIRTHDAY,
        limit_label="Second birthday",
    )


@given(born=st.none() | DAYS, due=DAYS, today=DAYS)
def test_nothing_is_drawn_beyond_the_ruler(born: int | None, due: int, today: int) -> None:
    found = ruler(
        born=None if born is None else CONCEPTION + timedelta(born),
        due=CONCEPTION + timedelta(due),
        today=CONCEPTION + timedelta(today),
    )

    assert 0 <= found.pregnancy <= 100
    assert 0 <= found.lived <= 100
    assert found.pregnancy + found.lived <= 100.1
    assert all(0 <= mark.at <= 100 for mark in (found.birth, found.today))


def test_before_birth_the_tick_is_the_due_date_and_no_life_is_drawn() -> None:
    found = ruler(born=None, due=date(2025, 11, 26), today=date(2025, 9, 1))

    assert (found.birth.text, found.lived) == ("Due", 0)
    assert found.birth.at > found.today.at


def test_an_overdue_baby_is_not_taken_for_born() -> None:
    found = ruler(born=None, due=date(2025, 11, 26), today=date(2025, 12, 20))

    assert found.lived == 0
    assert found.label.endswith("The due date has passed and no birth is recorded.")


def test_past_the_limit_the_label_says_so() -> None:
    found = ruler(born=date(2025, 11, 12), due=None, today=date(2028, 1, 1))

    assert found.today.at == 100
    assert found.label.endswith("Today is day 1032, after the end of the 982 days.")


def test_words_at_the_ends_stay_inside() -> None:
    early = ruler(born=None, due=date(2025, 11, 26), today=CONCEPTION)
    late = ruler(born=date(2025, 11, 12), due=None, today=SECOND_BIRTHDAY)

    assert (early.today.anchor, late.today.anchor) == ("start", "end")


def test_a_ruler_of_no_length_is_drawn_and_does_not_fail() -> None:
    found = life_ruler(
        conception=CONCEPTION,
        born=None,
        due=None,
        today=CONCEPTION,
        limit=CONCEPTION,
        limit_label="Limit",
    )

    assert (found.pregnancy, found.lived) == (0, 0)


@given(waited=st.integers(-10, 2000), of=st.integers(-10, 2000))
def test_a_share_is_never_less_than_nothing_or_more_than_all(waited: int, of: int) -> None:
    assert 0 <= share_bar(waited_days=waited, of_days=of, unborn=False).percent <= 100


def test_before_birth_the_whole_is_the_pregnancy_so_far() -> None:
    assert share_bar(waited_days=36, of_days=170, unborn=True).words == (
        "21% of the pregnancy so far"
    )
