"""Reliable change: by Jacobson and Truax's index, or by a published threshold."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from nestling.science.scoring.key import Direction

#: Jacobson and Truax (1991) take 1.96, not the exact quantile of the normal distribution.
QUANTILE = Fraction("1.96")


class Reliable(StrEnum):
    """What a change is beyond the instrument's own noise."""

    IMPROVEMENT = "improvement"
    DETERIORATION = "deterioration"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class JacobsonTruax:
    """A change is reliable when it is more than 1.96 × √2 × SD × √(1 - r)."""

    sd: Fraction
    r: Fraction

    def squared_threshold(self) -> Fraction:
        """The threshold squared, which has no root in it and so is exact."""
        return QUANTILE**2 * 2 * self.sd**2 * (1 - self.r)

    def threshold(self) -> Fraction:
        """The threshold, to some 28 digits.

        >>> rule = JacobsonTruax(sd=Fraction("7.5"), r=Fraction("0.8"))
        >>> round(float(rule.threshold()), 2)
        9.3
        """
        squared = self.squared_threshold()
        root = (Decimal(squared.numerator) / Decimal(squared.denominator)).sqrt()
        return Fraction(root)

    def judge(self, improvement: Fraction) -> Reliable:
        """What an improvement comes to: only more than the threshold counts."""
        is_reliable = improvement**2 > self.squared_threshold()
        return _signed(improvement) if is_reliable else Reliable.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedThreshold:
    """A change is reliable when it is at least the published figure."""

    at_least: Fraction

    def threshold(self) -> Fraction:
        """The published figure."""
        return self.at_least

    def judge(self, improvement: Fraction) -> Reliable:
        """What an improvement comes to: the figure itself counts."""
        return _signed(improvement) if abs(improvement) >= self.at_least else Reliable.NONE


def improvement_of(pre: Fraction, post: Fraction, *, direction: Direction) -> Fraction:
    """How far a score got better; below zero when it got worse.

    Raises ``ValueError`` where neither way is better: such a change is shown, never called an
    improvement.

    >>> improvement_of(Fraction(20), Fraction(13), direction=Direction.HIGHER_WORSE)
    Fraction(7, 1)
    """
    if direction is Direction.NEITHER:
        raise ValueError("neither way is better on this score")
    return pre - post if direction is Direction.HIGHER_WORSE else post - pre


def _signed(improvement: Fraction) -> Reliable:
    return Reliable.IMPROVEMENT if improvement > 0 else Reliable.DETERIORATION
