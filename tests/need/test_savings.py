"""Tests of what help may avoid later."""

from datetime import date

import pytest

from nestling.need.choices import Choices, NeedError
from nestling.need.engine import study_of
from nestling.need.savings import savings
from nestling.science.avoided_cost import Design

TODAY = date(2026, 3, 10)


def test_help_that_does_nothing_comes_first_and_avoids_nothing() -> None:
    found = savings(study_of("Leeds"), design=Design.TRIAL, on=TODAY)

    assert found[0].effect.name == "no_effect"
    assert found[0].avoided_pence.high == 0
    assert found[0].net_pence.median < 0
    assert found[0].chance_of_paying == 0


def test_every_effect_is_shown_over_every_horizon() -> None:
    found = savings(study_of("Leeds"), design=Design.TRIAL, on=TODAY)

    assert [one.horizon_years for one in found] == [5, 16, 60] * 3


def test_a_before_and_after_effect_is_worth_less_than_a_trials() -> None:
    leeds = study_of("Leeds")

    trial = savings(leeds, design=Design.TRIAL, on=TODAY)[-1]
    before_and_after = savings(leeds, design=Design.BEFORE_AND_AFTER, on=TODAY)[-1]

    assert before_and_after.avoided_pence.median < 0.5 * trial.avoided_pence.median


def test_what_is_avoided_is_split_between_payers() -> None:
    last = savings(study_of("Leeds"), design=Design.TRIAL, on=TODAY)[-1]

    parts = sum(one.mean for one in last.by_payer_pence.values())
    assert parts == pytest.approx(last.avoided_pence.mean)
    assert last.by_payer_pence["family"].mean == pytest.approx(4637 / 5960 * parts)


def test_savings_of_unknown_demand_are_refused() -> None:
    cardiff = study_of("Cardiff", choices=Choices(scenario="risk_weighted"))

    with pytest.raises(NeedError, match="is not known"):
        savings(cardiff, design=Design.TRIAL, on=TODAY)
