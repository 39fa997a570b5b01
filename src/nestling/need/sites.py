"""Where the next teams do most good: places and their unmet need, the solver's choice, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from nestling.need.asked import OwnData, StudyArea, study_area
from nestling.need.choices import Choices, NeedError
from nestling.need.engine import Study, study
from nestling.reference.areas import Area, AreaType, areas, membership, resolve
from nestling.reference.parameters import need_parameters
from nestling.reference.populations import babies
from nestling.reference.provision import Statement
from nestling.science.distances import straight_line_km, weighted_centre
from nestling.science.draws import Sampling
from nestling.science.need import FigureName
from nestling.science.placement import (
    Place,
    Placement,
    PlacementError,
    Reach,
    Wish,
    place_teams,
    same_boundary,
    within,
)

#: Boundaries that a site may be held to, in place of a distance.
OWN, HEALTH_AREA = "own", "health_area"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteQuestion:
    """How many sites or how much money, among which areas, and how far each reaches."""

    wish: Wish
    by: AreaType = AreaType.UTLA
    inside: str = ""
    reach_km: float | None = None
    boundary: str = ""
    scenario: str = ""
    statements: tuple[Statement, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAnswer:
    """The placement, the places it speaks of by their number, and what a reader must know."""

    placement: Placement
    places: tuple[Place, ...]
    studied: tuple[StudyArea, ...]
    points: tuple[tuple[float, float], ...]
    reach_words: str
    families_a_team: float
    cost_pence: float
    scenario: str
    notes: tuple[str, ...]


def best_sites(question: SiteQuestion) -> SiteAnswer:
    """The sites that bring the most unmet need within reach, with the bound on any choice.

    Raises `NeedError` for a question that has no answer, `AreaNameError` for an unknown area.
    """
    inside, notes = _inside(question)
    chosen = [study_area(area.code, own=OwnData(statements=question.statements)) for area in inside]
    found = study(chosen, Choices(scenario=question.scenario, sampling=Sampling(draws=0)))
    points = [centre(area.code) for area in chosen]
    places = _places(found)
    reach, words = _reach(question, places=places, points=points)
    try:
        placement = place_teams(places, reach=reach, wish=question.wish)
    except PlacementError as error:
        raise NeedError(str(error)) from error
    return SiteAnswer(
        placement=placement,
        places=tuple(places),
        studied=tuple(chosen),
        points=tuple(points),
        reach_words=words,
        families_a_team=found.model.parameters["families_per_team"].value(),
        cost_pence=sum(places[site.place].cost_pence for site in placement.sites),
        scenario=found.scenarios[0].name,
        notes=(*notes, *_notes(chosen, words=words)),
    )


def centre(code: str) -> tuple[float, float]:
    """Longitude and latitude of an area: its districts' centroids, weighted by births."""
    districts, counted = areas().districts, babies()
    parts = membership(code)
    return weighted_centre(
        [(districts[lad].longitude, districts[lad].latitude) for lad in parts],
        weights=[(counted[lad].births or 0) * share for lad, share in parts.items()],
    )


def _inside(question: SiteQuestion) -> tuple[list[Area], tuple[str, ...]]:
    """The areas of the kind asked for, all of them or those inside another."""
    every = areas().of_type(question.by)
    if not question.inside:
        return every, ()
    meant = resolve(question.inside)
    around = {lad for area in meant.areas for lad in membership(area.code)}
    found = [area for area in every if set(membership(area.code)) <= around]
    if not found:
        raise NeedError(f"no {question.by.value} lies within {question.inside}")
    return found, meant.notes


def _places(found: Study) -> list[Place]:
    """Each area with its unmet need: what is known to be seen is taken off, never what is not."""
    estimate = found.estimates[0]
    needs = estimate.points(FigureName.NEED)
    if all(need is None for need in needs):
        name = estimate.scenario.name
        raise NeedError(f"{name} has no point value here: choose another scenario to place teams")
    cost = found.model.parameters["cost_per_team_pence"].value()
    return [
        Place(
            code=area.code,
            name=area.name,
            unmet_need=max((need or 0.0) - (area.seen.at_least if area.seen else 0.0), 0.0),
            group=_region(area.code),
            cost_pence=cost,
        )
        for area, need in zip(found.areas, needs, strict=True)
    ]


def _region(code: str) -> str:
    return areas().districts[next(iter(membership(code)))].region


def _reach(
    question: SiteQuestion, *, places: Sequence[Place], points: Sequence[tuple[float, float]]
) -> tuple[Reach, str]:
    """Which places a site reaches, and that in words."""
    if question.boundary == OWN:
        return same_boundary([place.code for place in places]), "its own area"
    if question.boundary == HEALTH_AREA:
        groups = [_health_area(place.code) for place in places]
        return same_boundary(groups), "its own health area"
    km = question.reach_km or need_parameters().placement.reach_km
    words = f"{km:g} km in a straight line between centroids"
    return within(straight_line_km(points), km=km), words


def _health_area(code: str) -> str:
    return areas().districts[next(iter(membership(code)))].health_area


def _notes(studied: Sequence[StudyArea], *, words: str) -> list[str]:
    unknown = [area for area in studied if area.seen is None or area.seen.state != "known"]
    found = [
        f"Within reach means {words}; a team sees only as many families as it can.",
        "Need is at its point value; what is known to be seen is taken off.",
    ]
    if unknown:
        found.append(
            f"Provision is not known, or known in part, in {len(unknown)} of {len(studied)} areas: "
            "all their need that nobody has stated as seen is counted as unmet, which may be "
            "too much."
        )
    named = [area.name for area in unknown if area.seen and area.seen.state == "partial"]
    if named:
        found.append(f"A service is named, its families not stated: {', '.join(named)}.")
    if any(area.counted.births_basis != "births" for area in studied):
        found.append("In Scotland and Northern Ireland the population aged 0 stands in for births.")
    return found
