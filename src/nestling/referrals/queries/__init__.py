"""What this room reads."""

from nestling.referrals.queries.criteria import (
    age_limit_months,
    counted_domains,
    criteria_of,
    criteria_row,
    public_teams,
)

__all__ = [
    "age_limit_months",
    "counted_domains",
    "criteria_of",
    "criteria_row",
    "public_teams",
]
