"""Tests of what matters most and what knowing more is worth."""

import pytest

from nestling.need.asked import births_given
from nestling.need.choices import Choices, NeedError
from nestling.need.decisions import chances_of_breaking_even, tornado_of, worth_knowing
from nestling.need.engine import study, study_of
from nestling.science.draws import Sampling
from nestling.science.need import FigureName


def test_families_per_team_moves_teams_most() -> None:
    bars = tornado_of(study_of("Leeds"), FigureName.TEAMS)

    assert bars[0].parameter == "families_per_team"
    assert bars[1].parameter == "prevalence:disorganised_low_risk"


def test_measuring_families_per_team_is_worth_more_than_refining_prevalence() -> None:
    found = worth_knowing(study_of("Leeds"), pence_per_family=400_000).found

    assert found.of_each_pence["families_per_team"] > found.of_each_pence["prevalence"]


def test_families_seen_are_taken_off_what_more_teams_could_help() -> None:
    leeds = worth_knowing(study_of("Leeds"), pence_per_family=1_000_000)

    assert (leeds.families_seen, leeds.provision_known) == (130, True)


def test_a_decision_for_births_alone_has_no_provision() -> None:
    found = worth_knowing(study([births_given(4000)]), pence_per_family=1_000_000)

    assert (found.families_seen, found.provision_known) == (0, False)


def test_the_chance_of_breaking_even_rises_with_what_comes_true() -> None:
    chances = chances_of_breaking_even(study_of("Leeds"))

    assert list(chances.values()) == sorted(chances.values())
    assert 0.4 < chances[0.10] < 0.65


def test_a_study_at_points_has_no_worth_of_knowing_more() -> None:
    with pytest.raises(NeedError, match="needs draws"):
        worth_knowing(
            study_of("Leeds", choices=Choices(sampling=Sampling(draws=0))), pence_per_family=1
        )


def test_a_scenario_that_is_not_available_has_no_decision() -> None:
    cardiff = study_of("Cardiff", choices=Choices(scenario="risk_weighted"))

    with pytest.raises(NeedError, match="demand in Cardiff is not known"):
        worth_knowing(cardiff, pence_per_family=1)


def test_a_tornado_needs_a_point_and_a_figure_that_is_known() -> None:
    with pytest.raises(NeedError, match="has no point value"):
        tornado_of(
            study_of("Leeds", choices=Choices(scenario="distorted_relationships")),
            FigureName.TEAMS,
        )
    with pytest.raises(NeedError, match="coverage of Cardiff is not known"):
        tornado_of(study_of("Cardiff"), FigureName.COVERAGE)
