"""Tests of the tornado."""

import pytest

from nestling.science.distributions import Uniform
from nestling.science.draws import Parameter
from nestling.science.tornado import tornado
from nestling.science.units import SHARE


def parameter(name: str, *, width: float, point: float | None = 0.5) -> Parameter:
    shape = Uniform(low=0.5 - width, high=0.5 + width) if width else None
    return Parameter(name=name, meaning="", unit=SHARE, point=point, distribution=shape)


def test_the_widest_bar_comes_first_and_a_known_parameter_has_none() -> None:
    held = [parameter("a", width=0.1), parameter("b", width=0.2), parameter("known", width=0)]

    bars = tornado(lambda v: v["a"] + v["b"] + v["known"], parameters=held)

    assert [bar.parameter for bar in bars] == ["b", "a"]


def test_each_bar_holds_the_others_at_their_points() -> None:
    bars = tornado(
        lambda v: v["a"] * v["b"],
        parameters=[parameter("a", width=0.1), parameter("b", width=0.2)],
    )

    ends = {bar.parameter: (bar.at_low, bar.at_high) for bar in bars}
    assert ends["a"] == pytest.approx((0.5 * 0.405, 0.5 * 0.595))


def test_a_parameter_without_a_point_has_no_bar() -> None:
    assert tornado(lambda _: 1.0, parameters=[parameter("a", width=0.1, point=None)]) == []
