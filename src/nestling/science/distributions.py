"""The shapes that a parameter's uncertainty can have, and how each is drawn."""

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaincinv, ndtri

Vector = NDArray[np.float64]

#: Two-sided 95 % limits of a standard normal lie this far apart (workforce guide, 5.6).
WIDTH_OF_95 = 3.92


class DistributionError(ValueError):
    """A distribution was described with numbers that cannot describe one."""


class Distribution(Protocol):
    """A parameter's uncertainty: can be drawn, and knows its mean and its quantiles."""

    @property
    def mean(self) -> float:
        """The expected value."""
        ...

    def sample(self, generator: np.random.Generator, *, draws: int) -> Vector:
        """Independent draws, in the parameter's unit."""
        ...

    def quantile(self, share: float) -> float:
        """The value that this share of draws lies below."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """One value, known or decided: every draw is the same."""

    value: float

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    def sample(self, generator: np.random.Generator, *, draws: int) -> Vector:  # noqa: ARG002 - nothing is random
        """The value, as often as asked."""
        return np.full(draws, self.value)

    def quantile(self, share: float) -> float:  # noqa: ARG002 - every quantile is the value
        """The value."""
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Uniform:
    """Anything from `low` to `high`, all alike."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse an empty range."""
        if not self.low < self.high:
            raise DistributionError(
                f"a uniform range needs low below high: {self.low}, {self.high}"
            )

    @property
    def mean(self) -> float:
        """The middle."""
        return (self.low + self.high) / 2

    def sample(self, generator: np.random.Generator, *, draws: int) -> Vector:
        """Draws between the limits."""
        return generator.uniform(self.low, self.high, size=draws)

    def quantile(self, share: float) -> float:
        """The value that this share of draws lies below."""
        return self.low + share * (self.high - self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beta:
    """A share between 0 and 1.

    >>> round(Beta.from_mean(mean=0.5, sd=0.1).alpha, 6)
    12.0
    """

    alpha: float
    beta: float

    def __post_init__(self) -> None:
        """Refuse shapes that no beta has."""
        if self.alpha <= 0 or self.beta <= 0:
            raise DistributionError(f"a beta needs positive shapes: {self.alpha}, {self.beta}")

    @classmethod
    def from_mean(cls, *, mean: float, sd: float) -> "Beta":
        """The beta with this mean and standard deviation: k = m(1-m)/s² - 1.

        Then alpha = mk and beta = (1-m)k.
        """
        if not 0 < mean < 1 or not 0 < sd < sqrt(mean * (1 - mean)):
            raise DistributionError(f"no beta has mean {mean} and standard deviation {sd}")
        weight = mean * (1 - mean) / sd**2 - 1
        return cls(alpha=mean * weight, beta=(1 - mean) * weight)

    @property
    def mean(self) -> float:
        """Alpha / (alpha + beta)."""
        return self.alpha / (self.alpha + self.beta)

    def sample(self, generator: np.random.Generator, *, draws: int) -> Vector:
        """Draws between 0 and 1."""
        return generator.beta(self.alpha, self.beta, size=draws)

    def quantile(self, share: float) -> float:
        """The value that this share of draws lies below."""
        return float(betaincinv(self.alpha, self.beta, share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pert:
    """A most likely value between limits: a + (b-a)·Beta(1 + 4(m-a)/(b-a), 1 + 4(b-m)/(b-a)).

    >>> Pert(low=25, mode=110, high=300).mean
    127.5
    """

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Refuse a mode outside the limits."""
        if not self.low <= self.mode <= self.high or self.low == self.high:
            raise DistributionError(f"a PERT needs {self.low} <= {self.mode} <= {self.high}")

    @property
    def _shape(self) -> Beta:
        width = self.high - self.low
        above, below = 4 * (self.mode - self.low) / width, 4 * (self.high - self.mode) / width
        return Beta(alpha=1 + above, beta=1 + below)

    @property
    def mean(self) -> float:
        """(a + 4m + b) / 6."""
        return (self.low + 4 * self.mode + self.high) / 6

    def sample(self, generator: np.random.Generator, *, draws: int) -> Vector:
        """Draws between the limits."""
        return self.low + (self.high - self.low) * self._shape.sample(generator, draws=draws)

    def quantile(self, share: float) -> float:
        """The value that this share of draws lies below."""
        return self.low + (self.high - self.low) * self._shape.quantile(share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gamma:
    """A positive amount with a mean and a coefficient of variation: shape 1/cv², scale mean·cv²."""

    mean: float
    cv: float

    def __post_init__(self) -> None:
        """Refuse an amount that cannot be positive."""
        if self.mean <= 0 or self.cv <= 0:
            raise DistributionError(f"a gamma needs a positive mean and cv: {self.mean}, {self.cv}")

    def sample(self, generator: np.random.Generator, *, draws: int) -> Vector:
        """Positive draws."""
        return generator.gamma(1 / self.cv**2, self.mean * self.cv**2, size=draws)

    def quantile(self, share: float) -> float:
        """The value that this share of draws lies below."""
        return self.mean * self.cv**2 * float(gammaincinv(1 / self.cv**2, share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lognormal:
    """A positive amount whose logarithm is normal.

    >>> round(exp(Lognormal.from_limits(low=11030, high=59130).mu), -2)
    25500.0
    """

    mu: float
    sigma: float

    @classmethod
    def from_limits(cls, *, low: float, high: float) -> "Lognormal":
        """The lognormal with these 95 % limits.

        mu = (ln L + ln U)/2, sigma = (ln U - ln L)/3.92.
        """
        if not 0 < low < high:
            raise DistributionError(f"a lognormal needs 0 < low < high: {low}, {high}")
        return cls(mu=(log(low) + log(high)) / 2, sigma=(log(high) - log(low)) / WIDTH_OF_95)

    @property
    def mean(self) -> float:
        """exp(mu + sigma²/2)."""
        return exp(self.mu + self.sigma**2 / 2)

    def sample(self, generator: np.random.Generator, *, draws: int) -> Vector:
        """Positive draws."""
        return generator.lognormal(self.mu, self.sigma, size=draws)

    def quantile(self, share: float) -> float:
        """The value that this share of draws lies below."""
        return exp(self.mu + self.sigma * float(ndtri(share)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal:
    """An effect that may be nothing or harm: never cut off at zero."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        """Refuse a negative spread."""
        if self.sd <= 0:
            raise DistributionError(f"a normal needs a positive standard deviation: {self.sd}")

    def sample(self, generator: np.random.Generator, *, draws: int) -> Vector:
        """Draws on both sides of the mean."""
        return generator.normal(self.mean, self.sd, size=draws)

    def quantile(self, share: float) -> float:
        """The value that this share of draws lies below."""
        return self.mean + self.sd * float(ndtri(share))
