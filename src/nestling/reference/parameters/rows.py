"""How the parameter files are written, and the science types that their rows become."""

from pydantic import model_validator

from nestling.reference.base import Entry, Words
from nestling.science.distributions import (
    Beta,
    Distribution,
    Gamma,
    Lognormal,
    Normal,
    Pert,
    Uniform,
)
from nestling.science.draws import Parameter, Scope
from nestling.science.need import Scenario
from nestling.science.units import NAMED_UNITS, SHARE

Pair = tuple[float, float]


class DistributionRow(Entry):
    """One distribution, named by the numbers that describe it."""

    uniform: Pair | None = None
    beta: Pair | None = None
    pert: tuple[float, float, float] | None = None
    lognormal_limits: Pair | None = None
    normal: Pair | None = None
    beta_mean: float | None = None
    sd: float | None = None
    gamma_mean: float | None = None
    cv: float | None = None

    @model_validator(mode="after")
    def _one_whole_shape(self) -> "DistributionRow":
        self.build()
        return self

    def build(self) -> Distribution:
        """The distribution; a `ValueError` where the numbers describe none."""
        if self.beta_mean is not None and self.sd is not None:
            return Beta.from_mean(mean=self.beta_mean, sd=self.sd)
        if self.gamma_mean is not None and self.cv is not None:
            return Gamma(mean=self.gamma_mean, cv=self.cv)
        if self.pert is not None:
            return Pert(low=self.pert[0], mode=self.pert[1], high=self.pert[2])
        return self._of_pair()

    def _of_pair(self) -> Distribution:
        if self.uniform is not None:
            return Uniform(low=self.uniform[0], high=self.uniform[1])
        if self.beta is not None:
            return Beta(alpha=self.beta[0], beta=self.beta[1])
        if self.lognormal_limits is not None:
            low, high = self.lognormal_limits
            return Lognormal.from_limits(low=low, high=high)
        if self.normal is not None:
            return Normal(mean=self.normal[0], sd=self.normal[1])
        raise ValueError("a distribution needs all the numbers of one shape")


class ParameterRow(Entry):
    """One parameter as the file states it."""

    name: Words
    meaning: Words
    unit: Words
    point: float | None
    distribution: DistributionRow | None = None
    scope: Scope = Scope.SHARED
    assumption: bool = False
    sources: tuple[Words, ...]
    note: str = ""

    @model_validator(mode="after")
    def _known_unit(self) -> "ParameterRow":
        if self.unit not in NAMED_UNITS:
            raise ValueError(f"unknown unit {self.unit!r}: one of {', '.join(NAMED_UNITS)}")
        return self

    def build(self) -> Parameter:
        """The parameter that science computes with."""
        return Parameter(
            name=self.name,
            meaning=self.meaning,
            unit=NAMED_UNITS[self.unit],
            point=self.point,
            distribution=self.distribution.build() if self.distribution else None,
            scope=self.scope,
            assumption=self.assumption,
            sources=self.sources,
            note=self.note.strip(),
        )


class ScenarioRow(Entry):
    """One scenario of need as the file states it."""

    name: Words
    title: Words
    meaning: Words
    point: float | None
    distribution: DistributionRow | None = None
    assumption: bool = False
    weighted: bool = False
    default: bool = False
    sources: tuple[Words, ...]
    cautions: tuple[Words, ...] = ()

    def build(self) -> Scenario:
        """The scenario, with its share in need as a parameter named after it."""
        share = Parameter(
            name=f"prevalence:{self.name}",
            meaning=f"Share of babies in need: {self.meaning}",
            unit=SHARE,
            point=self.point,
            distribution=self.distribution.build() if self.distribution else None,
            assumption=self.assumption,
            sources=self.sources,
        )
        return Scenario(
            name=self.name,
            title=self.title,
            meaning=self.meaning,
            prevalence=share,
            weighted=self.weighted,
            default=self.default,
            cautions=self.cautions,
        )
