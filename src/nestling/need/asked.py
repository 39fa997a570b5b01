"""The areas that a study is about: their counts, and what is known of help there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nestling.reference.areas import Area, areas, resolve
from nestling.reference.populations import Babies, babies, risk_index
from nestling.reference.populations.household_risk import SHIPPED
from nestling.reference.provision import Seen, Statement, seen_in, shipped_statements
from nestling.science.need import AreaBabies

#: The basis of births that a user gave.
GIVEN = "given"
GIVEN_PERIOD = "one year"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """A service's own data in place of ours: statements of provision, household risk."""

    statements: tuple[Statement, ...] | None = None
    household_risk: Path = SHIPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyArea:
    """One area as it is studied: its counts, and what is known of help there."""

    code: str
    name: str
    counted: Babies
    seen: Seen | None
    risk_index: float | None

    def babies(self) -> AreaBabies:
        """The counts that science computes with."""
        return AreaBabies(
            code=self.code,
            name=self.name,
            births=self.counted.births,
            children_0_to_2=self.counted.children_0_to_2,
            families_seen=self.seen.families if self.seen else None,
            risk_index=self.risk_index,
        )


def areas_asked(
    asked: Sequence[str], *, own: OwnData | None = None
) -> tuple[list[StudyArea], list[str]]:
    """The areas that codes or names mean, once each, with notes on codes that have changed.

    Raises `AreaNameError` with suggestions for one that is unknown or ambiguous.
    """
    found: dict[str, Area] = {}
    notes: list[str] = []
    for one in asked:
        meant = resolve(one)
        found |= {area.code: area for area in meant.areas}
        notes += meant.notes
    return [study_area(code, own=own) for code in found], notes


def study_area(code: str, *, own: OwnData | None = None) -> StudyArea:
    """One area by its code, with a service's own data or those that we ship."""
    given = own or OwnData()
    held = shipped_statements() if given.statements is None else given.statements
    return StudyArea(
        code=code,
        name=areas().by_code[code].name,
        counted=babies()[code],
        seen=seen_in(code, statements=held),
        risk_index=risk_index(code, path=given.household_risk),
    )


def births_given(births: int) -> StudyArea:
    """A number of births in no place in particular: nothing else is known of it."""
    counted = Babies(
        code="",
        name=f"{births:,} births",
        births=births,
        births_basis=GIVEN,
        births_period=GIVEN_PERIOD,
        age_0=None,
        age_1=None,
        age_2=None,
        population_date="",
        exact=True,
    )
    return StudyArea(code="", name=counted.name, counted=counted, seen=None, risk_index=None)


def with_births(area: StudyArea, *, births: int) -> StudyArea:
    """A real area with a number of births of the user's own."""
    counted = replace(area.counted, births=births, births_basis=GIVEN, births_period=GIVEN_PERIOD)
    return replace(area, counted=counted)
