"""Tests of units: pence, people and years never mix."""

import pytest

from nestling.science.quantities import Quantity, total
from nestling.science.units import (
    NAMED_UNITS,
    PENCE,
    PEOPLE,
    PEOPLE_A_YEAR,
    SHARE,
    YEARS,
    UnitError,
)


def test_a_ratio_of_equal_units_is_a_share() -> None:
    assert PEOPLE / PEOPLE == SHARE


def test_a_rate_times_its_period_is_a_count() -> None:
    assert PEOPLE_A_YEAR * YEARS == PEOPLE


def test_a_unit_reads_as_words() -> None:
    assert str(PENCE / PEOPLE) == "pence / people"
    assert str(SHARE / YEARS) == "1 / years"


def test_every_named_unit_is_told_apart_from_a_share() -> None:
    assert [name for name, unit in NAMED_UNITS.items() if unit == SHARE] == ["share"]


def test_people_a_year_cannot_be_added_to_people() -> None:
    a_year = Quantity.of_areas([1.0], unit=PEOPLE_A_YEAR)
    standing = Quantity.of_areas([1.0], unit=PEOPLE)

    with pytest.raises(UnitError, match="cannot add people and people / years"):
        total([a_year, standing])


def test_pence_cannot_be_taken_from_people() -> None:
    people = Quantity.of_areas([5.0], unit=PEOPLE)

    with pytest.raises(UnitError, match="cannot take pence from people"):
        people.minus(Quantity.of_areas([1.0], unit=PENCE))
