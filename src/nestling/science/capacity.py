"""What one worker and one team can do in a year, and how many of each a demand takes."""

from dataclasses import dataclass
from math import ceil, isnan

import numpy as np

from nestling.science.distributions import Vector
from nestling.science.draws import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingYear:
    """One whole-time equivalent's year: weeks, hours a week, and the share spent with families."""

    weeks: float
    hours_per_week: float
    direct_share: float
    hours_per_family: float

    @property
    def hours(self) -> float:
        """Hours in the year: weeks times hours a week."""
        return self.weeks * self.hours_per_week

    @property
    def direct_hours(self) -> float:
        """Hours left for families after work with the system, supervision and administration."""
        return self.hours * self.direct_share

    @property
    def families(self) -> float:
        """Families that one whole-time equivalent can see in a year.

        >>> year = WorkingYear(weeks=42, hours_per_week=37.5, direct_share=0.5, hours_per_family=30)
        >>> year.hours, year.families
        (1575.0, 26.25)
        """
        return self.direct_hours / self.hours_per_family


def direct_share(*, system: float, supervision: float, administration: float) -> float:
    """The share of hours left for families.

    Raises `ValueError` where nothing is left.

    >>> direct_share(system=0.2, supervision=0.1, administration=0.2)
    0.5
    """
    left = 1 - system - supervision - administration
    if left <= 0:
        raise ValueError("work with the system, supervision and administration leave no hours")
    return round(left, 12)


def families_per_wte(
    *, weeks: Vector, hours_per_week: Vector, direct: Vector, hours_per_family: Vector
) -> Vector:
    """Families that one whole-time equivalent can see in a year, draw by draw."""
    return np.asarray(weeks * hours_per_week * direct / hours_per_family)


def draws_of_families_per_wte(model: Model) -> Vector:
    """Families per whole-time equivalent under the model's parameters."""
    return families_per_wte(
        weeks=model.draws("weeks"),
        hours_per_week=model.draws("hours_per_week"),
        direct=model.draws("direct_share"),
        hours_per_family=model.draws("hours_per_family"),
    )


def draws_of_families_per_team(model: Model) -> Vector:
    """Families that a team can see in a year: as measured, or from its size if that is set.

    F = f times WTE when `wte_per_team` has a value, otherwise the parameter `families_per_team`.
    """
    size = model.parameters["wte_per_team"].value()
    if isnan(size):
        return model.draws("families_per_team")
    return draws_of_families_per_wte(model) * model.draws("wte_per_team")


def whole_teams(teams: float) -> int:
    """Teams to fund: no part of a team can be opened.

    >>> whole_teams(1.5), whole_teams(2.0)
    (2, 2)
    """
    return ceil(round(teams, 9))


def supervision_hours(*, people: float, hours_each: float, wte_each: float = 1.0) -> float:
    """Hours of reflective supervision a year, pro rata for part-timers.

    >>> supervision_hours(people=4, hours_each=42, wte_each=0.5)
    84.0
    """
    return people * hours_each * wte_each
