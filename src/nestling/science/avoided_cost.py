"""Cost that help may avoid in later years, and whether that pays for the help.

avoided = children x sum over years of discount factor x yearly cost x drop in the poor outcome
x persistence to the power of the year x attributable share x (1 - deadweight).
The scenario in which help changes nothing is always worked out beside the one asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from nestling.science.cost import by_payer
from nestling.science.discounting import Discounting
from nestling.science.distributions import Vector


class EffectError(ValueError):
    """An effect was combined with corrections that do not belong to it."""


class Design(StrEnum):
    """How an effect was measured: against a comparison group, or before and after."""

    TRIAL = "trial"
    BEFORE_AND_AFTER = "before_and_after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The absolute drop in a poor outcome, draw by draw, and how it was measured.

    A trial's effect has its comparison group already, so `attributable` is 1 and `deadweight` 0;
    anything else is refused with `EffectError`. Both correct a before-and-after effect.
    """

    design: Design
    drop: Vector
    attributable: Vector
    deadweight: Vector

    def __post_init__(self) -> None:
        """Refuse a trial's effect corrected twice, and shares outside 0 to 1."""
        if self.design is Design.TRIAL and np.any(self.attributable < 1):
            raise EffectError("a trial's effect is all attributable: set attributable to 1")
        if self.design is Design.TRIAL and np.any(self.deadweight > 0):
            raise EffectError("a trial's effect has no deadweight: set deadweight to 0")
        for share in (self.attributable, self.deadweight):
            if np.any((share < 0) | (share > 1)):
                raise EffectError("attributable and deadweight are shares from 0 to 1")

    @property
    def caused(self) -> Vector:
        """The drop that the help itself brought."""
        return np.asarray(self.drop * self.attributable * (1 - self.deadweight))


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterCost:
    """What the poor outcome costs in a year, how long the effect lasts, who pays."""

    yearly_cost_pence: Vector
    persistence: Vector
    horizon_years: int
    discounting: Discounting
    payers: Mapping[str, float]
    cash_releasing: Mapping[str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Avoided:
    """Cost avoided for some children in pence, draw by draw: in all, and by payer."""

    total_pence: Vector
    by_payer_pence: dict[str, Vector]
    cash_releasing_pence: Vector

    def net_pence(self, cost_pence: Vector) -> Vector:
        """What is left after paying for the help; below zero where it does not pay."""
        return np.asarray(self.total_pence - cost_pence)

    def chance_of_paying(self, cost_pence: Vector, *, times: float = 1.0) -> float:
        """The chance that what is avoided reaches so many times the cost."""
        return float(np.mean(self.total_pence >= times * cost_pence))


@dataclass(frozen=True, slots=True, kw_only=True)
class AvoidedBesideNone:
    """The scenario asked for, and always beside it the one in which help changes nothing."""

    asked: Avoided
    no_effect: Avoided


def avoided_cost(children: Vector, *, effect: Effect, later: LaterCost) -> AvoidedBesideNone:
    """Cost avoided for children helped, with the no-effect scenario beside it."""
    nothing = np.zeros_like(np.asarray(effect.caused, dtype=float))
    return AvoidedBesideNone(
        asked=_avoided(children, caused=effect.caused, later=later),
        no_effect=_avoided(children, caused=nothing, later=later),
    )


def worth_of_lasting(later: LaterCost) -> Vector:
    """Years of full effect that the horizon is worth: sum of discount x persistence^t."""
    factors = later.discounting.factors(later.horizon_years)[1:]
    years = np.arange(1, later.horizon_years + 1)
    lasting = np.power.outer(np.atleast_1d(later.persistence), years)
    return np.asarray(lasting @ factors)


def _avoided(children: Vector, *, caused: Vector, later: LaterCost) -> Avoided:
    total = np.asarray(children * caused * later.yearly_cost_pence * worth_of_lasting(later))
    split = by_payer(total, split=later.payers)
    cash = [pence for payer, pence in split.items() if later.cash_releasing.get(payer, False)]
    released = np.asarray(sum(cash, np.zeros_like(total)))
    return Avoided(total_pence=total, by_payer_pence=split, cash_releasing_pence=released)
