"""Parameters, their draws, and the figures that a reader is shown for them.

A parameter that is one unknown for the country is drawn once per draw and shared by all areas.
Each parameter has a random stream of its own, named after it, so that a further parameter or a
further area never changes the draws of another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from zlib import crc32

import numpy as np

from nestling.science.distributions import Distribution, Fixed, Vector
from nestling.science.units import SHARE, Unit

#: The interval that is printed, and its middle.
LOW, MIDDLE, HIGH = 0.025, 0.5, 0.975
#: Half the width of a 95 % interval in standard errors.
HALF_WIDTH = 1.96
#: Fewer draws than this leave the ends of the interval too rough to print.
FEWEST_DRAWS = 10_000


class ParameterError(ValueError):
    """A parameter was asked for, or set, in a way that it does not allow."""


class Scope(StrEnum):
    """Whether a parameter is one unknown for the country or one for each area."""

    SHARED = "shared"
    LOCAL = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number that the model needs: its point value, how unsure it is, and who says so.

    `point` is None where the source gives a range and no central value. `distribution` is None
    where the source gives a point and no interval: it is then drawn as the point.
    """

    name: str
    meaning: str
    unit: Unit
    point: float | None
    distribution: Distribution | None
    scope: Scope = Scope.SHARED
    assumption: bool = False
    sources: tuple[str, ...] = ()
    note: str = ""

    def set_to(self, value: float) -> "Parameter":
        """The parameter as a user has decided it: fixed, and no longer the source's."""
        self.check(value)
        return replace(
            self,
            point=value,
            distribution=Fixed(value=value),
            note="set by the user",
            sources=("user",),
            assumption=True,
        )

    def check(self, value: float) -> None:
        """Refuse a value that the unit cannot have.

        Raises `ParameterError` for a share outside 0 to 1 or an amount that is not positive.
        """
        if self.unit == SHARE and not 0 <= value <= 1:
            raise ParameterError(
                f"{self.name} is a share: give a number from 0 to 1, not {value:g}"
            )
        if self.unit != SHARE and not (0 < value < float("inf")):
            raise ParameterError(f"{self.name} must be more than 0, not {value:g}")

    def limits(self) -> tuple[float, float]:
        """The ends of the 95 % interval; both the point where no interval is known."""
        if self.distribution is None:
            return (self.value(), self.value())
        return (self.distribution.quantile(LOW), self.distribution.quantile(HIGH))

    def value(self) -> float:
        """The point value; not a number where the source gives none."""
        return float("nan") if self.point is None else self.point


def stream(seed: int, *names: str) -> np.random.Generator:
    """The random numbers of one parameter (and area): the same for the same seed and names."""
    words = [crc32(name.encode()) for name in names]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How often to draw, from which start; `draws=0` means point values, nothing drawn."""

    draws: int = FEWEST_DRAWS
    seed: int = 0

    @property
    def exact(self) -> bool:
        """True when each parameter stands at its point value."""
        return self.draws == 0

    def shared(self, parameter: Parameter) -> Vector:
        """One draw per draw, whatever the number of areas: shape (draws,), or (1,) if exact."""
        if self.exact:
            return np.array([parameter.value()])
        if parameter.distribution is None:
            return np.full(self.draws, parameter.value())
        return parameter.distribution.sample(stream(self.seed, parameter.name), draws=self.draws)

    def local(self, parameter: Parameter, *, areas: Iterable[str]) -> Vector:
        """One draw per draw and area: shape (areas, draws), or (areas, 1) if exact."""
        codes = list(areas)
        if self.exact or parameter.distribution is None:
            return np.full((len(codes), max(self.draws, 1)), parameter.value())
        rows = [
            parameter.distribution.sample(stream(self.seed, parameter.name, code), draws=self.draws)
            for code in codes
        ]
        return np.vstack(rows) if rows else np.empty((0, self.draws))


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The parameters of one run and the draws of each, made once and used for every area."""

    parameters: Mapping[str, Parameter]
    sampling: Sampling
    _drawn: dict[str, Vector] = field(default_factory=dict)

    def draws(self, name: str) -> Vector:
        """The shared draws of one parameter, the same each time they are asked for."""
        if name not in self._drawn:
            self._drawn[name] = self.sampling.shared(self.parameters[name])
        return self._drawn[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a reader is shown for one uncertain number.

    `mcse` is the largest Monte Carlo standard error of the three printed percentiles: about how
    far median, low or high would move under another seed. `interval_known` is False where the
    source gives no interval, so that low and high say nothing.
    """

    median: float
    mean: float
    low: float
    high: float
    mcse: float
    interval_known: bool = True


def summary(draws: Vector) -> Figure:
    """Median, mean and 95 % interval of draws of shape (n,), with their Monte Carlo error."""
    ordered = np.sort(draws)
    low, median, high = (_percentile(ordered, share) for share in (LOW, MIDDLE, HIGH))
    error = max(_percentile_error(ordered, share) for share in (LOW, MIDDLE, HIGH))
    return Figure(
        median=median,
        mean=float(ordered.mean()),
        low=low,
        high=high,
        mcse=error,
    )


def _percentile(ordered: Vector, share: float) -> float:
    """The value below which this share of draws in order lies, between two draws if need be."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))


def _percentile_error(ordered: Vector, share: float) -> float:
    """The standard error of a sample percentile from the spread of its neighbours in order."""
    count = len(ordered)
    half = HALF_WIDTH * np.sqrt(count * share * (1 - share))
    place = share * (count - 1)
    below = max(int(np.floor(place - half)), 0)
    above = min(int(np.ceil(place + half)), count - 1)
    return float((ordered[above] - ordered[below]) / (2 * HALF_WIDTH))


def scaled(figure: Figure, *, scale: float, offset: float = 0.0) -> Figure:
    """The figure of `scale` times draws + `offset`, without drawing again."""
    ends = sorted((figure.low * scale + offset, figure.high * scale + offset))
    return replace(
        figure,
        median=figure.median * scale + offset,
        mean=figure.mean * scale + offset,
        low=ends[0],
        high=ends[1],
        mcse=figure.mcse * abs(scale),
    )


def with_values(
    parameters: Mapping[str, Parameter], values: Mapping[str, float]
) -> dict[str, Parameter]:
    """The parameters with the user's values in place of the sources'.

    Raises `ParameterError` naming a parameter that does not exist or a value it cannot have.
    """
    unknown = sorted(set(values) - set(parameters))
    if unknown:
        raise ParameterError(
            f"there is no parameter {unknown[0]!r}: it is one of {known(parameters)}"
        )
    changed = {name: parameters[name].set_to(value) for name, value in values.items()}
    return {**parameters, **changed}


def known(parameters: Iterable[str]) -> str:
    """The names of parameters, for a message."""
    return ", ".join(sorted(parameters))
