"""Large counts for need: intervals, errors, totals and sites, as the model states them."""

import time

import numpy as np
import pytest

from nestling.need.asked import births_given, study_area
from nestling.need.choices import ALL, Choices
from nestling.need.engine import study
from nestling.reference.areas import AreaType, areas
from nestling.reference.parameters import need_parameters
from nestling.science.distributions import Vector
from nestling.science.draws import Figure, Model, Sampling, summary
from nestling.science.need import AreaBabies, FigureName, estimate
from nestling.science.placement import Place, Wish, place_teams, within
from tests.prove.table import report

DRAWS = 50_000
SEEDS = 200
MARKETS = 300
#: Intervals of the worked check with 4,000 births, to hold within 3 %.
INTERVALS = {FigureName.NEED: (385, 853), FigureName.DEMAND: (94, 332)}


def test_the_worked_checks_intervals_hold_for_every_seed() -> None:
    start = time.perf_counter()
    worst = 0.0

    for seed in range(SEEDS):
        found = study([births_given(4000)], Choices(sampling=Sampling(draws=DRAWS, seed=seed)))
        for name, (low, high) in INTERVALS.items():
            figure = found.figure(name, scenario="disorganised_low_risk")
            assert figure is not None
            worst = max(worst, abs(figure.low / low - 1), abs(figure.high / high - 1))

    report(
        subject="need: worked check",
        count=SEEDS * DRAWS,
        seconds=time.perf_counter() - start,
        detail=f"furthest end {worst:.1%} from the stated one",
    )
    assert worst < 0.03


def test_the_error_falls_as_one_over_the_root_of_the_draws() -> None:
    start = time.perf_counter()
    share = need_parameters().default_scenario.prevalence
    sizes = (10_000, 40_000, 160_000, 640_000)

    errors = [
        np.mean([summary(Sampling(draws=n, seed=s).shared(share)).mcse for s in range(20)])
        for n in sizes
    ]

    slope = np.polyfit(np.log(sizes), np.log(errors), 1)[0]
    report(
        subject="need: Monte Carlo error",
        count=20 * sum(sizes),
        seconds=time.perf_counter() - start,
        detail=f"falls with power {slope:.3f} of the draws",
    )
    assert slope == pytest.approx(-0.5, abs=0.03)


def test_factors_and_plain_arrays_agree_over_the_whole_country() -> None:
    start = time.perf_counter()
    held = [study_area(area.code).babies() for area in areas().of_type(AreaType.LAD)]
    rules = need_parameters()
    model = Model(parameters=rules.parameters, sampling=Sampling(draws=10_000))

    furthest = 0.0
    for scenario in rules.scenarios.values():
        found = estimate(held, scenario=scenario, model=model)
        for name in FigureName:
            figures = found.figures(name)
            quantity = found.quantities[name]
            for place in range(0, len(held), 20):
                furthest = max(furthest, _difference(quantity.draws_of(place), figures[place]))

    report(
        subject="need: factors against arrays",
        count=len(held) // 20 * len(FigureName) * len(rules.scenarios),
        seconds=time.perf_counter() - start,
        detail=f"furthest apart {furthest:.1e}",
    )
    assert furthest < 1e-9


def _difference(draws: Vector, figure: Figure | None) -> float:
    """How far the middle of the draws lies from the figure's, as a share of it."""
    if figure is None:
        return 0.0
    return float(abs(np.median(draws) - figure.median) / max(abs(figure.median), 1e-12))


def test_sites_in_made_up_countries_are_within_their_bound() -> None:
    start = time.perf_counter()
    worst = 0.0

    for seed in range(MARKETS):
        random = np.random.default_rng(seed)
        points = random.uniform(size=(120, 2))
        apart = np.linalg.norm(points[:, None] - points, axis=2)
        places = [
            Place(code=str(i), name="", unmet_need=float(need), group="all", cost_pence=1.0)
            for i, need in enumerate(random.gamma(2, 200, size=120))
        ]
        found = place_teams(places, reach=within(apart, km=0.12), wish=Wish(sites=15, gap=0.01))
        worst = max(worst, found.gap)

    report(
        subject="need: placement",
        count=MARKETS,
        seconds=time.perf_counter() - start,
        detail=f"largest gap {worst:.2%}",
    )
    assert worst <= 0.0101


def test_every_area_has_an_answer_under_every_scenario() -> None:
    start = time.perf_counter()
    held = [study_area(code) for code in sorted(areas().by_code)]

    found = study(held, Choices(scenario=ALL, sampling=Sampling(draws=10_000)))

    missing = [
        (area.name, one.scenario.name)
        for one in found.estimates
        for area, figure in zip(held, one.figures(FigureName.NEED), strict=True)
        if figure is None and not one.scenario.weighted
    ]
    report(
        subject="need: every area, every scenario",
        count=len(held) * len(found.estimates),
        seconds=time.perf_counter() - start,
        detail=f"{len(missing)} without an answer",
    )
    assert missing == []


def test_the_same_seed_gives_the_same_figures_however_often() -> None:
    rules = need_parameters()
    area = AreaBabies(code="A", name="A", births=4000, children_0_to_2=None)

    shown = {
        repr(
            estimate(
                [area],
                scenario=rules.default_scenario,
                model=Model(parameters=rules.parameters, sampling=Sampling(seed=3)),
            ).figures(FigureName.COST_PENCE)
        )
        for _ in range(50)
    }

    assert len(shown) == 1
