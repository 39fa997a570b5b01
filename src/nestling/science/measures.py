"""What may be said of many ratings at once: never a mean of levels that are only in order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nestling.science.scoring.key import FromScores, Score


class OrdinalScaleError(ValueError):
    """Levels in order, not equal steps apart, have no mean: count them and their transitions."""


@dataclass(frozen=True, slots=True)
class Transition:
    """How many went from one level to another."""

    before: int
    after: int
    count: int


def mean_of(score: Score | FromScores, values: Sequence[Fraction]) -> Fraction:
    """The mean of a score over some sheets.

    Raises `OrdinalScaleError` for a scale of ordered levels, ``ValueError`` when there are no
    values.
    """
    if isinstance(score, Score) and score.is_ordinal:
        raise OrdinalScaleError(
            f"“{score.name}” is a scale of ordered levels: it has counts and transitions, no mean"
        )
    if not values:
        raise ValueError("there is no mean of no values")
    return sum(values, Fraction(0)) / len(values)


def level_counts(levels: Iterable[int]) -> dict[int, int]:
    """How many stand at each level, lowest first.

    >>> level_counts([2, 4, 2])
    {2: 2, 4: 1}
    """
    return dict(sorted(Counter(levels).items()))


def level_transitions(pairs: Iterable[tuple[int, int]]) -> tuple[Transition, ...]:
    """How many went from each level to each other, by the level before and then after.

    >>> level_transitions([(3, 1), (2, 2), (3, 1)])
    (Transition(before=2, after=2, count=1), Transition(before=3, after=1, count=2))
    """
    counted = sorted(Counter(pairs).items())
    return tuple(Transition(before, after, count) for (before, after), count in counted)
