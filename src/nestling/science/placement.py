"""Where some teams would bring the most unmet need within reach.

A maximal covering problem, solved to a stated gap with the bound that HiGHS proves: no choice of
as many sites could reach more. Within reach is not the same as seen: a team sees what it can.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from nestling.science.distributions import Vector

Matrix = NDArray[np.float64]
Reach = NDArray[np.bool_]
#: Need below this is nothing: the solver's own tolerance.
NOTHING = 1e-6


class PlacementError(ValueError):
    """Sites were asked for that cannot be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One area: a possible site, and need that a site may reach."""

    code: str
    name: str
    unmet_need: float
    group: str
    cost_pence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """At most so many sites, or so much money; whether each group gets its share; how exact."""

    sites: int | None = None
    budget_pence: float | None = None
    fair_share: bool = False
    gap: float = 0.01
    seconds: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site: where, what it adds to those before it, and which places gain by it."""

    place: int
    adds: float
    gains: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The sites in the order of what each adds, what they reach together, and the proven bound."""

    sites: tuple[Site, ...]
    covered: float
    unmet_need: float
    bound: float
    next_site: Site | None

    @property
    def gap(self) -> float:
        """How far the best possible could lie above what was found, as a share of it."""
        return max(0.0, self.bound / self.covered - 1) if self.covered > NOTHING else 0.0

    @property
    def share(self) -> float:
        """The share of all unmet need that is within reach of a site."""
        return self.covered / self.unmet_need if self.unmet_need > NOTHING else 0.0


def place_teams(places: Sequence[Place], *, reach: Reach, wish: Wish) -> Placement:
    """The sites that bring the most unmet need within reach.

    `reach[i, j]` says whether a site at place j reaches place i. Raises `PlacementError` where
    there are no places, or neither a number of sites nor a budget.
    """
    _check(places, reach=reach, wish=wish)
    need = np.array([place.unmet_need for place in places])
    chosen, bound = _solve(places, need=need, reach=reach, wish=wish)
    sites, covered = in_order(chosen, need=need, reach=reach)
    rest = [place for place in range(len(places)) if place not in set(chosen)]
    reached = float(need[covered].sum())
    return Placement(
        sites=tuple(sites),
        covered=reached,
        unmet_need=float(need.sum()),
        bound=max(bound, reached),
        next_site=_best(rest, need=need, reach=reach, covered=covered) if rest else None,
    )


def within(distances_km: Matrix, *, km: float) -> Reach:
    """Which places lie within a straight-line distance of each site."""
    return np.asarray(distances_km <= km)


def same_boundary(groups: Sequence[str]) -> Reach:
    """Which places lie inside the same boundary as each site."""
    names = np.array(list(groups))
    return np.asarray(names[:, None] == names)


def in_order(
    chosen: Sequence[int], *, need: Vector, reach: Reach
) -> tuple[list[Site], NDArray[np.bool_]]:
    """The sites by what each adds to those before it, and the places that they cover."""
    left, covered = list(chosen), np.zeros(len(need), dtype=bool)
    sites = []
    while left:
        best = _best(left, need=need, reach=reach, covered=covered)
        sites.append(best)
        left.remove(best.place)
        covered = covered | reach[:, best.place]
    return sites, covered


def fair_floors(places: Sequence[Place], *, sites: int) -> dict[str, int]:
    """The least sites of each group: the whole part of its share of all unmet need.

    >>> def place(group, need):
    ...     return Place(code="", name="", unmet_need=need, group=group, cost_pence=1)
    >>> fair_floors([place("north", 30), place("south", 70), place("south", 0)], sites=3)
    {'north': 0, 'south': 2}
    """
    total = sum(place.unmet_need for place in places)
    floors: dict[str, int] = {}
    for group in dict.fromkeys(place.group for place in places):
        own = [place for place in places if place.group == group]
        share = sum(place.unmet_need for place in own) / total if total > NOTHING else 0.0
        floors[group] = min(floor(sites * share + NOTHING), len(own))
    return floors


def _check(places: Sequence[Place], *, reach: Reach, wish: Wish) -> None:
    if not places or reach.shape != (len(places), len(places)):
        raise PlacementError("there are no places, or their reach was not given for each pair")
    if (wish.sites is None) == (wish.budget_pence is None):
        raise PlacementError("say how many teams or how much money: one of the two")
    if wish.sites is not None and wish.sites < 1:
        raise PlacementError("at least one team is needed")
    if wish.budget_pence is not None and wish.budget_pence < min(p.cost_pence for p in places):
        raise PlacementError("the money does not pay for one team")


def _solve(
    places: Sequence[Place], *, need: Vector, reach: Reach, wish: Wish
) -> tuple[list[int], float]:
    """The chosen places and the bound that the solver proves."""
    count = len(places)
    result = milp(
        c=np.concatenate([np.zeros(count), -need]),
        constraints=_constraints(places, reach=reach, wish=wish),
        integrality=np.concatenate([np.ones(count), np.zeros(count)]),
        bounds=Bounds(np.zeros(2 * count), np.ones(2 * count)),
        options={"mip_rel_gap": wish.gap, "time_limit": wish.seconds},
    )
    if result.x is None:
        raise PlacementError(f"no choice of sites meets every condition: {result.message}")
    chosen = [place for place in range(count) if result.x[place] > 0.5]
    return chosen, -float(result.mip_dual_bound)


def _constraints(places: Sequence[Place], *, reach: Reach, wish: Wish) -> list[LinearConstraint]:
    """A place is covered only by a chosen site; sites and money are limited; groups get a share."""
    count = len(places)
    covered = hstack([csr_array(-reach.astype(float)), eye_array(count)])
    found = [LinearConstraint(covered, -np.inf, 0)]
    if wish.sites is not None:
        found.append(_limit(np.ones(count), most=min(wish.sites, count)))
    if wish.budget_pence is not None:
        costs = np.array([place.cost_pence for place in places])
        found.append(_limit(costs, most=wish.budget_pence))
    if wish.fair_share:
        found += _floors(places, floors=fair_floors(places, sites=_affordable(places, wish=wish)))
    return found


def _floors(places: Sequence[Place], *, floors: Mapping[str, int]) -> list[LinearConstraint]:
    return [
        _limit(np.array([float(place.group == group) for place in places]), least=least)
        for group, least in floors.items()
        if least
    ]


def _limit(weights: Vector, *, most: float = np.inf, least: float = -np.inf) -> LinearConstraint:
    """A limit on the chosen sites alone."""
    return LinearConstraint(np.concatenate([weights, np.zeros(len(weights))]), least, most)


def _affordable(places: Sequence[Place], *, wish: Wish) -> int:
    """How many sites can be had: as many as asked, or the cheapest that the money buys."""
    if wish.sites is not None:
        return min(wish.sites, len(places))
    spent = np.cumsum(sorted(place.cost_pence for place in places))
    return int((spent <= (wish.budget_pence or 0)).sum())


def _best(among: Sequence[int], *, need: Vector, reach: Reach, covered: NDArray[np.bool_]) -> Site:
    """The place that adds the most need not yet covered; the first of equals."""
    fresh = reach & ~covered[:, None]
    added = need @ fresh[:, list(among)]
    place = among[int(added.argmax())]
    gains = tuple(int(i) for i in np.flatnonzero(fresh[:, place]) if need[i] > NOTHING)
    return Site(place=place, adds=float(added.max()), gains=gains)
