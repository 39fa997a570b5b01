from fractions import Fraction

import pytest

from nestling.reference.instruments import instrument
from nestling.science.measures import (
    OrdinalScaleError,
    Transition,
    level_counts,
    level_transitions,
    mean_of,
)


def test_a_scale_of_ordered_levels_has_no_mean() -> None:
    level = instrument("loaf").key().score("A")

    with pytest.raises(OrdinalScaleError, match="counts and transitions, no mean"):
        mean_of(level, [Fraction(1), Fraction(4)])


def test_levels_are_counted_lowest_first() -> None:
    assert list(level_counts([4, 2, 4, 1]).items()) == [(1, 1), (2, 1), (4, 2)]


def test_transitions_between_levels_are_counted() -> None:
    assert level_transitions([(3, 1), (2, 2), (3, 1)]) == (Transition(2, 2, 1), Transition(3, 1, 2))


@pytest.mark.parametrize(("name", "score"), [("epds", "total"), ("sdq_p2_4", "total")])
def test_a_sum_has_a_mean(name: str, score: str) -> None:
    total = instrument(name).key().score(score)

    assert mean_of(total, [Fraction(10), Fraction(13)]) == Fraction(23, 2)


def test_there_is_no_mean_of_nothing() -> None:
    with pytest.raises(ValueError, match="no values"):
        mean_of(instrument("epds").key().score("total"), [])
