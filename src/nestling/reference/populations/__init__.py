"""Births, babies and what surrounds them, by area, from open data."""

from nestling.reference.populations.babies import Babies, babies
from nestling.reference.populations.context import AreaContext, context
from nestling.reference.populations.household_risk import (
    HouseholdRiskError,
    household_risk,
    risk_index,
)

__all__ = [
    "AreaContext",
    "Babies",
    "HouseholdRiskError",
    "babies",
    "context",
    "household_risk",
    "risk_index",
]
