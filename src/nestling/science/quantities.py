"""One uncertain quantity over many areas, kept in factors so that a country costs little.

Most of the model is a local constant times an unknown that all areas share. Such a quantity is
kept as its factors: the percentiles of the shared draws are found once and scaled to each area.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nestling.science.distributions import Vector
from nestling.science.draws import Figure, scaled, summary
from nestling.science.units import SHARE, Unit, UnitError


class NotAFactorError(ValueError):
    """A quantity with something added cannot be multiplied on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """`offset + scale times shared times local`, in one unit.

    `scale` and `offset` have shape (areas,), `shared` (draws,), `local` (areas, draws) or None.
    Not-a-number in `scale` or `offset` means: not known for that area.
    """

    scale: Vector
    shared: Vector
    unit: Unit
    offset: Vector
    local: Vector | None = None

    @classmethod
    def of_areas(cls, values: Sequence[float], *, unit: Unit) -> "Quantity":
        """A known number for each area."""
        scale = np.asarray(values, dtype=float)
        return cls(scale=scale, shared=np.ones(1), unit=unit, offset=np.zeros(len(scale)))

    @classmethod
    def shared_by(cls, areas: int, draws: Vector, *, unit: Unit) -> "Quantity":
        """One unknown, the same in every area."""
        return cls(scale=np.ones(areas), shared=draws, unit=unit, offset=np.zeros(areas))

    @classmethod
    def drawn_by_area(cls, draws: Vector, *, unit: Unit) -> "Quantity":
        """An unknown of its own for each area: `draws` has shape (areas, draws)."""
        areas = len(draws)
        return cls(
            scale=np.ones(areas), shared=np.ones(1), unit=unit, offset=np.zeros(areas), local=draws
        )

    def __mul__(self, other: "Quantity") -> "Quantity":
        """The product, area by area and draw by draw."""
        self._must_be_factors(other)
        local = _product(self.local, other.local)
        return self._beside(
            self.scale * other.scale, self.shared * other.shared, self.unit * other.unit, local
        )

    def __truediv__(self, other: "Quantity") -> "Quantity":
        """The ratio, area by area and draw by draw; nothing where one divides by zero."""
        self._must_be_factors(other)
        with np.errstate(divide="ignore", invalid="ignore"):
            inverse = None if other.local is None else 1 / other.local
            scale, shared = self.scale / other.scale, self.shared / other.shared
        return self._beside(scale, shared, self.unit / other.unit, _product(self.local, inverse))

    def minus(self, known: "Quantity") -> "Quantity":
        """The quantity less a known number for each area, in the same unit.

        Raises `UnitError` where the units differ.
        """
        if self.unit != known.unit:
            raise UnitError(f"cannot take {known.unit} from {self.unit}")
        if known.local is not None or len(known.shared) != 1:
            raise NotAFactorError("only a known number can be taken away")
        return Quantity(
            scale=self.scale,
            shared=self.shared,
            unit=self.unit,
            offset=self.offset - known.scale * known.shared[0] - known.offset,
            local=self.local,
        )

    def draws_of(self, area: int) -> Vector:
        """Every draw for one area, by its place in the list."""
        own = 1.0 if self.local is None else self.local[area]
        return np.asarray(self.offset[area] + self.scale[area] * self.shared * own)

    def total_draws(self) -> Vector:
        """The sum over all areas, draw by draw."""
        if self.local is None:
            return np.asarray(self.offset.sum() + self.scale.sum() * self.shared)
        return np.asarray(self.offset.sum() + self.shared * (self.scale @ self.local))

    def figures(self) -> list[Figure | None]:
        """What a reader is shown for each area; None where the number is not known."""
        if self.local is None:
            whole = summary(self.shared)
            pairs = zip(self.scale.tolist(), self.offset.tolist(), strict=True)
            return [_finite(scaled(whole, scale=by, offset=plus)) for by, plus in pairs]
        return [_finite(summary(self.draws_of(place))) for place in range(len(self.scale))]

    def points(self) -> list[float | None]:
        """The single value for each area of a quantity that was not drawn."""
        values = (self.draws_of(place)[0] for place in range(len(self.scale)))
        return [float(value) if np.isfinite(value) else None for value in values]

    def _beside(
        self, scale: Vector, shared: Vector, unit: Unit, local: Vector | None
    ) -> "Quantity":
        return Quantity(
            scale=scale, shared=shared, unit=unit, offset=np.zeros(len(scale)), local=local
        )

    def _must_be_factors(self, other: "Quantity") -> None:
        if np.any(self.offset) or np.any(other.offset):
            raise NotAFactorError("a sum cannot be multiplied on")


def total(quantities: Sequence[Quantity]) -> Vector:
    """The sum of several quantities over all their areas, draw by draw.

    Raises `UnitError` where they are in different units.
    """
    units = {quantity.unit for quantity in quantities}
    if len(units) > 1:
        raise UnitError("cannot add " + " and ".join(sorted(map(str, units))))
    return np.asarray(sum(quantity.total_draws() for quantity in quantities))


def one(areas: int) -> Quantity:
    """A share of 1 in every area."""
    return Quantity.of_areas([1.0] * areas, unit=SHARE)


def _product(first: Vector | None, second: Vector | None) -> Vector | None:
    if first is None or second is None:
        return first if second is None else second
    return first * second


def _finite(figure: Figure) -> Figure | None:
    return figure if np.isfinite(figure.median) and np.isfinite(figure.mean) else None
