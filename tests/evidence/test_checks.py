"""What the checks find in the register and in its use."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from nestling.evidence.checks import check
from nestling.evidence.uses import Use
from nestling.reference.claims import register

if TYPE_CHECKING:
    from nestling.evidence.results import CheckResult

REG = register()
DAY = date(2026, 3, 10)


def found(name: str, *, uses: tuple[Use, ...] = (), on: date = DAY) -> "list[CheckResult]":
    return [result for result in check(REG, on=on, uses=uses) if result.check == name]


def the_one(name: str) -> "CheckResult":
    (result,) = found(name)
    return result


def test_108_is_not_36_per_cent_of_283() -> None:
    result = the_one("share_of_base")

    assert result.numbers["percent_of_count"] == 38.2
    assert result.numbers["people_for_percent"] == [101, 103]
    assert "38% is printed for parents in pregnancy" in result.words
    assert result.answered_by == "C09"


def test_250_people_are_not_inside_a_base_of_238() -> None:
    result = the_one("base_too_small")

    assert result.numbers == {"printed_base": 238, "largest_group": 250, "bases_that_fit": [283]}
    assert result.answered_by == "C10"


def test_the_nations_add_to_282_or_283() -> None:
    result = found("totals")[0]

    assert result.numbers["sums"] == [282, 283]
    assert "with 244 in place of 243" in result.words
    assert result.answered_by == "C08"


def test_the_regions_add_to_the_smaller_of_two_printed_totals() -> None:
    result = found("totals")[1]

    assert result.numbers["printed"] == [243, 244]
    assert result.numbers["sums"] == [243]


def test_services_that_start_in_pregnancy_take_babies_too() -> None:
    result = the_one("cumulative")

    assert (result.numbers["people"], result.numbers["percent"]) == (131, 46.3)
    assert "The 26 who answered pregnancy" in result.words


def test_42_per_cent_is_printed_for_two_age_bands() -> None:
    result = next(row for row in found("age_band") if row.numbers["value"] == 42)

    assert result.about == ("E002", "E003", "E098", "E120", "E119")
    assert result.numbers["under_months"] == [24, 36]
    assert "A child of 30 months" in result.words


def test_day_1001_lies_before_the_second_birthday_only() -> None:
    result = the_one("window_length")

    assert result.numbers["lengths"] == {"24": [996, 1011], "36": [1361, 1376]}
    assert "Only the birthday at 2" in result.words


def test_team_counts_are_a_dated_series_in_two_units() -> None:
    result = the_one("dated_series")

    assert result.numbers["counts"] == {"E097": [36, 36], "E017": [0, 39], "E090": [39, 39]}
    assert result.numbers["later_than_source"] == ["E017", "E097"]
    assert "The units differ: areas and teams" in result.words


def test_18000_children_is_too_few_by_more_than_ten_times() -> None:
    result = the_one("tenfold")

    assert result.numbers["times_apart"] == 11.1
    assert result.answered_by == "C19"


def test_every_arithmetic_fault_of_the_sources_is_answered() -> None:
    assert [result.words for result in check(REG, on=DAY, uses=[]) if result.fails] == []


def test_a_fault_that_nothing_explains_fails() -> None:
    wrong = REG.claims["E088"].model_copy(update={"value": 12})
    reg = replace(REG, claims=REG.claims | {"E088": wrong})

    (result,) = [row for row in check(reg, on=DAY, uses=[]) if row.fails]

    assert result.words.startswith("25 is printed as 12% of 283, but 25 of 283 is 8.8%")


def test_a_share_that_nobody_can_give_says_so() -> None:
    wrong = REG.claims["E060"].model_copy(update={"value": 51})
    reg = replace(REG, claims=REG.claims | {"E060": wrong})

    (result,) = [row for row in check(reg, on=DAY, uses=[]) if row.fails]

    assert result.words.strip() == "51% of 26 is no whole number of people."


def changed(identifier: str, **update: Any) -> "list[CheckResult]":
    claim = REG.claims[identifier].model_copy(update=update)
    return check(replace(REG, claims=REG.claims | {identifier: claim}), on=DAY, uses=[])


@pytest.mark.parametrize(
    ("identifier", "update", "gone"),
    [
        ("E077", {"count": 102}, "share_of_base"),
        ("E080", {"value": 46, "count": 131}, "cumulative"),
        ("E107", {"age_to_months": 24}, "window_length"),
        ("E125", {"value": 180_000}, "tenfold"),
    ],
)
def test_a_figure_put_right_is_no_longer_found(
    identifier: str, update: dict[str, Any], gone: str
) -> None:
    assert gone not in {result.check for result in changed(identifier, **update)}


def test_a_document_is_due_the_day_after_its_review_date() -> None:
    on_the_day = found("past_review", on=date(2021, 1, 31))
    day_after = found("past_review", on=date(2021, 2, 1))

    assert on_the_day == []
    assert [result.numbers["document"] for result in day_after] == ["S004"]
    assert len(day_after[0].about) == 35


def use(*identifiers: str, place: str = "docs/page.md") -> tuple[Use, ...]:
    return tuple(Use(identifier=name, place=place) for name in identifiers)


def test_a_claim_that_is_used_is_not_listed_as_unused() -> None:
    (result,) = found("unused", uses=use("E002"))

    assert "E002" not in result.about
    assert len(result.about) == 138
    assert not result.fails


def test_two_sides_of_a_contradiction_on_one_page_fail() -> None:
    (result,) = found("side_by_side", uses=use("E002", "E119"))

    assert result.fails
    assert result.answered_by == "C05"
    assert "docs/page.md uses E002 against E119" in result.words


def test_a_page_that_names_the_contradiction_may_show_both_sides() -> None:
    assert found("side_by_side", uses=use("E002", "E119", "C05")) == []


def test_one_side_alone_is_no_contradiction() -> None:
    assert found("side_by_side", uses=use("E002", "E003")) == []


def test_two_sides_on_two_pages_are_not_side_by_side() -> None:
    apart = (*use("E002"), *use("E119", place="docs/other.md"))

    assert found("side_by_side", uses=apart) == []


def test_sides_that_can_both_be_right_may_stand_together() -> None:
    assert found("side_by_side", uses=use("E122", "E123")) == []


def test_a_reference_to_nothing_fails() -> None:
    (result,) = found("unknown_reference", uses=use("E999"))

    assert result.fails
    assert result.words == "docs/page.md refers to E999, which is not in the register."


def test_a_series_that_agrees_is_not_found() -> None:
    dates = {"E097": "2018", "E017": "2019", "E090": "2019"}
    claims = {
        name: REG.claims[name].model_copy(update={"as_of": on, "unit": "teams"})
        for name, on in dates.items()
    }
    reg = replace(REG, claims=REG.claims | claims)

    assert "dated_series" not in {row.check for row in check(reg, on=DAY, uses=[])}


def test_a_later_count_that_must_be_smaller_is_told_apart_from_a_rise() -> None:
    claims = {"E090": REG.claims["E090"].model_copy(update={"value": 20, "unit": "teams"})}
    reg = replace(REG, claims=REG.claims | claims)

    (row,) = (row for row in check(reg, on=DAY, uses=[]) if row.check == "dated_series")

    assert "rising" not in row.words
    assert "units differ" not in row.words


def test_a_count_without_a_date_stands_outside_the_series() -> None:
    claims = {"E097": REG.claims["E097"].model_copy(update={"as_of": None})}
    reg = replace(REG, claims=REG.claims | claims)

    (row,) = (row for row in check(reg, on=DAY, uses=[]) if row.check == "dated_series")

    assert row.about == ("E017", "E090")
