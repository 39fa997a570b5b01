"""Tests of staffing plans."""

import pytest

from nestling.science.capacity import WorkingYear
from nestling.science.staffing import (
    Cost,
    CostBasis,
    Role,
    StaffingPlan,
    StaffingRules,
    Supervision,
    Workload,
    staffing_plan,
)


def role(name: str, *, share: float = 0, wte: float = 0, level: int = 2) -> Role:
    return Role(
        name=name,
        title=name,
        share=share,
        wte_per_team=wte,
        minimum_level=level,
        target_level=level,
        sees_families=share > 0,
    )


RULES = StaffingRules(
    roles=(
        role("lead", wte=1),
        role("therapist", share=0.6),
        role("visitor", share=0.4),
        role("coordinator", wte=0.5, level=1),
    ),
    phases=(0.5, 1.0),
    early_share=0.5,
    settling_months=3,
    settling_share=0.5,
)
WORKLOAD = Workload(
    families=262.5,
    teams=2,
    year=WorkingYear(weeks=42, hours_per_week=37.5, direct_share=0.5, hours_per_family=30),
    supervision=Supervision(hours_early=42, hours_later=21),
)


def cost(item: str, pounds: int, per: CostBasis = CostBasis.WTE) -> Cost:
    return Cost(item=item, pence_a_year=pounds * 100, per=per, as_of="2026-04", source="made up")


def plan(*costs: Cost) -> StaffingPlan:
    return staffing_plan(WORKLOAD, rules=RULES, costs={one.item: one for one in costs})


ALL_ROLES = [cost(name, 1000) for name in ("lead", "therapist", "visitor", "coordinator")]


def test_the_workforce_is_demand_over_families_each_with_lead_and_coordinator() -> None:
    found = plan()

    assert found.practitioners_wte == pytest.approx(10)
    assert found.wte == pytest.approx(10 + 2 + 1)


def test_those_who_see_families_come_into_post_in_phases() -> None:
    by_role = {one.role.name: one.wte_by_year for one in plan().roles}

    assert by_role["therapist"] == pytest.approx((3, 6))
    assert by_role["lead"] == (2, 2)


def test_families_seen_follow_the_phases() -> None:
    assert [year.families for year in plan().years] == pytest.approx([131.25, 262.5])


def test_supervision_is_a_mean_of_the_new_and_the_experienced() -> None:
    by_role = {one.role.name: one.supervision_hours for one in plan().roles}

    assert by_role["therapist"] == pytest.approx(6 * 31.5)
    assert by_role["coordinator"] == 0
    assert plan().supervision_hours == pytest.approx(12 * 31.5)


def test_a_cost_that_is_missing_leaves_the_year_unknown_and_named() -> None:
    year = plan(cost("lead", 1000)).years[0]

    assert year.cost_pence is None
    assert year.costs_missing == ("therapist", "visitor", "coordinator")


def test_costs_of_all_roles_are_multiplied_by_their_staff() -> None:
    years = plan(*ALL_ROLES).years

    assert [year.cost_pence for year in years] == [8 * 100_000, 13 * 100_000]


def test_other_costs_are_for_each_team_or_person() -> None:
    premises = cost("premises", 500, CostBasis.TEAM)
    training = cost("training", 10, CostBasis.PERSON)

    year = plan(*ALL_ROLES, premises, training).years[1]

    assert year.cost_pence == 1_300_000 + 2 * 50_000 + 13 * 1000
