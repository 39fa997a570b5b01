"""Whether an area stands out from the others by more than chance, given its size."""

from dataclasses import dataclass

from scipy import stats

#: The two pairs of limits of a funnel: about two and three standard deviations.
INNER, OUTER = 0.95, 0.998


class FunnelError(ValueError):
    """A funnel was asked for around no rate or for no babies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelLimits:
    """Where a rate may lie by chance at one size, at two levels."""

    inner: tuple[float, float]
    outer: tuple[float, float]

    def place_of(self, rate: float) -> str:
        """Where a rate lies: `within`, `beyond the inner limits` or `beyond the outer limits`."""
        if not self.outer[0] <= rate <= self.outer[1]:
            return "beyond the outer limits"
        return "within" if self.inner[0] <= rate <= self.inner[1] else "beyond the inner limits"


def funnel_limits(expected_rate: float, *, size: float) -> FunnelLimits:
    """The rates per baby that chance alone allows in an area with so many babies in need.

    Families seen are taken as a Poisson count around the common rate, as they can pass the number
    in need.

    >>> limits = funnel_limits(0.1, size=400)
    >>> [round(limit * 100, 1) for limit in limits.inner]
    [7.0, 13.2]
    """
    if expected_rate <= 0 or size <= 0:
        raise FunnelError("a funnel needs a common rate and babies in need")
    return FunnelLimits(
        inner=_limits(expected_rate * size, size=size, level=INNER),
        outer=_limits(expected_rate * size, size=size, level=OUTER),
    )


def _limits(expected: float, *, size: float, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    low, high = (float(stats.poisson.ppf(share, expected)) for share in (tail, 1 - tail))
    return low / size, high / size
