"""Speed and memory of need: every UK local authority under every scenario, and placing 40 teams.

Measured: (1) the figures of 361 districts under all scenarios with 10,000 draws, from data in
memory to figures with intervals; (2) the same, printed as JSON; (3) the same with births as
projections, drawn for each district; (4) sites for 40 teams among 218 upper-tier authorities to a
gap of 1%; (5) a map of the UK.
Targets on 2 cores: (1) under 5 seconds and 1 GB, (4) under 10 seconds.

    .venv/bin/python bench/need.py [--quick]
"""

import json
import resource
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from nestling.need.as_json import study_as_json
from nestling.need.asked import StudyArea, study_area
from nestling.need.choices import ALL, Choices
from nestling.need.engine import study
from nestling.need.sites import SiteQuestion, best_sites
from nestling.reference.areas import AreaType, areas
from nestling.reference.geography import Layer, boundaries
from nestling.reference.parameters import need_parameters
from nestling.science.distributions import Pert
from nestling.science.draws import Model, Sampling
from nestling.science.need import FigureName, estimate
from nestling.science.placement import Wish
from nestling.ui.charts.maps import AreaValue, MapWords, choropleth

if TYPE_CHECKING:
    from collections.abc import Callable

DRAWS = 10_000
QUICK_DRAWS = 2_000
TEAMS = 40


def main(words: list[str]) -> int:
    """Print one row for each measurement."""
    draws = QUICK_DRAWS if "--quick" in words else DRAWS
    held = [study_area(area.code) for area in areas().of_type(AreaType.LAD)]
    jobs: dict[str, Callable[[], object]] = {
        f"{len(held)} districts, all scenarios, {draws:,} draws": lambda: all_figures(
            held, draws=draws
        ),
        "the same, as the JSON that is printed": lambda: as_json(held, draws=draws),
        "the same, births drawn for each district": lambda: all_local(held, draws=draws),
        f"{TEAMS} teams among upper-tier authorities": place_forty,
        "a map of 361 districts": lambda: draw_map(held),
    }
    print(f"{'what':<52} {'seconds':>8} {'peak MB':>8}")
    for name, job in jobs.items():
        start = time.perf_counter()
        job()
        seconds = time.perf_counter() - start
        print(f"{name:<52} {seconds:>8.2f} {peak_mb():>8.0f}")
    return 0


def all_figures(held: list[StudyArea], *, draws: int) -> int:
    """How many figures were made."""
    found = study(held, Choices(scenario=ALL, sampling=Sampling(draws=draws)))
    return sum(len(one.figures(name)) for one in found.estimates for name in FigureName)


def as_json(held: list[StudyArea], *, draws: int) -> int:
    """How long the JSON is."""
    found = study(held, Choices(scenario=ALL, sampling=Sampling(draws=draws)))
    return len(json.dumps(study_as_json(found)))


def all_local(held: list[StudyArea], *, draws: int) -> int:
    """How many figures were made with a projection of births for each district."""
    rules = need_parameters()
    spread = Pert(low=0.9, mode=1.0, high=1.1)
    counts = [replace(area.babies(), births_spread=spread) for area in held]
    model = Model(parameters=rules.parameters, sampling=Sampling(draws=draws))
    made = 0
    for scenario in rules.scenarios.values():
        found = estimate(counts, scenario=scenario, model=model)
        made += sum(len(found.figures(name)) for name in FigureName)
    return made


def place_forty() -> float:
    """The gap that was proved."""
    return best_sites(SiteQuestion(wish=Wish(sites=TEAMS, gap=0.01))).placement.gap


def draw_map(held: list[StudyArea]) -> int:
    """The size of the map."""
    found = study(held, Choices(sampling=Sampling(draws=0))).estimates[0]
    values = [
        AreaValue(code=area.code, name=area.name, value=value)
        for area, value in zip(held, found.points(FigureName.NEED), strict=True)
    ]
    words = MapWords(title="Babies in need", unit="Babies a year")
    return len(choropleth(boundaries(Layer.LAD), values, breaks=[250, 500], words=words).svg)


def peak_mb() -> float:
    """The most memory that this program has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
