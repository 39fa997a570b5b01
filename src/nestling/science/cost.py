"""What a team costs for each family, and what share of a claimed benefit would pay for it."""

from collections.abc import Mapping, Sequence

import numpy as np

from nestling.science.distributions import Vector


class PayerSplitError(ValueError):
    """Money saved was not split wholly between those who would have paid."""


def cost_per_family(*, cost_per_team: Vector, families_per_team: Vector) -> Vector:
    """Cost of one family, draw by draw, in the unit of the team's cost.

    >>> pounds = cost_per_family(cost_per_team=np.array(477_000), families_per_team=np.array(130))
    >>> float(pounds.round())
    3669.0
    """
    return np.asarray(cost_per_team / families_per_team)


def break_even_share(*, cost_for_each: Vector, benefit_for_each: Vector) -> Vector:
    """The share of the claimed benefit that must come true for help to pay for itself."""
    return np.asarray(cost_for_each / benefit_for_each)


def chance_of_breaking_even(shares: Vector, *, if_true: Sequence[float]) -> dict[float, float]:
    """For each share of the claim that may come true, the chance that it pays for the help.

    >>> chance_of_breaking_even(np.array([0.1, 0.2, 0.3, 0.4]), if_true=[0.05, 0.25, 1.0])
    {0.05: 0.0, 0.25: 0.5, 1.0: 1.0}
    """
    return {share: float(np.mean(shares <= share)) for share in if_true}


def by_payer(total: Vector, *, split: Mapping[str, float]) -> dict[str, Vector]:
    """Money split between payers.

    Raises `PayerSplitError` where the shares do not sum to 1.
    """
    if abs(sum(split.values()) - 1) > 1e-9 or min(split.values(), default=-1) < 0:
        raise PayerSplitError(f"the payers' shares must sum to 1: {dict(split)}")
    return {payer: np.asarray(total * share) for payer, share in split.items()}
