"""Tests of discount factors."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.reference.prices import discount_tables, discounting
from nestling.science.discounting import DiscountError, Discounting, RateStep

MONEY = discounting("money", on=date(2026, 3, 10))
#: The published test values for money.
FACTORS = {0: 1.0, 1: 0.9662, 10: 0.7089, 30: 0.3563, 31: 0.3459}


@pytest.mark.parametrize(("year", "factor"), FACTORS.items())
def test_the_factors_are_those_of_the_treasury(year: int, factor: float) -> None:
    assert round(MONEY.factor(year), 4) == factor


@given(year=st.integers(0, 120))
def test_a_later_year_counts_for_less(year: int) -> None:
    assert MONEY.factor(year + 1) < MONEY.factor(year)


def test_health_is_discounted_less_than_money() -> None:
    assert discounting("health", on=date(2026, 3, 10)).factor(10) > MONEY.factor(10)


def test_the_rate_falls_after_seventy_five_years() -> None:
    assert (MONEY.rate(75), MONEY.rate(76)) == (0.03, 0.025)


def test_a_date_before_every_table_has_none() -> None:
    with pytest.raises(KeyError, match="no table of discount rates"):
        discounting("money", on=date(1999, 1, 1))


def test_every_table_names_its_source_and_its_date() -> None:
    assert all(table.source and table.from_date for table in discount_tables())


@pytest.mark.parametrize("year", [-1])
def test_a_negative_year_is_refused(year: int) -> None:
    with pytest.raises(DiscountError, match="cannot be negative"):
        MONEY.factor(year)


def test_years_of_a_rate_count_from_one() -> None:
    with pytest.raises(DiscountError, match="count from 1"):
        MONEY.rate(0)


@pytest.mark.parametrize("ends", [(), (30,), (None, None), (75, 30, None), (30, 30, None)], ids=str)
def test_a_table_with_gaps_is_refused(ends: tuple[int | None, ...]) -> None:
    steps = tuple(RateStep(to_year=end, rate=0.03) for end in ends)

    with pytest.raises(DiscountError):
        Discounting(steps=steps, source="")
