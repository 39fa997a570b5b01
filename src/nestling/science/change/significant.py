"""Clinically significant change: reliable, and across the line between two groups."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from nestling.science.change.reliable import Reliable
from nestling.science.scoring.key import Direction

Criterion = Literal["A", "B", "C"]


class ChangeClass(StrEnum):
    """The five outcomes of a change."""

    RECOVERED = "recovered"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"
    NON_RELIABLE_CROSSING = "non_reliable_crossing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms:
    """Mean and SD of the clinical and the general group; what is not known is ``None``."""

    clinical_mean: Fraction | None = None
    clinical_sd: Fraction | None = None
    general_mean: Fraction | None = None
    general_sd: Fraction | None = None


def cut_off(criterion: Criterion, norms: Norms, *, direction: Direction) -> Fraction:
    """The line between the clinical and the healthy side (Jacobson and Truax 1991).

    A: two SD from the clinical mean. B: two SD from the general mean. C: between both means,
    weighted by the SDs. Raises ``ValueError`` when a norm that the criterion needs is not known.
    """
    away = -1 if direction is Direction.HIGHER_WORSE else 1
    if criterion == "A":
        mean, sd = known(norms.clinical_mean, norms.clinical_sd)
        return mean + away * 2 * sd
    if criterion == "B":
        mean, sd = known(norms.general_mean, norms.general_sd)
        return mean - away * 2 * sd
    clinical, clinical_sd, general, general_sd = known(
        norms.clinical_mean, norms.clinical_sd, norms.general_mean, norms.general_sd
    )
    return (clinical_sd * general + general_sd * clinical) / (clinical_sd + general_sd)


def known(*norms: Fraction | None) -> tuple[Fraction, ...]:
    """The norms, all of them known. Raises ``ValueError`` otherwise."""
    found = tuple(norm for norm in norms if norm is not None)
    if len(found) < len(norms):
        raise ValueError("a norm that this criterion needs is not known")
    return found


def crossed(pre: Fraction, post: Fraction, *, cut: Fraction, direction: Direction) -> bool:
    """Whether someone on the clinical side, or on the line, ended strictly on the healthy side."""
    if direction is Direction.HIGHER_WORSE:
        return post < cut <= pre
    return pre <= cut < post


def classify(reliable: Reliable, *, has_crossed: bool) -> ChangeClass:
    """Which of the five outcomes a change is.

    Someone who starts on the healthy side can improve but not recover.
    """
    if reliable is Reliable.IMPROVEMENT:
        return ChangeClass.RECOVERED if has_crossed else ChangeClass.IMPROVED
    if reliable is Reliable.DETERIORATION:
        return ChangeClass.DETERIORATED
    return ChangeClass.NON_RELIABLE_CROSSING if has_crossed else ChangeClass.UNCHANGED
