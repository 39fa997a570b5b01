"""What a reader may see of small counts.

And what an attacker with every published number can find out.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nestling.science.disclosure import HIDDEN, DisclosureRule, safe_count
from nestling.science.disclosure.derived import difference, rate, ratio
from nestling.science.disclosure.lifetable import Stretch, share_seen
from nestling.science.disclosure.rule import bounds
from nestling.science.disclosure.secondary import CannotProtectError, protect
from nestling.science.disclosure.table import Cell, Kind, Relation, Table
from tests.science.disclosure_tables import narrowed, random_table, rule_of

TABLES = 200
OFFICIAL = DisclosureRule(
    name="official", hide_below=5, hide_zero=True, round_to=5, exact_at=frozenset({"country"})
)


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0"), (1, "*"), (4, "*"), (5, "5"), (7, "5"), (8, "10"), (12, "10"), (13, "15")],
)
def test_the_strict_rule_hides_one_to_four_and_rounds_the_rest(count: int, shown: str) -> None:
    assert str(safe_count(count, rule_of(5))) == shown


@pytest.mark.parametrize(
    ("count", "place", "shown"),
    [(0, "icb", "*"), (4, "icb", "*"), (6, "icb", "5"), (3, "country", "3"), (0, "country", "0")],
)
def test_the_official_rule_leaves_england_and_hides_zeros_below_it(
    count: int, place: str, shown: str
) -> None:
    assert str(safe_count(count, OFFICIAL, place=place)) == shown


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        safe_count(-1, OFFICIAL)


@given(count=st.integers(min_value=0, max_value=10_000), base=st.sampled_from([1, 5]))
def test_the_bounds_of_a_shown_cell_hold_its_count(count: int, base: int) -> None:
    rule = rule_of(base)

    low, high = bounds(safe_count(count, rule), rule)

    assert low <= count
    assert high is None or count <= high


@pytest.mark.parametrize("base", [1, 5])
def test_no_hidden_cell_of_random_tables_can_be_narrowed(base: int) -> None:
    tables = [random_table(seed) for seed in range(TABLES)]

    given_away = [
        seed
        for seed, table in enumerate(tables)
        if narrowed(table, protect(table, rule_of(base)), rule_of(base))
    ]

    assert given_away == []


@pytest.mark.parametrize("base", [1, 5])
def test_without_the_second_hiding_the_same_attack_finds_counts(base: int) -> None:
    rule = rule_of(base, secondary=False)

    found = sum(bool(narrowed(t, protect(t, rule), rule)) for t in map(random_table, range(40)))

    assert found > 0


@settings(max_examples=20)
@given(seed=st.integers(min_value=10_000, max_value=10**6))
def test_a_zero_is_never_hidden_and_a_small_count_never_shown(seed: int) -> None:
    table = random_table(seed)

    shown = protect(table, rule_of(5))

    assert all(
        (value == 0) == (cell.count == 0) for cell, value in zip(table.cells, shown, strict=True)
    )
    assert all(
        value is HIDDEN for c, value in zip(table.cells, shown, strict=True) if 0 < c.count < 5
    )


def test_a_lone_hidden_part_takes_another_with_it() -> None:
    table = Table(
        [Cell(count=3), Cell(count=20), Cell(count=40), Cell(count=63, worth=1)],
        [Relation(Kind.SUM, 3, (0, 1, 2))],
    )

    assert [str(value) for value in protect(table, rule_of(1))] == ["*", "*", "40", "63"]


def test_what_was_published_before_cannot_be_taken_back() -> None:
    table = Table(
        [Cell(count=3), Cell(count=20, fixed=20), Cell(count=23, fixed=23)],
        [Relation(Kind.SUM, 2, (0, 1))],
    )

    with pytest.raises(CannotProtectError) as caught:
        protect(table, rule_of(1))

    assert caught.value.cells == [0]


def test_nothing_is_worked_out_from_a_hidden_count() -> None:
    assert difference(HIDDEN, 10) is HIDDEN
    assert difference(10, HIDDEN) is HIDDEN
    assert rate(HIDDEN, 1000, per=1000) is None
    assert ratio(HIDDEN, 5, confidence=0.95) is None
    assert ratio(0, 5, confidence=0.95) is None


def test_a_ratio_from_a_zero_later_count_starts_at_zero() -> None:
    found = ratio(10, 0, confidence=0.95)

    assert found is not None
    assert (found.value, found.low) == (0.0, 0.0)


def test_medians_need_ten_people_and_ninetieth_centiles_fifty() -> None:
    rule = DisclosureRule(
        name="r", hide_below=5, hide_zero=False, round_to=5, median_needs=10, ninetieth_needs=50
    )

    assert [rule.may_show_percentile(50, n) for n in (9, 10)] == [False, True]
    assert [rule.may_show_percentile(90, n) for n in (49, 50)] == [False, True]


def test_nobody_at_risk_gives_no_share() -> None:
    assert share_seen(0, []) is None


def test_a_share_counts_all_at_risk_when_everybody_is_followed() -> None:
    stretches = [
        Stretch(seen=4, gone=0, waiting=0),
        Stretch(seen=3, gone=3, waiting=0),
    ]

    assert share_seen(10, stretches) == pytest.approx(0.7)
