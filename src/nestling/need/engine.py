"""From areas to their figures: reads reference data, asks science, returns typed results.

Free of Django: the command, the pages and the reports all come through `study`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nestling.need.asked import GIVEN, StudyArea, areas_asked
from nestling.need.choices import Choices, chosen_parameters, chosen_scenarios
from nestling.need.notes import notes_on
from nestling.reference.parameters import NeedParameters, Source, need_parameters
from nestling.reference.populations.babies import PROXY
from nestling.science.draws import Figure, Model, Parameter
from nestling.science.need import Estimate, FigureName, Scenario, estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """The answer: each scenario's estimate over the areas, and all that it rests on."""

    areas: tuple[StudyArea, ...]
    estimates: tuple[Estimate, ...]
    model: Model
    rules: NeedParameters
    sources: tuple[Source, ...]
    notes: tuple[str, ...]

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios that were worked out, in the order of the file."""
        return tuple(one.scenario for one in self.estimates)

    def parameters(self) -> list[Parameter]:
        """Every parameter that the study rests on: the shares in need first."""
        return [one.prevalence for one in self.scenarios] + list(self.model.parameters.values())

    def of(self, scenario: str) -> Estimate:
        """One scenario's estimate, by its name."""
        return next(one for one in self.estimates if one.scenario.name == scenario)

    def figure(self, name: FigureName, *, scenario: str, area: int = 0) -> Figure | None:
        """One figure of one area (by its place), or None where it is not known."""
        return self.of(scenario).figures(name)[area]


def study(
    areas: Sequence[StudyArea], choices: Choices | None = None, *, notes: Sequence[str] = ()
) -> Study:
    """Need, demand, help and cost for some areas under one scenario or all of them.

    Raises `NeedError` for a scenario or a parameter that does not exist or cannot be so.
    """
    chosen, rules = choices or Choices(), need_parameters()
    scenarios = chosen_scenarios(chosen, rules=rules)
    model = Model(parameters=chosen_parameters(chosen, rules=rules), sampling=chosen.sampling)
    counts = [area.babies() for area in areas]
    return Study(
        areas=tuple(areas),
        estimates=tuple(estimate(counts, scenario=one, model=model) for one in scenarios),
        model=model,
        rules=rules,
        sources=sources_of(areas, model=model, scenarios=scenarios, rules=rules),
        notes=(*notes, *notes_on(areas, scenarios=scenarios, choices=chosen, rules=rules)),
    )


def study_of(*asked: str, choices: Choices | None = None) -> Study:
    """The study of areas by code or name, with the provision that we ship.

    Raises `AreaNameError` for an area that is unknown or ambiguous.
    """
    found, notes = areas_asked(asked)
    return study(found, choices, notes=notes)


def sources_of(
    areas: Sequence[StudyArea],
    *,
    model: Model,
    scenarios: Sequence[Scenario],
    rules: NeedParameters,
) -> tuple[Source, ...]:
    """Every source that a study rests on, once each."""
    used = [source for one in scenarios for source in one.prevalence.sources]
    used += [source for one in model.parameters.values() for source in one.sources]
    bases = {area.counted.births_basis for area in areas}
    if bases - {GIVEN, PROXY}:
        used.append("ons_births")
    if bases & {PROXY, "mixed"}:
        used.append("nrs_nisra_age_0")
    if any(area.code for area in areas):
        used += ["ons_population", "ons_geography"]
    return tuple(rules.sources[name] for name in dict.fromkeys(used))
