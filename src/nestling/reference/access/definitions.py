"""The measures of access by age as data.

Ordered named rules, the extract's tables, rules for small counts.
"""

from datetime import date
from functools import cache
from typing import Literal, cast

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from nestling.reference.access.areas import FOLDER
from nestling.science.disclosure import DisclosureRule

Kind = Literal["text", "whole", "date"]
#: The ending of a measure's name where only providers present in both periods are counted.
SAME_PROVIDERS = "_same_providers"
#: Between the name of a measure and that of a part of it, such as those seen in some weeks.
PART = ":"


class Entry(BaseModel):
    """A piece of reference data: frozen, with no field that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleEntry(BaseModel):
    """One named rule: its words, its source and the codes or limits that it reads."""

    model_config = ConfigDict(frozen=True, extra="allow")

    name: str
    words: str
    source: str
    version: str

    def numbers(self, key: str) -> list[int]:
        """One of the rule's lists of limits."""
        return list((self.model_extra or {})[key])

    def codes(self, key: str = "codes") -> list[str]:
        """One of the rule's lists of codes."""
        return list((self.model_extra or {})[key])

    def number(self, key: str) -> int:
        """One of the rule's limits."""
        return int((self.model_extra or {})[key])

    def share(self, key: str) -> float:
        """One of the rule's shares."""
        return float((self.model_extra or {})[key])

    def word(self, key: str) -> str:
        """One of the rule's single codes."""
        return str((self.model_extra or {})[key])


class MeasureEntry(Entry):
    """One measure: what it counts and the rules that it applies, in order."""

    name: str
    words: str
    version: str
    of: Literal["people", "referrals", "days", "percent", "providers"]
    rules: tuple[str, ...]
    needs: dict[str, tuple[str, ...]] = {}
    adds_up: bool = True
    at_a_date: bool = False
    england_only: bool = False
    oldest: int | None = None
    nth: int | None = None
    percentile: int | None = None
    weeks: int | None = None
    counted_as: str | None = None

    @property
    def is_count(self) -> bool:
        """True for a number of people or referrals, false for days, shares and providers."""
        return self.of in {"people", "referrals"}

    @property
    def areas_add_up(self) -> bool:
        """True where areas add up to England: a referral is in one area, a child may be in two."""
        return self.of == "referrals"


class Definitions(Entry):
    """Every rule and measure of one version, and what no check of small counts covers."""

    version: str
    not_covered: tuple[str, ...]
    rules: dict[str, RuleEntry]
    measures: dict[str, MeasureEntry]

    def measure(self, name: str) -> MeasureEntry:
        """The measure of a name, of a part of it, or of the same at providers of both periods."""
        return self.measures[name.removesuffix(SAME_PROVIDERS).partition(PART)[0]]

    @model_validator(mode="after")
    def every_rule_is_known(self) -> "Definitions":
        """A measure may only name rules that are declared, and every declared rule is used."""
        used = {rule for measure in self.measures.values() for rule in measure.rules}
        if used != set(self.rules):
            raise ValueError(f"rules and measures differ: {sorted(used ^ set(self.rules))}")
        return self


class ExtractTable(Entry):
    """One table of the extract: the columns that it must have and those read where present."""

    name: str
    required: dict[str, Kind]
    optional: dict[str, Kind]
    only_for: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, Kind]:
        """Every column that is read, required first."""
        return {**self.required, **self.optional}


class Break(Entry):
    """A day on which the national series changed, so that before and after are not alike."""

    since: date
    words: str
    source: str


class Question(Entry):
    """A question asked in Parliament and the figures that answer it."""

    number: str
    title: str
    asked: date
    question: str
    measures: tuple[str, ...]
    ages: str
    by: tuple[str, ...]
    cautions: tuple[str, ...]
    compares: bool = False


def read(name: str) -> dict[str, object]:
    """One of this folder's YAML files."""
    text = FOLDER.joinpath(name).read_text(encoding="utf-8")
    return cast("dict[str, object]", yaml.safe_load(text))


def entries(name: str, key: str) -> dict[str, dict[str, object]]:
    """The named entries under one key of a YAML file."""
    return cast("dict[str, dict[str, object]]", read(name)[key])


@cache
def definitions() -> Definitions:
    """The rules and measures, checked against each other.

    >>> definitions().measures["children_ge1"].rules[-1]
    'at_least_one'
    """
    version = str(read("measures.yaml")["version"])
    own: dict[str, object] = {"version": version}
    return Definitions.model_validate(
        {
            "version": version,
            "not_covered": read("disclosure.yaml")["not_covered"],
            "rules": {
                k: {**own, "name": k, **v} for k, v in entries("measures.yaml", "rules").items()
            },
            "measures": {
                k: {**own, "name": k, **v} for k, v in entries("measures.yaml", "measures").items()
            },
        }
    )


@cache
def extract_tables() -> dict[str, ExtractTable]:
    """The tables that an access figure reads, by their official names."""
    found = entries("extract.yaml", "tables")
    return {name: ExtractTable.model_validate({"name": name, **v}) for name, v in found.items()}


@cache
def disclosure_rules() -> dict[str, DisclosureRule]:
    """The rules for small counts by name: ``strict``, ``nhs-england`` and ``none``.

    >>> disclosure_rules()["strict"].hide_below
    5
    """
    return {name: rule_from(name, v) for name, v in entries("disclosure.yaml", "rules").items()}


class RuleFile(Entry):
    """A disclosure rule as it stands in its file."""

    hide_below: int
    hide_zero: bool
    round_to: int
    exact_at: frozenset[str]
    secondary: bool
    median_needs: int
    ninetieth_needs: int
    source: str
    version: str


def rule_from(name: str, values: dict[str, object]) -> DisclosureRule:
    """Science's rule out of a checked entry."""
    return DisclosureRule(name=name, **RuleFile.model_validate(values).model_dump())


@cache
def breaks() -> tuple[Break, ...]:
    """The breaks in the national series, oldest first."""
    found = cast("list[dict[str, object]]", read("breaks.yaml")["breaks"])
    return tuple(sorted((Break.model_validate(row) for row in found), key=lambda row: row.since))


@cache
def questions() -> dict[str, Question]:
    """The questions asked in Parliament by their numbers."""
    found = entries("questions.yaml", "questions")
    return {number: Question.model_validate({"number": number, **v}) for number, v in found.items()}
