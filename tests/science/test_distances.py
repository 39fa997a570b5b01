"""Tests of straight-line distances."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.science.distances import straight_line_km, weighted_centre

POINT = st.tuples(st.floats(-8, 2), st.floats(50, 60))


@given(points=st.lists(POINT, min_size=2, max_size=5))
def test_distances_are_the_same_both_ways_and_none_to_oneself(
    points: list[tuple[float, float]],
) -> None:
    apart = straight_line_km(points)

    assert apart == pytest.approx(apart.T)
    assert np.diag(apart) == pytest.approx(0)


def test_a_degree_of_latitude_is_some_111_kilometres() -> None:
    assert straight_line_km([(0, 50), (0, 51)])[0, 1] == pytest.approx(111.2, abs=0.1)


def test_a_degree_of_longitude_is_half_that_at_sixty_north() -> None:
    assert straight_line_km([(0, 60), (1, 60)])[0, 1] == pytest.approx(55.6, abs=0.1)


def test_a_centre_without_weights_is_the_middle() -> None:
    assert weighted_centre([(0, 50), (2, 52)], weights=[0, 0]) == (1, 51)
