"""From an area's demand to a staffing plan with its capacity, its waits and its assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nestling.need.asked import StudyArea
from nestling.need.choices import Choices, NeedError
from nestling.need.engine import Study, study
from nestling.reference.parameters.staffing import StaffingFile, staffing_file
from nestling.science.capacity import WorkingYear, whole_teams
from nestling.science.draws import Figure, Parameter, Sampling
from nestling.science.need import FigureName
from nestling.science.staffing import Cost, StaffingPlan, Supervision, Workload, staffing_plan
from nestling.science.units import SHARE
from nestling.science.waiting_forecast import Month, forecast, monthly_capacity

UNSTATED = "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanQuestion:
    """For whom the team is planned: a scenario, the user's values, costs, families waiting now."""

    scenario: str = ""
    values: Mapping[str, float] = field(default_factory=dict)
    costs: Mapping[str, Cost] = field(default_factory=dict)
    families: float | None = None
    waiting: float = 0.0
    sampling: Sampling = field(default_factory=Sampling)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasts:
    """The waiting list at the demand planned for, and at both ends of its interval."""

    planned: tuple[Month, ...]
    low: tuple[Month, ...]
    high: tuple[Month, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPlan:
    """All that a business plan says: who, for whom, with what, and on which assumptions."""

    area: StudyArea
    scenario_title: str
    scenario_meaning: str
    need: Figure
    demand: Figure
    staffing: StaffingPlan
    forecasts: Forecasts
    costs: tuple[Cost, ...]
    team_cost: Figure
    rules: StaffingFile
    assumptions: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]


def plan_team(area: StudyArea, question: PlanQuestion | None = None) -> TeamPlan:
    """The plan for the families of an area who would come, or for a number of families.

    Raises `NeedError` where the area's demand is not known.
    """
    asked = question or PlanQuestion()
    choices = Choices(scenario=asked.scenario, values=asked.values, sampling=asked.sampling)
    found = study([area], choices)
    need, demand = _figure(found, FigureName.NEED), _figure(found, FigureName.DEMAND)
    families = demand.median if asked.families is None else asked.families
    if families <= 0:
        raise NeedError("a team needs at least one family a year to plan for")
    rules = staffing_file()
    workload = _workload(found, families=families)
    return TeamPlan(
        area=area,
        scenario_title=found.scenarios[0].title,
        scenario_meaning=found.scenarios[0].meaning,
        need=need,
        demand=demand,
        staffing=staffing_plan(workload, rules=rules.build(), costs=asked.costs),
        forecasts=_forecasts(families, demand=demand, waiting=asked.waiting, rules=rules),
        costs=tuple(asked.costs.values()),
        team_cost=_figure(found, FigureName.COST_PENCE),
        rules=rules,
        assumptions=tuple(_assumptions(found, rules=rules)),
        sources=tuple(source.title for source in found.sources if source.id != "nestling"),
        notes=found.notes,
    )


def _figure(found: Study, name: FigureName) -> Figure:
    figure = found.figure(name, scenario=found.scenarios[0].name)
    if figure is None:
        scenario = found.scenarios[0].name
        raise NeedError(f"{found.areas[0].name}: {scenario} is not available, so nothing to plan")
    return figure


def _workload(found: Study, *, families: float) -> Workload:
    points = {name: one.value() for name, one in found.model.parameters.items()}
    return Workload(
        families=families,
        teams=whole_teams(families / points["families_per_team"]),
        year=WorkingYear(
            weeks=points["weeks"],
            hours_per_week=points["hours_per_week"],
            direct_share=points["direct_share"],
            hours_per_family=points["hours_per_family"],
        ),
        supervision=Supervision(
            hours_early=points["supervision_hours_early"],
            hours_later=points["supervision_hours_later"],
        ),
    )


def _forecasts(
    families: float, *, demand: Figure, waiting: float, rules: StaffingFile
) -> Forecasts:
    capacity = monthly_capacity(
        families,
        phases=rules.phases,
        settling_months=rules.settling_months,
        settling_share=rules.settling_share,
    )
    runs = [
        tuple(forecast(coming, capacity=capacity, waiting=waiting))
        for coming in (demand.median, demand.low, demand.high)
    ]
    return Forecasts(planned=runs[0], low=runs[1], high=runs[2])


def _assumptions(found: Study, *, rules: StaffingFile) -> list[str]:
    """What the plan takes for granted, in sentences, ours marked as ours."""
    held = [one for one in found.parameters() if one.assumption and one.point is not None]
    said = [_said(parameter) for parameter in held]
    phases = ", ".join(f"{phase:.0%}" for phase in rules.phases)
    return [
        *said,
        f"Staff in post by the end of each year: {phases} (our assumption).",
        (
            f"{rules.early_share:.0%} of staff have under three years' experience with under-twos "
            "(our assumption)."
        ),
        (
            f"New staff see {rules.settling_share:.0%} of their families in their first "
            f"{rules.settling_months} months (our assumption)."
        ),
        "The mix of roles is our assumption: no published staffing of a team was found.",
        "Capacity in the end equals demand: a list that grew while staff came into post stays.",
        "Families come evenly over the year and none gives up waiting.",
    ]


def _said(parameter: Parameter) -> str:
    """One parameter as a sentence."""
    value = parameter.value()
    amount = f"{value:g}"
    if parameter.name.endswith("_pence"):
        amount = f"£{value / 100:,.0f}"
    elif parameter.unit == SHARE:
        amount = f"{value * 100:g} in 100"
    whose = "set by you" if "user" in parameter.sources else "our assumption"
    return f"{parameter.meaning}: {amount} ({whose})."
