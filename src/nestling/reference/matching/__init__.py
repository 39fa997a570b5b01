"""The weights and limits of possible duplicates, with their basis, read into `science.matching`."""

from functools import cache
from pathlib import Path

from pydantic import Field, PositiveInt

from nestling.reference.base import Entry, Words, load
from nestling.science.matching import Level, MatchingRules


class LevelRow(Entry):
    """How often records of one person (m) and of two people (u) agree like this."""

    m: float = Field(gt=0, lt=1)
    u: float = Field(gt=0, lt=1)


class Trait(Entry):
    """The levels of one trait and what they rest on."""

    basis: Words
    levels: dict[str, LevelRow]


class Limits(Entry):
    """From where names are alike, dates near, and evidence enough."""

    basis: Words
    alike_from: float = Field(gt=0, lt=1)
    near_days: PositiveInt
    due_near_days: PositiveInt
    born_near_due_days: PositiveInt
    possible_from: float
    likely_from: float


class Batch(Entry):
    """What the batch over all records needs besides."""

    basis: Words
    one_pair_in: PositiveInt


class Candidates(Entry):
    """How many rows are compared at most as a person is added."""

    basis: Words
    rows_of_each_key: PositiveInt
    rows_in_all: PositiveInt


class MatchingFile(Entry):
    """The whole file."""

    title: Words
    source: Words
    traits: dict[str, Trait]
    limits: Limits
    batch: Batch
    candidates: Candidates


@cache
def person_matching() -> MatchingFile:
    """The rules as the file gives them, with their source."""
    return load(Path(__file__).parent / "persons.yaml", MatchingFile)


@cache
def matching_rules() -> MatchingRules:
    """The rules as `science.matching` takes them.

    >>> rules = matching_rules()
    >>> round(rules.levels["number"]["same"].weight, 1), rules.possible_from < rules.likely_from
    (19.9, True)
    """
    file = person_matching()
    levels = {
        name: {key: Level(m=row.m, u=row.u) for key, row in trait.levels.items()}
        for name, trait in file.traits.items()
    }
    limits = file.limits
    return MatchingRules(
        levels=levels,
        alike_from=limits.alike_from,
        near_days=limits.near_days,
        due_near_days=limits.due_near_days,
        born_near_due_days=limits.born_near_due_days,
        possible_from=limits.possible_from,
        likely_from=limits.likely_from,
    )
