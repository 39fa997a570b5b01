"""What a year of help may avoid later, by effect and horizon, beside help that does nothing."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from nestling.need.choices import NeedError
from nestling.need.engine import Study
from nestling.reference.parameters import EffectScenario, NeedParameters
from nestling.reference.prices import discounting
from nestling.science.avoided_cost import Design, Effect, LaterCost, avoided_cost
from nestling.science.distributions import Vector
from nestling.science.draws import Figure, Model, summary
from nestling.science.need import FigureName


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """Cost avoided under one effect and horizon: in all, by payer, net of the help's cost."""

    effect: EffectScenario
    horizon_years: int
    avoided_pence: Figure
    net_pence: Figure
    by_payer_pence: dict[str, Figure]
    chance_of_paying: float


def savings(study: Study, *, design: Design, on: date, area: int = 0) -> list[Saving]:
    """Every effect over every horizon for the families who would come in a year.

    The first effect is none at all. A trial's effect is taken as it is; a before-and-after effect
    is corrected for what would have come anyway. Raises `NeedError` where demand is not known.
    """
    chosen = study.estimates[0]
    families = chosen.quantities[FigureName.DEMAND].draws_of(area)
    cost = chosen.quantities[FigureName.COST_PENCE].draws_of(area)
    if not np.isfinite(families).all():
        raise NeedError(f"demand in {chosen.areas[area].name} is not known")
    later = Model(parameters=study.rules.avoided_cost, sampling=study.model.sampling)
    return [
        _saving(
            families,
            cost=cost,
            effect=_effect(one, design=design, model=later),
            later=_later_cost(study.rules, model=later, years=years, on=on),
            scenario=one,
        )
        for one in study.rules.effect_scenarios
        for years in study.rules.horizons_years
    ]


def _saving(
    families: Vector, *, cost: Vector, effect: Effect, later: LaterCost, scenario: EffectScenario
) -> Saving:
    found = avoided_cost(families, effect=effect, later=later).asked
    return Saving(
        effect=scenario,
        horizon_years=later.horizon_years,
        avoided_pence=summary(found.total_pence),
        net_pence=summary(found.net_pence(cost)),
        by_payer_pence={name: summary(part) for name, part in found.by_payer_pence.items()},
        chance_of_paying=found.chance_of_paying(cost),
    )


def _effect(scenario: EffectScenario, *, design: Design, model: Model) -> Effect:
    """The effect as stated: a trial's as it is, another corrected."""
    trial = design is Design.TRIAL
    count = len(model.draws("attributable"))
    return Effect(
        design=design,
        drop=np.full(count, scenario.drop_in_poor_outcome),
        attributable=np.ones(count) if trial else model.draws("attributable"),
        deadweight=np.zeros(count) if trial else model.draws("deadweight"),
    )


def _later_cost(rules: NeedParameters, *, model: Model, years: int, on: date) -> LaterCost:
    return LaterCost(
        yearly_cost_pence=model.draws("yearly_cost_pence"),
        persistence=model.draws("persistence"),
        horizon_years=years,
        discounting=discounting("money", on=on),
        payers=rules.payers.shares(),
        cash_releasing={payer.name: payer.cash_releasing for payer in rules.payers.split},
    )
