"""Tests of the value of information against closed forms and nested draws."""

import numpy as np
import pytest

from nestling.science.value_of_information import (
    DecisionError,
    TeamDecision,
    of_everything,
    of_one,
    value_of_information,
)

DRAWS = 40_000
RANDOM = np.random.default_rng(5)
X = RANDOM.normal(size=DRAWS)
Y = RANDOM.normal(size=DRAWS)
#: E[max(0, Z)] for a standard normal Z: one over the root of two pi.
HALF_NORMAL = 1 / np.sqrt(2 * np.pi)


def test_knowing_everything_is_worth_what_the_closed_form_says() -> None:
    benefits = np.column_stack([np.zeros(DRAWS), X])

    assert of_everything(benefits) == pytest.approx(HALF_NORMAL, rel=0.05)


def test_knowing_one_of_two_unknowns_is_worth_its_part() -> None:
    benefits = np.column_stack([np.zeros(DRAWS), 3 * X + Y])

    assert of_one(benefits, draws=X) == pytest.approx(3 * HALF_NORMAL, rel=0.05)
    assert of_one(benefits, draws=Y) == pytest.approx(HALF_NORMAL, rel=0.05)


def test_a_bent_relation_is_followed() -> None:
    benefits = np.column_stack([np.zeros(DRAWS), X**2 - 1])

    exact = np.maximum(X**2 - 1, 0).mean()
    assert of_one(benefits, draws=X) == pytest.approx(exact, rel=0.05)


def test_knowing_what_does_not_vary_is_worth_nothing() -> None:
    benefits = np.column_stack([np.zeros(DRAWS), X])

    assert of_one(benefits, draws=np.ones(DRAWS)) == 0


def test_one_unknown_is_never_worth_more_than_all() -> None:
    benefits = np.column_stack([np.zeros(DRAWS), X + Y, 2 * X])

    found = value_of_information(
        TeamDecision(options=(0, 1, 2), pence_per_family=1),
        net_benefits=benefits,
        parameters={"x": X, "y": Y},
    )

    assert max(found.of_each_pence.values()) <= found.of_everything_pence
    assert sum(found.chance_best.values()) == pytest.approx(1)


def test_teams_help_no_more_families_than_would_come() -> None:
    decision = TeamDecision(options=(0, 1, 2), pence_per_family=1000)

    benefits = decision.net_benefits(
        unmet_demand=np.array([150.0]),
        families_per_team=np.array([100.0]),
        cost_per_team_pence=np.array([60_000.0]),
    )

    assert benefits.tolist() == [[0, 100_000 - 60_000, 150_000 - 120_000]]


@pytest.mark.parametrize("options", [(0,), (1, 1), (-1, 2)], ids=str)
def test_a_decision_without_a_choice_is_refused(options: tuple[int, ...]) -> None:
    with pytest.raises(DecisionError, match="two or more numbers"):
        TeamDecision(options=options, pence_per_family=1)


def test_a_family_helped_must_be_worth_something() -> None:
    with pytest.raises(DecisionError, match="more than nothing"):
        TeamDecision(options=(0, 1), pence_per_family=0)
