"""What a team is made of for some families a year: roles, levels, supervision, cost, phases."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from nestling.science.capacity import WorkingYear, supervision_hours


class CostBasis(StrEnum):
    """What a yearly cost is multiplied by."""

    WTE = "wte"
    PERSON = "person"
    TEAM = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One role: a share of those who see families, or a fixed number in each team."""

    name: str
    title: str
    share: float
    wte_per_team: float
    minimum_level: int
    target_level: int
    sees_families: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A yearly cost that somebody has entered, with its date and source."""

    item: str
    pence_a_year: int
    per: CostBasis
    as_of: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingRules:
    """The roles, how staff come into post over the years, and who is new to the work."""

    roles: tuple[Role, ...]
    phases: tuple[float, ...]
    early_share: float
    settling_months: int
    settling_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """Hours of reflective supervision in a year for one whole-time equivalent."""

    hours_early: float
    hours_later: float

    def hours(self, wte: float, *, early_share: float) -> float:
        """Hours a year for some staff, part of them new to the work; pro rata for part-timers."""
        early = supervision_hours(people=wte * early_share, hours_each=self.hours_early)
        later = supervision_hours(people=wte * (1 - early_share), hours_each=self.hours_later)
        return early + later


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePlan:
    """One role in the plan: whole-time equivalents at the end of each year, and supervision."""

    role: Role
    wte_by_year: tuple[float, ...]
    supervision_hours: float

    @property
    def wte(self) -> float:
        """Whole-time equivalents when all are in post."""
        return self.wte_by_year[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlan:
    """One year: staff in post at its end, families that they can see, cost where it is known."""

    year: int
    wte: float
    teams: float
    families: float
    cost_pence: int | None
    costs_missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingPlan:
    """A staffing plan for a number of families a year."""

    families: float
    teams: int
    families_per_wte: float
    roles: tuple[RolePlan, ...]
    years: tuple[YearPlan, ...]

    @property
    def practitioners_wte(self) -> float:
        """Whole-time equivalents of those who see families."""
        return sum(plan.wte for plan in self.roles if plan.role.sees_families)

    @property
    def wte(self) -> float:
        """All whole-time equivalents when all are in post."""
        return sum(plan.wte for plan in self.roles)

    @property
    def supervision_hours(self) -> float:
        """Hours of reflective supervision in a year when all are in post."""
        return sum(plan.supervision_hours for plan in self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """Families to see in a year, the teams to form, and what one worker's year holds."""

    families: float
    teams: int
    year: WorkingYear
    supervision: Supervision


def staffing_plan(
    workload: Workload, *, rules: StaffingRules, costs: Mapping[str, Cost]
) -> StaffingPlan:
    """Roles, whole-time equivalents, supervision and cost, phased over the years.

    workforce = families / families per WTE + lead + coordinator. A year's cost is None where any
    part of it has not been entered.
    """
    per_wte = workload.year.families
    needed = workload.families / per_wte
    roles = tuple(
        _role_plan(role, needed=needed, workload=workload, rules=rules) for role in rules.roles
    )
    years = tuple(
        _year_plan(number, roles=roles, workload=workload, phase=phase, costs=costs)
        for number, phase in enumerate(rules.phases, start=1)
    )
    return StaffingPlan(
        families=workload.families,
        teams=workload.teams,
        families_per_wte=per_wte,
        roles=roles,
        years=years,
    )


def _role_plan(role: Role, *, needed: float, workload: Workload, rules: StaffingRules) -> RolePlan:
    whole = role.share * needed if role.sees_families else role.wte_per_team * workload.teams
    clinical = role.minimum_level >= 2
    hours = workload.supervision.hours(whole, early_share=rules.early_share) if clinical else 0.0
    by_year = tuple(whole * phase if role.sees_families else whole for phase in rules.phases)
    return RolePlan(role=role, wte_by_year=by_year, supervision_hours=hours)


def _year_plan(
    year: int,
    *,
    roles: tuple[RolePlan, ...],
    workload: Workload,
    phase: float,
    costs: Mapping[str, Cost],
) -> YearPlan:
    wte = sum(plan.wte_by_year[year - 1] for plan in roles)
    missing = [plan.role.name for plan in roles if plan.role.name not in costs]
    total = sum(
        _cost(cost, roles=roles, year=year, teams=workload.teams) for cost in costs.values()
    )
    return YearPlan(
        year=year,
        wte=wte,
        teams=workload.teams,
        families=workload.families * phase,
        cost_pence=None if missing else round(total),
        costs_missing=tuple(missing),
    )


def _cost(cost: Cost, *, roles: tuple[RolePlan, ...], year: int, teams: int) -> float:
    """One cost for one year, multiplied by what it is for."""
    if cost.per is CostBasis.TEAM:
        return cost.pence_a_year * float(teams)
    if cost.per is CostBasis.PERSON:
        people = sum(ceil(round(plan.wte_by_year[year - 1], 9)) for plan in roles)
        return cost.pence_a_year * float(people)
    wte = sum(plan.wte_by_year[year - 1] for plan in roles if plan.role.name == cost.item)
    return cost.pence_a_year * wte
