"""Sample thresholds of indicators with their sources, read into types of `science.acceptance`."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, PositiveInt, field_validator

from nestling.reference.codes import code_list
from nestling.science.acceptance import Way


class WayRow(BaseModel):
    """One way to reach a threshold, as the file writes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    domains: PositiveInt
    count: PositiveInt

    def as_way(self) -> Way:
        """The way as science reads it."""
        return Way(domains=self.domains, count=self.count)


class Threshold(BaseModel):
    """A published threshold over counts of indicators by domain, and what to be careful about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    title: str
    domains: tuple[str, ...]
    any_of: tuple[WayRow, ...]
    source: str
    caution: str

    @field_validator("domains")
    @classmethod
    def _known_domains(cls, domains: tuple[str, ...]) -> tuple[str, ...]:
        strange = sorted(code for code in domains if code not in code_list("indicator_domains"))
        if strange:
            raise ValueError(f"not in the list of domains: {', '.join(strange)}")
        return domains

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways to reach it."""
        return tuple(row.as_way() for row in self.any_of)


@cache
def threshold(code: str) -> Threshold:
    """A sample threshold by its code.

    >>> [(way.domains, way.count) for way in threshold("five_domains").ways]
    [(3, 5), (4, 4), (5, 3)]
    """
    text = files(__name__).joinpath(f"{code}.yaml").read_text(encoding="utf-8")
    return Threshold.model_validate(yaml.safe_load(text))
