"""The numbers of the need, capacity and cost model, each with its source."""

from nestling.reference.parameters.loader import (
    EffectScenario,
    Exposure,
    MultiRiskCheck,
    NeedParameters,
    RiskWeighting,
    Source,
    need_parameters,
)

__all__ = [
    "EffectScenario",
    "Exposure",
    "MultiRiskCheck",
    "NeedParameters",
    "RiskWeighting",
    "Source",
    "need_parameters",
]
