"""Tests of cost, break-even and payers."""

import numpy as np
import pytest

from nestling.science.cost import (
    PayerSplitError,
    break_even_share,
    by_payer,
    chance_of_breaking_even,
    cost_per_family,
)


def test_the_break_even_share_of_the_worked_check_is_nine_point_two_percent() -> None:
    each = cost_per_family(cost_per_team=np.array(477_000.0), families_per_team=np.array(130.0))

    share = break_even_share(cost_for_each=each, benefit_for_each=np.array(40_000.0))

    assert float(share) == pytest.approx(0.092, abs=0.0005)


def test_the_chance_of_breaking_even_rises_with_what_comes_true() -> None:
    chances = chance_of_breaking_even(np.linspace(0, 1, 101), if_true=[0.1, 0.5, 0.9])

    assert list(chances.values()) == sorted(chances.values())


def test_money_is_split_wholly_between_payers() -> None:
    split = by_payer(np.array([100.0]), split={"NHS": 0.3, "council": 0.7})

    assert sum(float(part[0]) for part in split.values()) == pytest.approx(100)


@pytest.mark.parametrize("split", [{"NHS": 0.5}, {"NHS": 1.5, "council": -0.5}, {}], ids=str)
def test_a_split_that_leaves_money_over_is_refused(split: dict[str, float]) -> None:
    with pytest.raises(PayerSplitError, match="must sum to 1"):
        by_payer(np.array([1.0]), split=split)
