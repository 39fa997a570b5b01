"""The share of people seen by a time, with those still waiting counted as at risk."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What happened to those at risk in one stretch of waiting.

    ``waiting`` had no longer to be followed.
    """

    seen: int
    left: int
    aged_out: int
    waiting: int

    @property
    def gone(self) -> int:
        """Everyone who is no longer at risk after the stretch."""
        return self.seen + self.left + self.aged_out + self.waiting


def share_seen(people: int, stretches: Sequence[Stretch]) -> float | None:
    """The chance of having been seen by the end of the stretches.

    ``None`` where nobody was at risk.

    The actuarial cumulative incidence: leaving and ageing out compete with being seen; one whose
    following ends within a stretch is at risk for half of it.

    >>> first = Stretch(seen=2, left=1, aged_out=0, waiting=0)
    >>> round(share_seen(10, [first, Stretch(seen=3, left=0, aged_out=0, waiting=2)]), 2)
    0.55
    """
    if people <= 0:
        return None
    at_risk, waiting_still, share = float(people), 1.0, 0.0
    for stretch in stretches:
        exposed = at_risk - stretch.waiting / 2
        if exposed > 0:
            share += waiting_still * stretch.seen / exposed
            ended = (stretch.seen + stretch.left + stretch.aged_out) / exposed
            waiting_still *= max(1.0 - ended, 0.0)
        at_risk -= stretch.gone
    return min(share, 1.0)
