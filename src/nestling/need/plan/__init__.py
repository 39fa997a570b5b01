"""A team's plan: from an area's demand to staff, supervision, capacity, waits and a document."""

from nestling.need.plan.compose import PlanQuestion, TeamPlan, plan_team
from nestling.need.plan.write import UnknownFormatError, write_plan

__all__ = ["PlanQuestion", "TeamPlan", "UnknownFormatError", "plan_team", "write_plan"]
