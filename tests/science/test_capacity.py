"""Tests of what a worker and a team can do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.science.capacity import WorkingYear, direct_share, supervision_hours, whole_teams


def test_a_working_year_is_that_of_the_guide() -> None:
    year = WorkingYear(weeks=42, hours_per_week=37.5, direct_share=0.5, hours_per_family=30)

    assert (year.hours, year.direct_hours) == (1575, 787.5)
    assert year.families == pytest.approx(26, abs=0.5)


def test_hours_that_leave_nothing_for_families_are_refused() -> None:
    with pytest.raises(ValueError, match="leave no hours"):
        direct_share(system=0.5, supervision=0.3, administration=0.2)


@given(teams=st.floats(0, 1000))
def test_whole_teams_are_enough_and_not_one_too_many(teams: float) -> None:
    assert teams - 1e-6 <= whole_teams(teams) < teams + 1 + 1e-6


def test_supervision_is_pro_rata() -> None:
    assert supervision_hours(people=2, hours_each=42, wte_each=0.5) == 42
