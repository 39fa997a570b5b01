"""Tests of distributions against their closed forms."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.science.distributions import (
    Beta,
    Distribution,
    DistributionError,
    Fixed,
    Gamma,
    Lognormal,
    Normal,
    Pert,
    Uniform,
)

DRAWS = 40_000
EVERY: list[Distribution] = [
    Fixed(value=3.0),
    Uniform(low=0.1, high=0.25),
    Beta(alpha=21.1, beta=119.6),
    Pert(low=25, mode=110, high=300),
    Gamma(mean=30, cv=0.35),
    Lognormal.from_limits(low=11_030, high=59_130),
    Normal(mean=-0.5, sd=2.0),
]


@pytest.mark.parametrize("shape", EVERY, ids=lambda shape: type(shape).__name__)
def test_the_mean_of_many_draws_is_the_mean(shape: Distribution) -> None:
    drawn = shape.sample(np.random.default_rng(1), draws=DRAWS)

    spread = drawn.std() / DRAWS**0.5
    assert abs(drawn.mean() - shape.mean) <= 4 * spread


@pytest.mark.parametrize("shape", EVERY, ids=lambda shape: type(shape).__name__)
def test_a_quantile_has_its_share_of_draws_below_it(shape: Distribution) -> None:
    drawn = shape.sample(np.random.default_rng(2), draws=DRAWS)

    below = (drawn <= shape.quantile(0.975)).mean()
    assert below == pytest.approx(1.0 if isinstance(shape, Fixed) else 0.975, abs=0.004)


@given(mean=st.floats(0.05, 0.95), spread=st.floats(0.05, 0.95))
def test_a_beta_from_mean_and_sd_has_them(mean: float, spread: float) -> None:
    sd = spread * (mean * (1 - mean)) ** 0.5

    shape = Beta.from_mean(mean=mean, sd=sd)

    size = shape.alpha + shape.beta
    assert shape.mean == pytest.approx(mean)
    assert (mean * (1 - mean) / (size + 1)) ** 0.5 == pytest.approx(sd)


def test_a_pert_has_the_mean_of_the_guide() -> None:
    assert Pert(low=25, mode=110, high=300).mean == 127.5


def test_a_lognormal_has_the_mean_and_spread_of_the_guide() -> None:
    shape = Lognormal.from_limits(low=11_030, high=59_130)

    assert shape.sigma == pytest.approx(0.43, abs=0.005)
    assert shape.mean == pytest.approx(28_000, rel=0.01)


def test_a_normal_effect_is_not_cut_off_at_zero() -> None:
    drawn = Normal(mean=0.02, sd=0.02).sample(np.random.default_rng(3), draws=1000)

    assert (drawn < 0).any()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Uniform(low=1, high=1),
        lambda: Beta(alpha=0, beta=1),
        lambda: Beta.from_mean(mean=0.5, sd=0.6),
        lambda: Pert(low=5, mode=1, high=9),
        lambda: Gamma(mean=0, cv=1),
        lambda: Lognormal.from_limits(low=0, high=1),
        lambda: Normal(mean=0, sd=0),
    ],
)
def test_numbers_that_describe_nothing_are_refused(make: Callable[[], Distribution]) -> None:
    with pytest.raises(DistributionError):
        make()
