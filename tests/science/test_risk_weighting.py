"""Tests of the share in need by household risk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.science.risk_weighting import RiskWeightingError, weights_keeping

SHARES = {"a": 0.57, "b": 0.21}
NATION = {"a": 0.06, "b": 0.13}


def test_the_baseline_keeps_the_nation_at_its_share() -> None:
    weights = weights_keeping(0.15, exposed=NATION, share_in_need=SHARES)

    assert weights.share(NATION) == pytest.approx(0.15)


@given(more=st.floats(0.001, 0.3))
def test_more_exposed_homes_mean_a_higher_share(more: float) -> None:
    weights = weights_keeping(0.15, exposed=NATION, share_in_need=SHARES)

    assert weights.share({**NATION, "a": NATION["a"] + more}) > 0.15


def test_exposed_shares_that_pass_the_nations_own_are_refused() -> None:
    with pytest.raises(RiskWeightingError, match="no baseline"):
        weights_keeping(0.01, exposed=NATION, share_in_need=SHARES)


def test_a_missing_exposed_share_is_named() -> None:
    weights = weights_keeping(0.15, exposed=NATION, share_in_need=SHARES)

    with pytest.raises(RiskWeightingError, match="known for b"):
        weights.share({"a": 0.1})


def test_exposed_shares_of_more_than_all_homes_are_refused() -> None:
    with pytest.raises(RiskWeightingError, match="sum to under 1"):
        weights_keeping(0.15, exposed={"a": 0.6, "b": 0.6}, share_in_need=SHARES)
