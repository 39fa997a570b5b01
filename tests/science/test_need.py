"""Tests of need, demand, teams and cost."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.reference.parameters import need_parameters
from nestling.science.distributions import Pert
from nestling.science.draws import Model, ParameterError, Sampling, Scope, summary
from nestling.science.need import AreaBabies, FigureName, Scenario, estimate
from nestling.science.units import PEOPLE, PEOPLE_A_YEAR, UnitError

RULES = need_parameters()
DEFAULT = RULES.default_scenario
EXACT = Sampling(draws=0)
DRAWN = Sampling(draws=2000, seed=3)
#: UK births of the newest year that is held.
UK_BIRTHS = 667_144


def model(sampling: Sampling = EXACT, **values: float) -> Model:
    changed = {name: RULES.parameters[name].set_to(value) for name, value in values.items()}
    return Model(parameters={**RULES.parameters, **changed}, sampling=sampling)


def area(
    births: float | None = 4000,
    *,
    children_0_to_2: float | None = None,
    families_seen: float | None = None,
    risk_index: float | None = None,
) -> AreaBabies:
    return AreaBabies(
        code="A",
        name="A",
        births=births,
        children_0_to_2=children_0_to_2,
        families_seen=families_seen,
        risk_index=risk_index,
    )


def with_share(share: float) -> Scenario:
    return Scenario(
        name="made_up", title="", meaning="", prevalence=DEFAULT.prevalence.set_to(share)
    )


def test_the_worked_check_comes_out_to_the_pound() -> None:
    found = estimate([area()], scenario=DEFAULT, model=model())

    assert found.points(FigureName.NEED) == [pytest.approx(600)]
    assert found.points(FigureName.DEMAND) == [pytest.approx(195)]
    assert found.points(FigureName.TEAMS) == [pytest.approx(1.5)]
    assert found.points(FigureName.COST_PENCE) == [pytest.approx(71_550_000)]


@given(births=st.integers(1, 100_000), more=st.integers(1, 10_000))
def test_need_rises_with_births(births: int, more: int) -> None:
    found = estimate([area(births), area(births + more)], scenario=DEFAULT, model=model())

    fewer_need, more_need = found.points(FigureName.NEED)
    assert fewer_need is not None
    assert more_need is not None
    assert more_need > fewer_need


@given(share=st.floats(0.01, 0.9), more=st.floats(0.001, 0.1))
def test_need_rises_with_prevalence(share: float, more: float) -> None:
    low = estimate([area()], scenario=with_share(share), model=model())
    high = estimate([area()], scenario=with_share(share + more), model=model())

    assert (high.points(FigureName.NEED)[0] or 0) > (low.points(FigureName.NEED)[0] or 0)


def test_the_stock_is_another_count_in_another_unit() -> None:
    found = estimate([area(children_0_to_2=12_000)], scenario=DEFAULT, model=model())

    assert found.points(FigureName.NEED_STOCK) == [pytest.approx(1800)]
    assert found.quantities[FigureName.NEED].unit == PEOPLE_A_YEAR
    assert found.quantities[FigureName.NEED_STOCK].unit == PEOPLE
    with pytest.raises(UnitError):
        found.quantities[FigureName.NEED].minus(found.quantities[FigureName.NEED_STOCK])


def test_unknown_provision_is_not_known_and_never_zero() -> None:
    found = estimate([area()], scenario=DEFAULT, model=model())

    assert found.points(FigureName.FAMILIES_SEEN) == [None]
    assert found.points(FigureName.COVERAGE) == [None]
    assert found.points(FigureName.GAP) == [None]


def test_no_families_seen_is_a_coverage_of_zero() -> None:
    found = estimate([area(families_seen=0)], scenario=DEFAULT, model=model())

    assert found.points(FigureName.COVERAGE) == [0]
    assert found.points(FigureName.GAP) == [pytest.approx(600)]


def test_coverage_and_gap_come_from_families_seen() -> None:
    found = estimate([area(families_seen=150)], scenario=DEFAULT, model=model())

    assert found.points(FigureName.COVERAGE) == [pytest.approx(0.25)]
    assert found.points(FigureName.GAP) == [pytest.approx(450)]


def test_births_that_are_not_held_leave_need_unknown() -> None:
    found = estimate([area(None)], scenario=DEFAULT, model=model())

    assert found.points(FigureName.NEED) == [None]
    assert found.points(FigureName.COST_PER_FAMILY_PENCE) == [None]


def test_a_scenario_without_a_point_has_no_exact_figures() -> None:
    scenario = RULES.scenarios["distorted_relationships"]

    found = estimate([area(families_seen=1)], scenario=scenario, model=model())

    assert [found.points(name) for name in FigureName] == [[None]] * len(FigureName)


def test_a_scenario_without_an_interval_shows_need_as_a_point() -> None:
    scenario = RULES.scenarios["regulatory"]

    found = estimate([area()], scenario=scenario, model=model(DRAWN))

    need = found.figures(FigureName.NEED)[0]
    demand = found.figures(FigureName.DEMAND)[0]
    assert need is not None
    assert (need.low, need.median, need.high) == (800, 800, 800)
    assert need.interval_known is False
    assert demand is not None
    assert demand.low < demand.high


def test_a_weighted_scenario_is_not_available_without_an_index() -> None:
    scenario = RULES.scenarios["risk_weighted"]

    found = estimate([area(), area(risk_index=1.2)], scenario=scenario, model=model())

    assert found.points(FigureName.NEED) == [None, pytest.approx(720)]
    assert found.points(FigureName.COST_PER_FAMILY_PENCE)[0] is None


def test_a_shared_unknown_is_the_same_in_every_area() -> None:
    found = estimate([area(4000), area(8000)], scenario=DEFAULT, model=model(DRAWN))

    need = found.quantities[FigureName.NEED]
    assert need.draws_of(1) == pytest.approx(2 * need.draws_of(0))


def test_a_uk_totals_interval_is_as_wide_as_its_shared_unknowns() -> None:
    areas = [area(UK_BIRTHS / 361) for _ in range(361)]

    found = estimate(areas, scenario=DEFAULT, model=model(Sampling(draws=20_000)))

    total = summary(found.total(FigureName.NEED) / UK_BIRTHS)
    assert total.low == pytest.approx(0.10, abs=0.005)
    assert total.high == pytest.approx(0.21, abs=0.005)


def test_a_projection_of_births_is_drawn_for_its_area_alone() -> None:
    spread = Pert(low=0.9, mode=1.0, high=1.1)
    projected = AreaBabies(
        code="B", name="B", births=4000, children_0_to_2=None, births_spread=spread
    )

    found = estimate([area(), projected], scenario=with_share(0.15), model=model(DRAWN))

    counted, drawn = found.figures(FigureName.NEED)
    assert counted is not None
    assert drawn is not None
    assert counted.low == counted.high == pytest.approx(600)
    assert 540 < drawn.low < 600 < drawn.high < 660


def test_projections_average_out_over_areas_while_shared_unknowns_do_not() -> None:
    spread = Pert(low=0.9, mode=1.0, high=1.1)
    many = [
        AreaBabies(code=str(i), name="", births=1000, children_0_to_2=None, births_spread=spread)
        for i in range(100)
    ]

    found = estimate(many, scenario=with_share(0.15), model=model(DRAWN))

    total = summary(found.total(FigureName.NEED))
    one = found.figures(FigureName.NEED)[0]
    assert one is not None
    assert (total.high - total.low) / total.median < 0.2 * (one.high - one.low) / one.median


def test_a_teams_size_replaces_the_measured_families_per_team() -> None:
    found = estimate([area()], scenario=DEFAULT, model=model(wte_per_team=4.0))

    assert found.points(FigureName.TEAMS) == [pytest.approx(195 / (26.25 * 4))]


def test_the_same_seed_gives_the_same_bytes() -> None:
    first = estimate([area()], scenario=DEFAULT, model=model(DRAWN))
    again = estimate([area()], scenario=DEFAULT, model=model(DRAWN))

    assert np.array_equal(first.total(FigureName.COST_PENCE), again.total(FigureName.COST_PENCE))
    assert first.figures(FigureName.TEAMS) == again.figures(FigureName.TEAMS)


def test_a_share_in_need_that_is_not_one_for_the_country_is_refused() -> None:
    local = replace(DEFAULT, prevalence=replace(DEFAULT.prevalence, scope=Scope.LOCAL))

    with pytest.raises(ParameterError, match="one share for the country"):
        estimate([area()], scenario=local, model=model())


def test_figures_are_summarised_once_however_often_they_are_read() -> None:
    found = estimate([area()], scenario=DEFAULT, model=model(DRAWN))

    assert found.figures(FigureName.NEED) is found.figures(FigureName.NEED)
    assert found.points(FigureName.NEED) is found.points(FigureName.NEED)
