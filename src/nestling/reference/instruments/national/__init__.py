"""The national outcome rules: codes, thresholds and who is in, read from their files."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from nestling.reference.base import Entry, Words, load
from nestling.science.outcome_metric import (
    ChildrenRules,
    Cohort,
    ContactRule,
    PerinatalRules,
    Rater,
    Sample,
    Scale,
    Term,
)

FOLDER = Path(__file__).parent


class ContactEntry(Entry):
    """What counts as a contact until a day, by the mechanisms allowed or refused."""

    before: date | None = None
    attendance: frozenset[str]
    allowed: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    online_allowed: frozenset[str]

    def to_rule(self) -> ContactRule:
        """The rule as science reads it."""
        return ContactRule(
            before=self.before,
            attendance=self.attendance,
            allowed=self.allowed,
            refused=self.refused,
            online_allowed=self.online_allowed,
        )


class CohortEntry(Entry):
    """Who is in."""

    excluded_team_types: frozenset[str]
    area_prefix: Words
    oldest: int

    def to_cohort(self) -> Cohort:
        """The cohort as science reads it."""
        return Cohort(
            excluded_team_types=self.excluded_team_types,
            area_prefix=self.area_prefix,
            oldest=self.oldest,
        )


class ChildrenFile(Entry):
    """The children's metric."""

    title: Words
    source: Words
    received_from: date
    cohort: CohortEntry
    contact_rules: list[ContactEntry]
    online_providers: frozenset[str]
    oddities: list[Words]


class PerinatalFile(Entry):
    """The paired-outcome rule for perinatal teams."""

    title: Words
    source: Words
    cohort: CohortEntry
    perinatal_team_type: Words
    adult_team_types: frozenset[str]
    closed_after_days: int
    open_after_days: int
    contacts_more_than: int
    face_to_face: frozenset[str]
    attendance: frozenset[str]
    not_a_contact: frozenset[str]
    oddities: list[Words]


@cache
def children_file() -> ChildrenFile:
    """What the file of the children's metric says."""
    return load(FOLDER / "children-2025-09.yaml", ChildrenFile)


@cache
def perinatal_file() -> PerinatalFile:
    """What the file of the perinatal rule says."""
    return load(FOLDER / "perinatal-2023-24.yaml", PerinatalFile)


@cache
def children_rules() -> ChildrenRules:
    """The children's metric as science reads it."""
    file = children_file()
    return ChildrenRules(
        received_from=file.received_from,
        cohort=file.cohort.to_cohort(),
        contact_rules=tuple(entry.to_rule() for entry in file.contact_rules),
        online_providers=file.online_providers,
        terms=terms(),
        samples=samples(),
    )


@cache
def perinatal_rules() -> PerinatalRules:
    """The perinatal rule as science reads it."""
    file = perinatal_file()
    return PerinatalRules(
        cohort=file.cohort.to_cohort(),
        perinatal_team_type=file.perinatal_team_type,
        adult_team_types=file.adult_team_types,
        closed_after_days=file.closed_after_days,
        open_after_days=file.open_after_days,
        contacts_more_than=file.contacts_more_than,
        face_to_face=file.face_to_face,
        attendance=file.attendance,
        not_a_contact=file.not_a_contact,
        terms=terms(),
    )


@cache
def terms() -> dict[str, Term]:
    """Every coded score of the national list, by SNOMED CT code."""
    return {row["code"]: to_term(row) for row in rows("assessments.csv")}


def to_term(row: dict[str, str]) -> Term:
    """One row of the list."""
    return Term(
        code=row["code"],
        term=row["term"],
        tool=row["tool"],
        version=row["version"],
        low=int(row["low"]),
        high=int(row["high"]),
        is_for_children=row["cypmh"] == "Y",
        instrument=row["instrument"] or None,
        rater=Rater(row["rater"]) if row["rater"] else None,
        threshold=Decimal(row["threshold"]) if row["threshold"] else None,
        scale=Scale(row["scale"]) if row["scale"] else None,
        right_rater=Rater(row["right_rater"]) if row["right_rater"] else None,
        right_scale=Scale(row["right_scale"]) if row["right_scale"] else None,
    )


def samples() -> dict[tuple[str, int, str], Sample]:
    """The samples for T scores, by sex, age and term."""
    return {
        (row["sex"], int(row["age"]), row["term"]): Sample(
            mean=Decimal(row["mean"]), sd=Decimal(row["sd"])
        )
        for row in rows("rcads.csv")
    }


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one table."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def counts_for_children(instrument: str) -> bool:
    """Whether an instrument is in the children's tool list, so that a pair of it counts."""
    return any(
        term.counts_for_children() for term in terms().values() if term.instrument == instrument
    )


def can_be_submitted(instrument: str) -> bool:
    """Whether the national list has a code for it, so that a perinatal pair counts."""
    return any(term.instrument == instrument for term in terms().values())
