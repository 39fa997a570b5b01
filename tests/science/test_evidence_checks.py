"""Arithmetic on printed figures."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nestling.science.evidence_checks import (
    DatedCount,
    PrintedShare,
    at_or_before,
    bases_that_fit,
    check_share,
    check_total,
    falls,
    people_for,
    percentage,
    times_apart,
    units_mixed,
    window_days,
)


@given(
    base=st.integers(min_value=1, max_value=2_000),
    share=st.floats(min_value=0, max_value=1),
    decimals=st.integers(min_value=0, max_value=1),
)
def test_a_share_worked_out_from_people_always_allows_those_people(
    base: int, share: float, decimals: int
) -> None:
    count = round(share * base)
    percent = percentage(count, base, decimals=decimals)

    people = people_for(PrintedShare(percent=percent, base=base, decimals=decimals))

    assert count in people


@given(base=st.integers(min_value=1, max_value=500), percent=st.integers(0, 100))
def test_every_number_of_people_that_is_allowed_rounds_to_the_printed_share(
    base: int, percent: int
) -> None:
    people = people_for(PrintedShare(percent=percent, base=base))
    assume(people)

    assert {percentage(count, base, decimals=0) for count in people} == {percent}


@given(base=st.integers(min_value=1, max_value=500), percent=st.integers(0, 100))
def test_nobody_outside_the_range_gives_the_printed_share(base: int, percent: int) -> None:
    people = people_for(PrintedShare(percent=percent, base=base))

    others = [count for count in range(base + 1) if count not in people]

    assert percent not in {percentage(count, base, decimals=0) for count in others}


def test_a_half_is_rounded_up_as_people_do() -> None:
    assert percentage(1, 200, decimals=0) == 1


def test_a_base_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one person"):
        percentage(0, 0)


def test_a_count_that_does_not_give_its_share_is_found_with_both_numbers() -> None:
    result = check_share(PrintedShare(percent=36, base=283, count=108))

    assert not result.holds
    assert (result.percent_of_count, result.least, result.most) == (38.2, 101, 103)


def test_a_share_that_no_whole_number_of_people_gives_is_found() -> None:
    result = check_share(PrintedShare(percent=37, base=10))

    assert not result.is_possible
    assert not result.holds


def test_a_share_without_a_count_holds_when_some_number_of_people_gives_it() -> None:
    assert check_share(PrintedShare(percent=88, base=283)).holds


def test_only_one_base_fits_the_counts_of_the_survey() -> None:
    shares = [
        PrintedShare(percent=percent, base=283, count=count)
        for count, percent in ((225, 80), (250, 88), (139, 49))
    ]

    assert bases_that_fit(shares, up_to=309) == [283]


def test_shares_without_counts_leave_every_base_open() -> None:
    assert bases_that_fit([PrintedShare(percent=50, base=2)], up_to=3) == [1, 2, 3]


def test_a_total_says_how_many_are_missing() -> None:
    result = check_total(283, [14, 15, 8, 2, 243])

    assert (result.parts_sum, result.difference, result.holds) == (282, 1, False)


def test_a_total_of_its_parts_holds() -> None:
    assert check_total(283, [14, 15, 8, 2, 244]).holds


def test_an_answer_counts_with_those_before_it() -> None:
    assert at_or_before({"pregnancy": 26, "0": 105, "1": 4}, "1") == 135


def test_an_answer_that_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no row is called '3'"):
        at_or_before({"pregnancy": 26}, "3")


def test_the_window_to_the_third_birthday_does_not_hold_day_1001() -> None:
    assert window_days((266, 280), (1095, 1096)) == (1361, 1376)


def test_magnitudes_are_compared_between_positive_values_only() -> None:
    with pytest.raises(ValueError, match="positive"):
        times_apart([0, 5])


def count(low: float, high: float, *, year: int, unit: str = "teams") -> DatedCount:
    return DatedCount(
        label="", at_least=low, at_most=high, unit=unit, on=date(year, 1, 1), source_year=2019
    )


def test_a_later_count_that_must_be_smaller_is_a_fall() -> None:
    rising, falling = count(36, 36, year=2020), count(0, 30, year=2021)

    assert falls([falling, rising]) == [(rising, falling)]


def test_a_bound_above_the_earlier_count_is_no_fall() -> None:
    assert falls([count(36, 36, year=2020), count(0, 39, year=2021)]) == []


def test_counts_in_two_units_are_named() -> None:
    assert units_mixed([count(1, 1, year=2020), count(2, 2, year=2021, unit="areas")]) == [
        "areas",
        "teams",
    ]


def test_counts_in_one_unit_are_not_mixed() -> None:
    assert units_mixed([count(1, 1, year=2020)]) == []


@pytest.mark.parametrize(("year", "late"), [(2019, False), (2020, True)])
def test_a_count_later_than_its_report_is_found(year: int, *, late: bool) -> None:
    assert count(1, 1, year=year).outdates_its_source is late
