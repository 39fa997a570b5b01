"""A study as the JSON that `nestling need` prints: names, numbers, sources, notes."""

from datetime import date
from math import isfinite

from nestling.need.asked import StudyArea
from nestling.need.decisions import chances_of_breaking_even, tornado_of, worth_knowing
from nestling.need.engine import Study
from nestling.need.savings import Saving, savings
from nestling.reference.parameters import Source
from nestling.science.avoided_cost import Design
from nestling.science.draws import Figure, Parameter
from nestling.science.need import Estimate, FigureName

Number = int | float | None
Json = dict[str, object]
#: Decimals that are kept: enough for a share, few enough to hide the last bits of arithmetic.
DECIMALS = 6
NOT_KNOWN = "not known"
NOT_AVAILABLE = "not available"


def study_as_json(found: Study) -> Json:
    """The whole study, in the order of its keys."""
    exact = found.model.sampling.exact
    return {
        "areas": [_area(found, place) for place in range(len(found.areas))],
        "parameters": [parameter_as_json(one) for one in found.parameters()],
        "sources": [source_as_json(one) for one in found.sources],
        "notes": list(found.notes),
        "seed": None if exact else found.model.sampling.seed,
        "draws": None if exact else found.model.sampling.draws,
    }


def decision_as_json(found: Study, *, pence_per_family: float, on: date) -> Json:
    """The worth of knowing more, what moves teams most, what may be avoided, break-even.

    One study area and one scenario; added to the JSON only when a willingness to pay is given.
    Discount rates are those that hold on the date.
    """
    worth = worth_knowing(found, pence_per_family=pence_per_family)
    know = worth.found
    chances = chances_of_breaking_even(found)
    return {
        "willingness_to_pay_pence": round(pence_per_family),
        "more_teams": list(worth.decision.options),
        "families_seen_taken_off": rounded(worth.families_seen, name="families"),
        "provision_known": worth.provision_known,
        "best": know.best,
        "expected_net_benefit_pence": {
            str(k): round(v) for k, v in know.expected_net_benefit_pence.items()
        },
        "chance_best": {str(k): rounded(v, name="share") for k, v in know.chance_best.items()},
        "worth_of_knowing_everything_pence": round(know.of_everything_pence),
        "worth_of_knowing_pence": {k: round(v) for k, v in know.of_each_pence.items()},
        "chance_of_breaking_even": {
            str(share): rounded(chance, name="share") for share, chance in chances.items()
        },
        "tornado_teams": [
            {
                "name": bar.parameter.partition(":")[0],
                "at_low": rounded(bar.at_low, name="teams"),
                "at_high": rounded(bar.at_high, name="teams"),
            }
            for bar in tornado_of(found, FigureName.TEAMS)
        ],
        "savings": [_saving(one) for one in savings(found, design=Design.TRIAL, on=on)],
    }


def _saving(saving: Saving) -> Json:
    """One effect over one horizon, split by payer; the first effect is none."""
    return {
        "effect": saving.effect.name,
        "drop_in_poor_outcome": saving.effect.drop_in_poor_outcome,
        "horizon_years": saving.horizon_years,
        "avoided_pence": figure_as_json(saving.avoided_pence, name="avoided_pence"),
        "net_pence": figure_as_json(saving.net_pence, name="net_pence"),
        "by_payer_pence": {
            payer: figure_as_json(one, name="by_payer_pence")
            for payer, one in saving.by_payer_pence.items()
        },
        "chance_of_paying": rounded(saving.chance_of_paying, name="share"),
    }


def _area(found: Study, place: int) -> Json:
    area = found.areas[place]
    counted = area.counted
    return {
        "code": area.code or None,
        "name": area.name,
        "births": counted.births,
        "births_basis": counted.births_basis,
        "births_period": counted.births_period or None,
        "age_0": counted.age_0,
        "age_1": counted.age_1,
        "age_2": counted.age_2,
        "population_date": counted.population_date or None,
        "scenarios": [_scenario(one, area=area, place=place) for one in found.estimates],
    }


def _scenario(estimate: Estimate, *, area: StudyArea, place: int) -> Json:
    row: Json = {"name": estimate.scenario.name}
    for name in FigureName:
        row[name.value] = _shown(estimate, name=name, place=place)
    if estimate.scenario.weighted and area.risk_index is None:
        row["status"] = NOT_AVAILABLE
    if not estimate.scenario.interval_known and not estimate.sampling.exact:
        row["interval"] = NOT_KNOWN
    return row


def _shown(estimate: Estimate, *, name: FigureName, place: int) -> Number | Json:
    if estimate.sampling.exact:
        return rounded(estimate.points(name)[place], name=name)
    figure = estimate.figures(name)[place]
    return figure_as_json(figure, name=name) if figure else None


def figure_as_json(figure: Figure, *, name: str) -> Json:
    """One figure with its interval; marked where the source gives none."""
    row: Json = {
        part: rounded(getattr(figure, part), name=name)
        for part in ("median", "mean", "low", "high", "mcse")
    }
    return row if figure.interval_known else {**row, "interval": NOT_KNOWN}


def rounded(value: float | None, *, name: str) -> Number:
    """A number as printed: whole pence, whole counts as they are, six decimals otherwise."""
    if value is None or not isfinite(value):
        return None
    if name.endswith("_pence"):
        return round(value)
    kept = round(value, DECIMALS)
    return int(kept) if kept.is_integer() else kept


def parameter_as_json(parameter: Parameter) -> Json:
    """One parameter: point, interval, unit, whether it is our assumption, who says so."""
    low, high = parameter.limits()
    known = parameter.distribution is not None
    name, _, scenario = parameter.name.partition(":")
    row: Json = {"name": name, "scenario": scenario} if scenario else {"name": name}
    return row | {
        "meaning": parameter.meaning,
        "unit": str(parameter.unit),
        "point": rounded(parameter.point, name=parameter.name),
        "low": rounded(low, name=parameter.name) if known else None,
        "high": rounded(high, name=parameter.name) if known else None,
        "distribution": repr(parameter.distribution) if known else None,
        "scope": parameter.scope.value,
        "assumption": parameter.assumption,
        "sources": list(parameter.sources),
        "note": parameter.note,
    }


def source_as_json(source: Source) -> Json:
    """One source: title, year, address, licence, how much of it we have read."""
    return source.model_dump()
