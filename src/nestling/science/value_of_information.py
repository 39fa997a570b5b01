"""What it would be worth to know more before deciding how many teams to fund.

The decision is stated: fund 0, 1, 2 or 3 more teams, where each family helped is worth a given
sum to those who pay. Perfect information on everything, and on one parameter at a time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nestling.science.distributions import Vector

Matrix = NDArray[np.float64]
#: Inner knots of the curve that stands for the expected benefit given one parameter.
KNOTS = 6
#: The degree between knots.
DEGREE = 3


class DecisionError(ValueError):
    """A decision was stated that cannot be weighed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDecision:
    """How many more teams to fund, and what helping one family is worth, in pence."""

    options: tuple[int, ...]
    pence_per_family: float

    def __post_init__(self) -> None:
        """Refuse a decision with nothing to choose between."""
        if len(set(self.options)) < 2 or min(self.options) < 0:
            raise DecisionError(f"a decision needs two or more numbers of teams: {self.options}")
        if self.pence_per_family <= 0:
            raise DecisionError("a family helped must be worth more than nothing")

    def net_benefits(
        self, *, unmet_demand: Vector, families_per_team: Vector, cost_per_team_pence: Vector
    ) -> Matrix:
        """Worth of the families helped less the cost of the teams: shape (draws, options).

        Teams help no more families than would come.
        """
        teams = np.asarray(self.options, dtype=float)
        helped = np.minimum(np.outer(families_per_team, teams), unmet_demand[:, np.newaxis])
        return np.asarray(self.pence_per_family * helped - np.outer(cost_per_team_pence, teams))


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueOfInformation:
    """The option that is best as far as we know, and what knowing more would add, in pence."""

    best: int
    expected_net_benefit_pence: dict[int, float]
    chance_best: dict[int, float]
    of_everything_pence: float
    of_each_pence: dict[str, float]


def value_of_information(
    decision: TeamDecision, *, net_benefits: Matrix, parameters: Mapping[str, Vector]
) -> ValueOfInformation:
    """What perfect information would be worth: on everything, and on each parameter alone."""
    expected = net_benefits.mean(axis=0)
    winner = net_benefits.argmax(axis=1)
    shares = np.bincount(winner, minlength=len(decision.options)) / len(net_benefits)
    return ValueOfInformation(
        best=decision.options[int(expected.argmax())],
        expected_net_benefit_pence=dict(zip(decision.options, expected.tolist(), strict=True)),
        chance_best=dict(zip(decision.options, shares.tolist(), strict=True)),
        of_everything_pence=of_everything(net_benefits),
        of_each_pence={
            name: of_one(net_benefits, draws=draws) for name, draws in parameters.items()
        },
    )


def of_everything(net_benefits: Matrix) -> float:
    """Expected gain from knowing every draw before choosing: E[max] - max E."""
    return float(net_benefits.max(axis=1).mean() - net_benefits.mean(axis=0).max())


def of_one(net_benefits: Matrix, *, draws: Vector) -> float:
    """Expected gain from knowing one parameter: E[max of E given it] - max E.

    The expectation given the parameter is a cubic curve with knots, fitted to the draws by least
    squares (Strong and Oakley's regression method). A parameter that does not vary is worth 0.
    """
    if np.ptp(draws) == 0:
        return 0.0
    basis = _curve(draws)
    fit, *_ = np.linalg.lstsq(basis, net_benefits, rcond=None)
    given = basis @ fit
    return max(0.0, float(given.max(axis=1).mean() - given.mean(axis=0).max()))


def _curve(draws: Vector) -> Matrix:
    """Columns of a cubic spline in the draws, brought to a common size first."""
    scaled = (draws - draws.mean()) / draws.std()
    knots = np.quantile(scaled, np.linspace(0, 1, KNOTS + 2)[1:-1])
    powers: Sequence[Vector] = [scaled**power for power in range(DEGREE + 1)]
    bends = [np.maximum(scaled - knot, 0.0) ** DEGREE for knot in knots]
    return np.column_stack([*powers, *bends])
