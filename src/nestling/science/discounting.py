"""What a pound in a later year counts for today, by a table of rates."""

from dataclasses import dataclass

import numpy as np

from nestling.science.distributions import Vector


class DiscountError(ValueError):
    """A table of rates has gaps, or a year is before the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateStep:
    """One yearly rate and the last year it is used for; None means every year after."""

    to_year: int | None
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Discounting:
    """A table of rates in the order of years, the last without an end."""

    steps: tuple[RateStep, ...]
    source: str

    def __post_init__(self) -> None:
        """Refuse a table that does not rise to an open end."""
        ends = [step.to_year for step in self.steps[:-1]]
        if not self.steps or self.steps[-1].to_year is not None or None in ends:
            raise DiscountError("a table of rates needs one last step without an end")
        if ends != sorted(set(ends), key=lambda end: end or 0):
            raise DiscountError("the years of a table of rates must rise")

    def rate(self, year: int) -> float:
        """The rate of one year, counted from 1."""
        if year < 1:
            raise DiscountError(f"years count from 1, not {year}")
        return next(s.rate for s in self.steps if s.to_year is None or year <= s.to_year)

    def factor(self, years: int) -> float:
        """What one unit counts for after so many years: the product of 1/(1 + rate).

        >>> steps = (RateStep(to_year=30, rate=0.035), RateStep(to_year=None, rate=0.03))
        >>> table = Discounting(steps=steps, source="example")
        >>> [round(table.factor(year), 4) for year in (0, 1, 10, 30, 31)]
        [1.0, 0.9662, 0.7089, 0.3563, 0.3459]
        """
        if years < 0:
            raise DiscountError(f"years cannot be negative: {years}")
        return float(self.factors(years)[-1])

    def factors(self, years: int) -> Vector:
        """The factor of each year from 0 to the last, shape (years + 1,)."""
        rates = np.array([0.0, *(self.rate(year) for year in range(1, years + 1))])
        return np.asarray(np.cumprod(1 / (1 + rates)))
