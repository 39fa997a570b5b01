"""Tests of cost that help may avoid."""

import numpy as np
import pytest

from nestling.science.avoided_cost import (
    Design,
    Effect,
    EffectError,
    LaterCost,
    avoided_cost,
    worth_of_lasting,
)
from nestling.science.discounting import Discounting, RateStep

ONE, NONE = np.array([1.0]), np.array([0.0])
CHILDREN = np.array([100.0])


def effect(
    *, drop: float = 0.02, attributable: float = 1, deadweight: float = 0, trial: bool = True
) -> Effect:
    return Effect(
        design=Design.TRIAL if trial else Design.BEFORE_AND_AFTER,
        drop=np.array([drop]),
        attributable=np.array([attributable]),
        deadweight=np.array([deadweight]),
    )


def later(*, rate: float = 0.0, years: int = 5, persistence: float = 1.0) -> LaterCost:
    return LaterCost(
        yearly_cost_pence=np.array([596_000.0]),
        persistence=np.array([persistence]),
        horizon_years=years,
        discounting=Discounting(steps=(RateStep(to_year=None, rate=rate),), source="made up"),
        payers={"NHS": 0.2, "family": 0.8},
        cash_releasing={"NHS": True},
    )


def test_without_discounting_each_year_counts_whole() -> None:
    found = avoided_cost(CHILDREN, effect=effect(), later=later()).asked

    assert found.total_pence == pytest.approx(100 * 0.02 * 596_000 * 5)


def test_an_effect_that_fades_is_worth_less_each_year() -> None:
    assert worth_of_lasting(later(persistence=0.5, years=3)) == pytest.approx(0.5 + 0.25 + 0.125)


def test_discounting_and_fading_multiply() -> None:
    found = worth_of_lasting(later(rate=0.25, persistence=0.5, years=2))

    assert found == pytest.approx(0.8 * 0.5 + 0.64 * 0.25)


def test_the_scenario_without_effect_always_stands_beside() -> None:
    found = avoided_cost(CHILDREN, effect=effect(), later=later())

    assert found.no_effect.total_pence == pytest.approx(0)
    assert found.no_effect.net_pence(np.array([500.0])) == pytest.approx(-500)


def test_the_split_by_payer_says_what_releases_cash() -> None:
    found = avoided_cost(CHILDREN, effect=effect(), later=later()).asked

    assert found.cash_releasing_pence == pytest.approx(0.2 * found.total_pence)
    assert found.by_payer_pence["family"] == pytest.approx(0.8 * found.total_pence)


def test_a_before_and_after_effect_is_corrected_for_both() -> None:
    corrected = effect(attributable=0.5, deadweight=0.3, trial=False)

    assert corrected.caused == pytest.approx(0.02 * 0.5 * 0.7)


@pytest.mark.parametrize(("attributable", "deadweight"), [(0.9, 0), (1, 0.1)])
def test_a_trials_effect_is_not_corrected_twice(attributable: float, deadweight: float) -> None:
    with pytest.raises(EffectError, match="trial's effect"):
        effect(attributable=attributable, deadweight=deadweight)


@pytest.mark.parametrize(("attributable", "deadweight"), [(1.2, 0), (1, -0.1)])
def test_corrections_outside_nothing_to_all_are_refused(
    attributable: float, deadweight: float
) -> None:
    with pytest.raises(EffectError, match="shares from 0 to 1"):
        effect(attributable=attributable, deadweight=deadweight, trial=False)


def test_an_effect_may_be_harm() -> None:
    found = avoided_cost(CHILDREN, effect=effect(drop=-0.01), later=later()).asked

    assert found.total_pence < 0
    assert found.chance_of_paying(np.array([1.0])) == 0


def test_the_chance_of_paying_counts_draws() -> None:
    drawn = Effect(
        design=Design.TRIAL, drop=np.array([0.0, 0.05]), attributable=ONE, deadweight=NONE
    )

    found = avoided_cost(CHILDREN, effect=drawn, later=later()).asked

    assert found.chance_of_paying(np.array([1000.0])) == 0.5
    assert found.chance_of_paying(np.array([1000.0]), times=1e9) == 0
