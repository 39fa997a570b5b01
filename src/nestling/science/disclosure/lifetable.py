"""The share of people seen by a time, with those still waiting counted as at risk."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What happened to those at risk in one stretch of waiting.

    ``gone`` had left or aged out; ``waiting`` were followed no longer.
    """

    seen: int
    gone: int
    waiting: int


def share_seen(people: int, stretches: Sequence[Stretch]) -> float | None:
    """The chance of having been seen by the end of the stretches.

    ``None`` where nobody was at risk.

    The actuarial cumulative incidence: leaving and ageing out compete with being seen; one whose
    following ends within a stretch is at risk for half of it.

    >>> first = Stretch(seen=2, gone=1, waiting=0)
    >>> round(share_seen(10, [first, Stretch(seen=3, gone=0, waiting=2)]), 2)
    0.55
    """
    if people <= 0:
        return None
    at_risk, waiting_still, share = float(people), 1.0, 0.0
    for stretch in stretches:
        exposed = at_risk - stretch.waiting / 2
        if exposed > 0:
            share += waiting_still * stretch.seen / exposed
            ended = (stretch.seen + stretch.gone) / exposed
            waiting_still *= max(1.0 - ended, 0.0)
        at_risk -= stretch.seen + stretch.gone + stretch.waiting
    return min(share, 1.0)
