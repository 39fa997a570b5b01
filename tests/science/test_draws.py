"""Tests of parameters, draws and the figures made of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.science.distributions import Beta
from nestling.science.draws import (
    Model,
    Parameter,
    ParameterError,
    Sampling,
    Scope,
    scaled,
    summary,
    with_values,
)
from nestling.science.units import PEOPLE, SHARE

IDENTIFIED = Parameter(
    name="identified",
    meaning="noticed",
    unit=SHARE,
    point=0.5,
    distribution=Beta.from_mean(mean=0.5, sd=0.1),
)
COUNT = Parameter(name="count", meaning="a count", unit=PEOPLE, point=10, distribution=None)


def test_the_same_seed_gives_the_same_draws() -> None:
    first = Sampling(draws=1000, seed=7).shared(IDENTIFIED)
    again = Sampling(draws=1000, seed=7).shared(IDENTIFIED)

    assert first.tobytes() == again.tobytes()


def test_another_seed_gives_other_draws() -> None:
    first = Sampling(draws=1000, seed=7).shared(IDENTIFIED)

    assert (first != Sampling(draws=1000, seed=8).shared(IDENTIFIED)).all()


def test_an_areas_own_draws_do_not_depend_on_the_other_areas() -> None:
    sampling = Sampling(draws=100, seed=1)

    alone = sampling.local(IDENTIFIED, areas=["b"])
    together = sampling.local(IDENTIFIED, areas=["a", "b", "c"])

    assert together.shape == (3, 100)
    assert (together[1] == alone[0]).all()


def test_no_areas_have_no_draws() -> None:
    assert Sampling(draws=100).local(IDENTIFIED, areas=[]).shape == (0, 100)


def test_exact_is_one_draw_at_the_point() -> None:
    sampling = Sampling(draws=0)

    assert sampling.shared(IDENTIFIED).tolist() == [0.5]
    assert sampling.local(IDENTIFIED, areas=["a"]).tolist() == [[0.5]]


def test_a_parameter_without_a_distribution_is_drawn_as_its_point() -> None:
    assert set(Sampling(draws=5).shared(COUNT)) == {10}
    assert COUNT.limits() == (10, 10)


def test_a_model_draws_a_parameter_once() -> None:
    model = Model(parameters={"identified": IDENTIFIED}, sampling=Sampling(draws=50))

    assert model.draws("identified") is model.draws("identified")


def test_a_figure_has_its_middle_its_mean_and_its_ends() -> None:
    figure = summary(np.arange(1001.0))

    assert (figure.median, figure.mean) == (500, 500)
    assert (figure.low, figure.high) == (25, 975)


def test_the_error_of_the_printed_percentiles_falls_as_one_over_the_root_of_the_draws() -> None:
    few = summary(Sampling(draws=10_000).shared(IDENTIFIED))
    many = summary(Sampling(draws=160_000).shared(IDENTIFIED))

    assert few.mcse / many.mcse == pytest.approx(4, rel=0.2)


def test_the_printed_error_is_how_far_a_percentile_moves_between_seeds() -> None:
    figures = [summary(Sampling(draws=2000, seed=s).shared(IDENTIFIED)) for s in range(60)]

    moved = max(
        float(np.std([getattr(one, part) for one in figures])) for part in ("low", "median", "high")
    )
    printed = float(np.mean([one.mcse for one in figures]))
    assert printed == pytest.approx(moved, rel=0.35)


def test_the_interval_does_not_narrow_with_more_draws() -> None:
    few = summary(Sampling(draws=10_000).shared(IDENTIFIED))
    many = summary(Sampling(draws=160_000).shared(IDENTIFIED))

    assert many.high - many.low == pytest.approx(few.high - few.low, rel=0.05)


@given(scale=st.floats(-50, 50), offset=st.floats(-50, 50))
def test_scaling_a_figure_is_the_figure_of_scaled_draws(scale: float, offset: float) -> None:
    draws = Sampling(draws=501).shared(IDENTIFIED)

    found = scaled(summary(draws), scale=scale, offset=offset)

    plain = summary(draws * scale + offset)
    assert found.low == pytest.approx(plain.low)
    assert found.high == pytest.approx(plain.high)
    assert found.mcse == pytest.approx(plain.mcse, abs=1e-6)


def test_a_users_value_is_fixed_and_marked_as_theirs() -> None:
    changed = with_values({"identified": IDENTIFIED}, {"identified": 0.4})["identified"]

    assert changed.limits() == (0.4, 0.4)
    assert changed.sources == ("user",)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_outside_nothing_to_all_is_refused(share: float) -> None:
    with pytest.raises(ParameterError, match="is a share"):
        IDENTIFIED.set_to(share)


@pytest.mark.parametrize("count", [0, -3, float("inf"), float("nan")])
def test_an_amount_that_is_not_positive_is_refused(count: float) -> None:
    with pytest.raises(ParameterError, match="must be more than 0"):
        COUNT.set_to(count)


def test_a_parameter_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(ParameterError, match="'wrong': it is one of identified"):
        with_values({"identified": IDENTIFIED}, {"wrong": 1})


def test_a_parameter_is_shared_unless_it_says_otherwise() -> None:
    assert IDENTIFIED.scope is Scope.SHARED


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50))
def test_percentiles_are_those_of_numpy(values: list[float]) -> None:
    found = summary(np.array(values))

    expected = np.quantile(values, [0.025, 0.5, 0.975])
    assert [found.low, found.median, found.high] == pytest.approx(list(expected), abs=1e-6)
