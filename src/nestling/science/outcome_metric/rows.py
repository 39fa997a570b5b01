"""A team's rows, as far as the national metrics read them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Rater(StrEnum):
    """Who rated, in the national code's words."""

    SELF = "Self"
    PARENT = "Parent"
    CLINICIAN = "Clinician"


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One referral; ``age`` in whole years on the day it was received."""

    referral: str
    person: str
    received: date
    closed: date | None = None
    rejected: date | None = None
    age: int | None = None
    sex: str | None = None
    team_type: str | None = None
    local_authority: str | None = None
    has_hospital_spell: bool = False
    provider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact or piece of indirect work; ``time`` as HH:MM, empty when it is not known."""

    contact: str
    referral: str
    on: date
    time: str = ""
    is_indirect: bool = False
    attendance: str | None = None
    mechanism: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One coded score as it was sent; ``respondent`` is who answered, where the record says."""

    assessment: str
    referral: str
    on: date
    code: str
    score: str
    respondent: Rater | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """All rows of a team."""

    referrals: tuple[Referral, ...]
    contacts: tuple[Contact, ...]
    assessments: tuple[Assessment, ...]

    def contacts_of(self, referral: Referral) -> list[Contact]:
        """The contacts of one referral in the order of the national code: date, time, id."""
        found = [row for row in self.contacts if row.referral == referral.referral]
        return sorted(found, key=lambda row: (row.on, row.time, row.contact))

    def assessments_of(self, referral: Referral) -> list[Assessment]:
        """The assessments of one referral by date, then by id."""
        found = [row for row in self.assessments if row.referral == referral.referral]
        return sorted(found, key=lambda row: (row.on, row.assessment))


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A reporting period: both days belong to it."""

    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in the period."""
        return day is not None and self.start <= day <= self.end

    def year_start(self) -> date:
        """The first day of the financial year in which the period ends."""
        year = self.end.year if self.end.month >= 4 else self.end.year - 1
        return date(year, 4, 1)
