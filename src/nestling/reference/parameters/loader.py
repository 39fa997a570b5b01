"""Reads the parameter files into the types that science computes with."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nestling.reference.base import Entry, Place, Words, load
from nestling.reference.parameters.rows import ParameterRow, ScenarioRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nestling.science.draws import Parameter
    from nestling.science.need import Scenario

HERE = Path(__file__).parent


class Source(Entry):
    """Where a number was read, and how much of the source we have seen."""

    id: Words
    title: Words
    url: str = ""
    year: str
    licence: str = ""
    read: Words


class Exposure(Entry):
    """One group of homes and the share of babies in need within it."""

    indicator: Words
    share_in_need: float
    source: Words


class RiskWeighting(Entry):
    """How household risk moves an area's share in need around the nation's."""

    nation: Words
    exposures: tuple[Exposure, ...]


class MultiRiskCheck(Entry):
    """A cross-check that is printed beside the scenarios and never used to estimate."""

    nation: Words
    two_factors: int
    three_factors: int
    two_source: Words
    against: Words
    reach_at_most: float
    sentence: Words


class EffectScenario(Entry):
    """How many poor outcomes fewer the help is taken to leave."""

    name: Words
    title: Words
    drop_in_poor_outcome: float


class PlacementRules(Entry):
    """How far a site reaches, how exact its choice must be, and which areas are sites."""

    reach_km: float
    gap: float
    by: Words
    assumption: bool
    sources: tuple[Words, ...]
    note: str = ""


class DecisionRules(Entry):
    """The numbers of further teams that are weighed, and shares of the claim that are tried."""

    more_teams: tuple[int, ...]
    claim_shares: tuple[float, ...]


class Payer(Entry):
    """One who bears a part of the yearly cost, and whether a saving would release cash."""

    name: Words
    title: Words
    pence_a_year: int
    cash_releasing: bool


class PayerSplit(Entry):
    """Who bears the yearly cost of the poor outcome, from one source."""

    source: Words
    note: str
    split: tuple[Payer, ...]

    def shares(self) -> dict[str, float]:
        """Each payer's share of the yearly cost."""
        whole = sum(payer.pence_a_year for payer in self.split)
        return {payer.name: payer.pence_a_year / whole for payer in self.split}


class NeedFile(Entry):
    """`need.yaml`."""

    parameters: tuple[ParameterRow, ...]
    avoided_cost: tuple[ParameterRow, ...]
    effect_scenarios: tuple[EffectScenario, ...]
    horizons_years: tuple[int, ...]
    placement: PlacementRules
    decision: DecisionRules
    payers: PayerSplit


class ScenarioFile(Entry):
    """`scenarios.yaml`."""

    scenarios: tuple[ScenarioRow, ...]
    risk_weighting: RiskWeighting
    multi_risk_check: MultiRiskCheck


class SourceFile(Entry):
    """`sources.yaml`."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedParameters:
    """Everything that the model reads from files, checked and ready to compute with."""

    parameters: "dict[str, Parameter]"
    avoided_cost: "dict[str, Parameter]"
    effect_scenarios: tuple[EffectScenario, ...]
    horizons_years: tuple[int, ...]
    placement: PlacementRules
    decision: DecisionRules
    payers: PayerSplit
    scenarios: "dict[str, Scenario]"
    risk_weighting: RiskWeighting
    multi_risk_check: MultiRiskCheck
    sources: dict[str, Source]

    @property
    def default_scenario(self) -> "Scenario":
        """The scenario that is shown when none is named, and labelled so."""
        return next(scenario for scenario in self.scenarios.values() if scenario.default)


@cache
def need_parameters(folder: Path = HERE) -> NeedParameters:
    """The parameters, scenarios and sources in a folder; by default those that we ship.

    Raises `ReferenceDataError` with each fault's file and line.
    """
    sources = load(folder / "sources.yaml", SourceFile).sources
    ids = {source.id for source in sources}

    def known_need(file: NeedFile) -> "Iterator[tuple[Place, str]]":
        yield from _unknown_sources("parameters", file.parameters, ids=ids)
        yield from _unknown_sources("avoided_cost", file.avoided_cost, ids=ids)

    def known_scenarios(file: ScenarioFile) -> "Iterator[tuple[Place, str]]":
        yield from _unknown_sources("scenarios", file.scenarios, ids=ids)
        if sum(row.default for row in file.scenarios) != 1:
            yield ("scenarios",), "exactly one scenario must be the default"

    need = load(folder / "need.yaml", NeedFile, checks=[known_need])
    named = load(folder / "scenarios.yaml", ScenarioFile, checks=[known_scenarios])
    return NeedParameters(
        parameters={row.name: row.build() for row in need.parameters},
        avoided_cost={row.name: row.build() for row in need.avoided_cost},
        effect_scenarios=need.effect_scenarios,
        horizons_years=need.horizons_years,
        placement=need.placement,
        decision=need.decision,
        payers=need.payers,
        scenarios={row.name: row.build() for row in named.scenarios},
        risk_weighting=named.risk_weighting,
        multi_risk_check=named.multi_risk_check,
        sources={source.id: source for source in sources},
    )


def _unknown_sources(
    key: str, rows: "Sequence[ParameterRow | ScenarioRow]", *, ids: set[str]
) -> "Iterator[tuple[Place, str]]":
    for position, row in enumerate(rows):
        for source in row.sources:
            if source not in ids:
                yield (key, position, "sources"), f"{row.name}: unknown source {source!r}"


class FormulaRow(Entry):
    """What one figure is, where it is worked out, and what it does not say."""

    figure: Words
    title: Words
    formula: Words
    module: Words
    limit: Words


class FormulaFile(Entry):
    """`formulas.yaml`."""

    formulas: tuple[FormulaRow, ...]
    uncertainty: tuple[Words, ...]


@cache
def need_formulas() -> FormulaFile:
    """Every formula in words, for the methods page and for the notes beside figures."""
    return load(HERE / "formulas.yaml", FormulaFile)


class MapRow(Entry):
    """How one figure is shaded on a map."""

    figure: Words
    title: Words
    unit: Words
    decimals: int
    breaks: dict[str, tuple[float, ...]]


class MapFile(Entry):
    """`maps.yaml`."""

    figures: tuple[MapRow, ...]


@cache
def map_rows() -> dict[str, MapRow]:
    """How each figure is shaded, by its name."""
    return {row.figure: row for row in load(HERE / "maps.yaml", MapFile).figures}
