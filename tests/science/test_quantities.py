"""Tests of quantities over areas against plain arrays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.science.quantities import NotAFactorError, Quantity, one, total
from nestling.science.units import PEOPLE, SHARE

NAN = float("nan")
SHARED = np.array([0.1, 0.2, 0.3, 0.4])


def test_a_product_keeps_every_draw_of_every_area() -> None:
    births = Quantity.of_areas([100, 200], unit=PEOPLE)

    need = births * Quantity.shared_by(2, SHARED, unit=SHARE)

    assert need.draws_of(1).tolist() == [20, 40, 60, 80]
    assert need.unit == PEOPLE


def test_a_quantity_not_known_for_an_area_stays_so() -> None:
    need = Quantity.of_areas([100, NAN], unit=PEOPLE) * Quantity.shared_by(2, SHARED, unit=SHARE)

    assert need.figures()[1] is None
    assert Quantity.of_areas([NAN], unit=PEOPLE).points() == [None]


def test_dividing_by_nothing_is_not_known() -> None:
    ratio = Quantity.of_areas([1.0], unit=PEOPLE) / Quantity.of_areas([0.0], unit=PEOPLE)

    assert ratio.figures() == [None]


def test_a_total_is_summed_draw_by_draw() -> None:
    births = Quantity.of_areas([100, 200], unit=PEOPLE)
    need = births * Quantity.shared_by(2, SHARED, unit=SHARE)

    assert need.total_draws() == pytest.approx(need.draws_of(0) + need.draws_of(1))
    assert total([need, need]) == pytest.approx(2 * need.total_draws())


def test_local_draws_give_the_figures_of_each_area() -> None:
    own = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    drawn = Quantity.of_areas([10, 10], unit=PEOPLE) * Quantity.drawn_by_area(own, unit=SHARE)

    figures = drawn.figures()
    assert [figure and figure.median for figure in figures] == [20, 50]
    assert drawn.total_draws().tolist() == [50, 70, 90]


def test_local_draws_multiply_and_divide() -> None:
    own = np.array([[2.0, 4.0]])
    local = Quantity.drawn_by_area(own, unit=SHARE)

    assert (local * local).draws_of(0).tolist() == [4, 16]
    assert (one(1) / local).draws_of(0).tolist() == [0.5, 0.25]


def test_only_a_known_number_can_be_taken_away() -> None:
    need = Quantity.shared_by(1, SHARED, unit=SHARE)

    with pytest.raises(NotAFactorError, match="only a known number"):
        need.minus(need)


def test_a_difference_cannot_be_multiplied_on() -> None:
    gap = Quantity.shared_by(1, SHARED, unit=SHARE).minus(one(1))

    with pytest.raises(NotAFactorError, match="a sum cannot be multiplied"):
        gap * gap


@given(
    scale=st.lists(st.floats(0.1, 1000), min_size=1, max_size=4),
    seen=st.floats(0, 100),
)
def test_figures_from_factors_equal_figures_from_every_draw(
    scale: list[float], seen: float
) -> None:
    need = Quantity.of_areas(scale, unit=SHARE) * Quantity.shared_by(len(scale), SHARED, unit=SHARE)
    gap = need.minus(Quantity.of_areas([seen] * len(scale), unit=SHARE))

    for place, figure in enumerate(gap.figures()):
        assert figure is not None
        assert figure.median == pytest.approx(float(np.median(gap.draws_of(place))))
        assert figure.mean == pytest.approx(float(gap.draws_of(place).mean()))
