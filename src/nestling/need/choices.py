"""How a study is worked out: which scenarios, which values, how many draws, whose provision."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nestling.reference.parameters import NeedParameters
from nestling.science.capacity import direct_share
from nestling.science.draws import Parameter, ParameterError, Sampling, with_values
from nestling.science.need import Scenario

#: The word that asks for every scenario, side by side.
ALL = "all"
#: The share in need belongs to its scenario; this is its name to a user.
PREVALENCE = "prevalence"
SHARES_OF_HOURS = ("system_share", "supervision_share", "admin_share")


class NeedError(ValueError):
    """What was asked for cannot be worked out; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """One scenario (the labelled default if empty) or all, the draws, and the user's values."""

    scenario: str = ""
    sampling: Sampling = field(default_factory=Sampling)
    values: Mapping[str, float] = field(default_factory=dict)


def chosen_scenarios(choices: Choices, *, rules: NeedParameters) -> list[Scenario]:
    """The scenarios asked for, with the user's prevalence if set.

    Raises `NeedError` for a scenario that does not exist, or one prevalence for all of them.
    """
    if choices.scenario == ALL:
        if PREVALENCE in choices.values:
            raise NeedError("prevalence differs by scenario: name one scenario to set it")
        return list(rules.scenarios.values())
    name = choices.scenario or rules.default_scenario.name
    if name not in rules.scenarios:
        known = ", ".join(rules.scenarios)
        raise NeedError(f"there is no scenario {name!r}: it is one of {known}, or {ALL}")
    return [_with_prevalence(rules.scenarios[name], values=choices.values)]


def chosen_parameters(choices: Choices, *, rules: NeedParameters) -> dict[str, Parameter]:
    """The parameters with the user's values, and what follows from them.

    Raises `NeedError` for a parameter that does not exist, or values that exclude each other.
    """
    values = {name: value for name, value in choices.values.items() if name != PREVALENCE}
    if {"wte_per_team", "families_per_team"} <= set(values):
        raise NeedError("set wte_per_team or families_per_team: one is worked out from the other")
    unknown = sorted(set(values) - set(rules.parameters))
    if unknown:
        known = ", ".join([PREVALENCE, *rules.parameters])
        raise NeedError(f"there is no parameter {unknown[0]!r}: it is one of {known}")
    try:
        return with_values(rules.parameters, _with_direct_share(values))
    except ParameterError as error:
        raise NeedError(str(error)) from error


def _with_prevalence(scenario: Scenario, *, values: Mapping[str, float]) -> Scenario:
    if PREVALENCE not in values:
        return scenario
    share = replace(scenario.prevalence, name=PREVALENCE)
    try:
        return replace(scenario, prevalence=share.set_to(values[PREVALENCE]))
    except ParameterError as error:
        raise NeedError(str(error)) from error


def _with_direct_share(values: dict[str, float]) -> dict[str, float]:
    """The user's values, with the direct share worked out where its three parts were set."""
    if not any(name in values for name in SHARES_OF_HOURS):
        return values
    if not all(name in values for name in SHARES_OF_HOURS) or "direct_share" in values:
        raise NeedError(f"set all of {', '.join(SHARES_OF_HOURS)}, or direct_share alone")
    try:
        left = direct_share(
            system=values["system_share"],
            supervision=values["supervision_share"],
            administration=values["admin_share"],
        )
    except ValueError as error:
        raise NeedError(str(error)) from error
    return {**values, "direct_share": left}
