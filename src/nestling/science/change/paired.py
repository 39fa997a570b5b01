"""The change between two administrations of one instrument, if they may be compared at all."""

from dataclasses import dataclass
from fractions import Fraction

from nestling.science.change.reliable import FixedThreshold, JacobsonTruax, Reliable, improvement_of
from nestling.science.scoring.key import Direction


class NotComparableError(ValueError):
    """Two scores differ in instrument, version, score or respondent: there is no change to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One score of one administration, as far as it matters for change."""

    instrument: str
    version: str
    score: str
    respondent: str
    value: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedChange:
    """What changed: the plain difference always; better or worse only where that can be said."""

    difference: Fraction
    improvement: Fraction | None
    reliable: Reliable | None


def paired_change(
    before: Measured,
    after: Measured,
    *,
    direction: Direction,
    rule: FixedThreshold | JacobsonTruax | None,
) -> PairedChange:
    """The change from one administration to a later one.

    Without a published rule the change is shown and not judged. Where neither way is better
    (certainty in the PRFQ) it is never called better or worse, whatever the rule. Raises
    `NotComparableError`.
    """
    for part in ("instrument", "version", "score", "respondent"):
        one, other = getattr(before, part), getattr(after, part)
        if one != other:
            raise NotComparableError(f"{part} differs: {one} before, {other} after")
    difference = after.value - before.value
    if direction is Direction.NEITHER:
        return PairedChange(difference=difference, improvement=None, reliable=None)
    improvement = improvement_of(before.value, after.value, direction=direction)
    reliable = rule.judge(improvement) if rule else None
    return PairedChange(difference=difference, improvement=improvement, reliable=reliable)
