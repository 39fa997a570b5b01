"""What matters most to an answer, and what knowing more would be worth before funding teams."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from nestling.need.choices import NeedError
from nestling.need.engine import Study
from nestling.science.capacity import draws_of_families_per_team
from nestling.science.cost import break_even_share, chance_of_breaking_even, cost_per_family
from nestling.science.distributions import Vector
from nestling.science.draws import Model, Parameter, Sampling
from nestling.science.need import Estimate, FigureName, Scenario, estimate
from nestling.science.tornado import Bar, tornado
from nestling.science.value_of_information import (
    TeamDecision,
    ValueOfInformation,
    value_of_information,
)

#: The unknowns of the chain from births to teams, beside the scenario's own share in need.
UNKNOWNS = ("identified", "accepted", "families_per_team", "cost_per_team_pence")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthKnowing:
    """The decision stated, the best option as far as is known, and the worth of knowing more."""

    decision: TeamDecision
    families_seen: float
    provision_known: bool
    found: ValueOfInformation


def tornado_of(study: Study, name: FigureName, *, area: int = 0) -> list[Bar]:
    """Which unknown moves one figure of one area most, the widest first.

    Raises `NeedError` where the scenario has no point value, or the figure is not known.
    """
    chosen = study.estimates[0]
    if chosen.scenario.prevalence.point is None:
        raise NeedError(f"{chosen.scenario.name} has no point value to turn around")
    share = chosen.scenario.prevalence

    def answer(values: Mapping[str, float]) -> float:
        held = {one: p for one, p in study.model.parameters.items() if p.point is not None}
        fixed = {one: _at(p, values[one]) for one, p in held.items()}
        model = Model(parameters={**study.model.parameters, **fixed}, sampling=Sampling(draws=0))
        scenario = _with_share(chosen.scenario, value=values[share.name])
        point = estimate([chosen.areas[area]], scenario=scenario, model=model).points(name)[0]
        if point is None:
            raise NeedError(f"{name.value} of {chosen.areas[area].name} is not known")
        return point

    return tornado(answer, parameters=[share, *study.model.parameters.values()])


def worth_knowing(study: Study, *, pence_per_family: float, area: int = 0) -> WorthKnowing:
    """What it is worth to know more before funding 0, 1, 2 or 3 more teams in an area.

    Families that are stated as seen are taken off demand. Raises `NeedError` for a study that was
    not drawn or an area whose demand is not known.
    """
    chosen = study.estimates[0]
    if chosen.sampling.exact:
        raise NeedError("the worth of knowing more needs draws, not point values")
    demand = chosen.quantities[FigureName.DEMAND].draws_of(area)
    if not np.isfinite(demand).all():
        raise NeedError(f"demand in {chosen.areas[area].name} is not known")
    seen = study.areas[area].seen
    known = seen is not None and seen.families is not None
    taken = seen.at_least if seen is not None else 0.0
    decision = TeamDecision(
        options=study.rules.decision.more_teams, pence_per_family=pence_per_family
    )
    benefits = decision.net_benefits(
        unmet_demand=np.maximum(demand - taken, 0.0),
        families_per_team=draws_of_families_per_team(study.model),
        cost_per_team_pence=study.model.draws("cost_per_team_pence"),
    )
    return WorthKnowing(
        decision=decision,
        families_seen=taken,
        provision_known=known,
        found=value_of_information(
            decision, net_benefits=benefits, parameters=_unknowns(study, chosen)
        ),
    )


def chances_of_breaking_even(study: Study) -> dict[float, float]:
    """For each share of the claimed benefit that may come true, the chance that it pays."""
    model = study.model
    each = cost_per_family(
        cost_per_team=model.draws("cost_per_team_pence"),
        families_per_team=draws_of_families_per_team(model),
    )
    needed = break_even_share(
        cost_for_each=each, benefit_for_each=model.draws("benefit_per_child_pence")
    )
    return chance_of_breaking_even(needed, if_true=study.rules.decision.claim_shares)


def _unknowns(study: Study, chosen: Estimate) -> dict[str, Vector]:
    share = chosen.scenario.prevalence
    drawn = {"prevalence": study.model.sampling.shared(share)}
    return {**drawn, **{name: study.model.draws(name) for name in UNKNOWNS}}


def _at(parameter: Parameter, value: float) -> Parameter:
    return replace(parameter, point=value)


def _with_share(scenario: Scenario, *, value: float) -> Scenario:
    return replace(scenario, prevalence=replace(scenario.prevalence, point=value))
