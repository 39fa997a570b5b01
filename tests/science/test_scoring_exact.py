from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.science.scoring import exact, half_away, shown


@pytest.mark.parametrize(
    ("halves", "whole"), [(5, 3), (3, 2), (1, 1), (-1, -1), (-5, -3), (4, 2), (0, 0)]
)
def test_a_half_goes_away_from_zero(halves: int, whole: int) -> None:
    assert half_away(Fraction(halves, 2)) == whole


@given(st.fractions())
def test_rounding_moves_a_number_by_at_most_a_half(number: Fraction) -> None:
    assert abs(half_away(number) - number) <= Fraction(1, 2)


@given(st.fractions())
def test_rounding_is_the_same_on_both_sides_of_zero(number: Fraction) -> None:
    assert half_away(-number) == -half_away(number)


def test_a_float_is_taken_as_it_was_written() -> None:
    assert exact(26.7) - exact(20.1) == Fraction(66, 10)


def test_a_number_without_end_is_shown_with_ten_places() -> None:
    assert shown(Fraction(-19, 6)) == Decimal("-3.1666666667")


@given(st.decimals(min_value=-1000, max_value=1000, places=4))
def test_a_number_of_four_places_is_shown_as_it_is(number: Decimal) -> None:
    assert shown(Fraction(number)) == number
