"""How many babies need specialised help, how many would come, and what that takes.

`need` is babies born in one year times the share who need specialised help. `need_stock` is
children
aged 0, 1 and 2 times the same share: another count, in another unit, never added to the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from nestling.science.capacity import draws_of_families_per_team
from nestling.science.distributions import Pert, Vector
from nestling.science.draws import Figure, Model, Parameter, ParameterError, Sampling, Scope
from nestling.science.quantities import Quantity
from nestling.science.units import (
    PENCE_A_PERSON,
    PENCE_A_TEAM_YEAR,
    PEOPLE,
    PEOPLE_A_TEAM_YEAR,
    PEOPLE_A_YEAR,
    SHARE,
)

NAN = float("nan")


class FigureName(StrEnum):
    """The figures of one scenario in one area, in the order in which they are shown."""

    NEED = "need"
    NEED_STOCK = "need_stock"
    DEMAND = "demand"
    FAMILIES_SEEN = "families_seen"
    COVERAGE = "coverage"
    GAP = "gap"
    TEAMS = "teams"
    COST_PENCE = "cost_pence"
    COST_PER_FAMILY_PENCE = "cost_per_family_pence"
    BREAK_EVEN_SHARE = "break_even_share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One way of saying which babies need specialised help; never blended with another.

    `weighted` multiplies the share by the area's own index of household risk, where it has one.
    """

    name: str
    title: str
    meaning: str
    prevalence: Parameter
    weighted: bool = False
    default: bool = False
    cautions: tuple[str, ...] = ()

    @property
    def interval_known(self) -> bool:
        """False where the source gives a point and no interval."""
        return self.prevalence.distribution is not None

    @property
    def has_middle(self) -> bool:
        """False where the source gives a range and no value within it."""
        return self.prevalence.point is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaBabies:
    """What is counted in one area: births in a year, children aged 0 to 2, families seen.

    None means not known, never zero. `risk_index` is the area's household risk against England's,
    1 where equal. `births_spread` is set only for a projection, as shares of the births.
    """

    code: str
    name: str
    births: float | None
    children_0_to_2: float | None
    families_seen: float | None = None
    risk_index: float | None = None
    births_spread: Pert | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One scenario over some areas: each figure as a quantity that can be drawn or shown."""

    scenario: Scenario
    areas: tuple[AreaBabies, ...]
    sampling: Sampling
    quantities: dict[FigureName, Quantity]
    _figures: dict[FigureName, list[Figure | None]] = field(default_factory=dict)
    _points: dict[FigureName, list[float | None]] = field(default_factory=dict)

    def figures(self, name: FigureName) -> list[Figure | None]:
        """The figure for each area, with its interval; None where it is not known."""
        if name not in self._figures:
            self._figures[name] = self._summarised(name)
        return self._figures[name]

    def _summarised(self, name: FigureName) -> list[Figure | None]:
        found = self.quantities[name].figures()
        if self.scenario.interval_known or name not in {FigureName.NEED, FigureName.NEED_STOCK}:
            return found
        return [figure and _without_interval(figure) for figure in found]

    def points(self, name: FigureName) -> list[float | None]:
        """The point value for each area; None where it is not known."""
        if name not in self._points:
            self._points[name] = self.quantities[name].points()
        return self._points[name]

    def total(self, name: FigureName) -> Vector:
        """The draws of the sum over all areas, summed draw by draw."""
        return self.quantities[name].total_draws()


def estimate(areas: Sequence[AreaBabies], *, scenario: Scenario, model: Model) -> Estimate:
    """Need, demand, coverage, teams and cost in each area under one scenario.

    The shared unknowns are drawn once and used for all areas, so that totals over areas can be
    summed draw by draw.
    """
    share = _share_in_need(areas, scenario=scenario, sampling=model.sampling)
    stock = Quantity.of_areas([_known(a.children_0_to_2) for a in areas], unit=PEOPLE)
    need = _births(areas, sampling=model.sampling) * share
    found = {FigureName.NEED: need, FigureName.NEED_STOCK: stock * share}
    found |= _help_given(areas, need=need)
    found |= _help_needed(areas, need=need, model=model)
    if scenario.prevalence.point is None and model.sampling.exact:
        found = {name: _nothing(quantity) for name, quantity in found.items()}
    return Estimate(
        scenario=scenario, areas=tuple(areas), sampling=model.sampling, quantities=found
    )


def _share_in_need(
    areas: Sequence[AreaBabies], *, scenario: Scenario, sampling: Sampling
) -> Quantity:
    if scenario.prevalence.unit != SHARE or scenario.prevalence.scope != Scope.SHARED:
        raise ParameterError(f"{scenario.name}: prevalence must be one share for the country")
    national = Quantity.shared_by(len(areas), sampling.shared(scenario.prevalence), unit=SHARE)
    if not scenario.weighted:
        return national
    return national * Quantity.of_areas([_known(a.risk_index) for a in areas], unit=SHARE)


def _births(areas: Sequence[AreaBabies], *, sampling: Sampling) -> Quantity:
    counted = Quantity.of_areas([_known(a.births) for a in areas], unit=PEOPLE_A_YEAR)
    if all(area.births_spread is None for area in areas):
        return counted
    rows = [_projection(area, sampling=sampling) for area in areas]
    return counted * Quantity.drawn_by_area(np.vstack(rows), unit=SHARE)


def _projection(area: AreaBabies, *, sampling: Sampling) -> Vector:
    """The births of one area as shares of their projection: 1 where they were counted."""
    parameter = Parameter(
        name="births",
        meaning="births against their projection",
        unit=SHARE,
        point=1.0,
        distribution=area.births_spread,
        scope=Scope.LOCAL,
    )
    return sampling.local(parameter, areas=[area.code])


def _help_given(areas: Sequence[AreaBabies], *, need: Quantity) -> dict[FigureName, Quantity]:
    seen = Quantity.of_areas([_known(a.families_seen) for a in areas], unit=PEOPLE_A_YEAR)
    return {
        FigureName.FAMILIES_SEEN: seen,
        FigureName.COVERAGE: seen / need,
        FigureName.GAP: need.minus(seen),
    }


def _help_needed(
    areas: Sequence[AreaBabies], *, need: Quantity, model: Model
) -> dict[FigureName, Quantity]:
    count = len(areas)
    per_team = Quantity.shared_by(count, draws_of_families_per_team(model), unit=PEOPLE_A_TEAM_YEAR)
    cost = Quantity.shared_by(count, model.draws("cost_per_team_pence"), unit=PENCE_A_TEAM_YEAR)
    benefit = Quantity.shared_by(count, model.draws("benefit_per_child_pence"), unit=PENCE_A_PERSON)
    coming = model.draws("identified") * model.draws("accepted")
    demand = need * Quantity.shared_by(count, coming, unit=SHARE)
    teams = demand / per_team
    per_family = _where_estimated(cost / per_team, need=need)
    return {
        FigureName.DEMAND: demand,
        FigureName.TEAMS: teams,
        FigureName.COST_PENCE: teams * cost,
        FigureName.COST_PER_FAMILY_PENCE: per_family,
        FigureName.BREAK_EVEN_SHARE: per_family / benefit,
    }


def _where_estimated(quantity: Quantity, *, need: Quantity) -> Quantity:
    """The quantity only in areas where need itself could be estimated."""
    known = np.where(np.isnan(need.scale), NAN, 1.0)
    return quantity * Quantity.of_areas(known.tolist(), unit=SHARE)


def _nothing(quantity: Quantity) -> Quantity:
    """The same quantity, known nowhere."""
    return Quantity.of_areas([NAN] * len(quantity.scale), unit=quantity.unit)


def _without_interval(figure: Figure) -> Figure:
    return Figure(
        median=figure.median,
        mean=figure.mean,
        low=figure.median,
        high=figure.median,
        mcse=0.0,
        interval_known=False,
    )


def _known(value: float | None) -> float:
    return NAN if value is None else float(value)
