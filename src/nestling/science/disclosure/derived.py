"""Rates, differences and ratios worked out from published counts alone."""

from dataclasses import dataclass

from scipy.stats import beta

from nestling.science.disclosure.rule import HIDDEN, Shown


@dataclass(frozen=True, slots=True)
class Ratio:
    """Later over earlier with the interval that chance alone would give."""

    value: float
    low: float
    high: float


def difference(earlier: Shown, later: Shown) -> Shown:
    """Later minus earlier, hidden where either is.

    >>> difference(10, 25)
    15
    """
    if earlier is HIDDEN or later is HIDDEN:
        return HIDDEN
    return later - earlier


def rate(shown: Shown, population: int | None, *, per: int) -> float | None:
    """Children for each ``per`` of a population.

    ``None`` where the count is hidden or no population is held.

    >>> rate(30, 10_000, per=1_000)
    3.0
    """
    if shown is HIDDEN or not population:
        return None
    return shown * per / population


def ratio(earlier: Shown, later: Shown, *, confidence: float) -> Ratio | None:
    """Later over earlier with its exact conditional interval.

    ``None`` where there is nothing to divide.

    Given both together, the later count is binomial: Clopper and Pearson's interval for its share,
    turned into a ratio.

    >>> found = ratio(100, 150, confidence=0.95)
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (1.5, 1.16, 1.95)
    """
    if earlier is HIDDEN or later is HIDDEN or earlier <= 0 or later < 0:
        return None
    tail = (1 - confidence) / 2
    low = float(beta.ppf(tail, later, earlier + 1)) if later else 0.0
    high = float(beta.ppf(1 - tail, later + 1, earlier))
    return Ratio(later / earlier, low / (1 - low), high / (1 - high))
