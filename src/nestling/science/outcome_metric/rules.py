"""The national rules as data: who is in, what is a contact, which scores count, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from nestling.science.outcome_metric.rows import Contact, Rater, Referral

#: A score may have so many digits before or after the point.
LONGEST = 30


class Reading(StrEnum):
    """Which way to read the rules: to check a national figure, or to know what is true."""

    NATIONAL = "national"
    PUT_RIGHT = "put_right"


class Scale(StrEnum):
    """Which way a score is taken to get better, in the national code's words."""

    POSITIVE = "Positive"
    NEGATIVE = "Negative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One coded score: its term, its range and, where it is listed for children, how it is judged.

    ``rater`` and ``scale`` are the national code's; ``right_rater`` and ``right_scale`` say what is
    true where that differs.
    """

    code: str
    term: str
    tool: str
    version: str
    low: int
    high: int
    is_for_children: bool
    instrument: str | None = None
    rater: Rater | None = None
    threshold: Decimal | None = None
    scale: Scale | None = None
    right_rater: Rater | None = None
    right_scale: Scale | None = None

    def counts_for_children(self) -> bool:
        """Whether the score is in the tool list of the children's metric."""
        return self.rater is not None

    def scale_read(self, reading: Reading) -> Scale | None:
        """Which way is better in that reading."""
        return self.right_scale or self.scale if reading is Reading.PUT_RIGHT else self.scale

    def rater_read(self, reading: Reading, respondent: Rater | None) -> Rater:
        """Who rated: nationally by the term alone; put right, whoever answered if that is known."""
        if self.rater is None:
            raise ValueError(f"“{self.term}” is not in the children's tool list")
        if reading is Reading.NATIONAL:
            return self.rater
        return respondent or self.right_rater or self.rater


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The mean and SD by which a raw score becomes a T score."""

    mean: Decimal
    sd: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRule:
    """What counts as a contact in a stretch of months, by mechanisms allowed or refused."""

    before: date | None
    attendance: frozenset[str]
    allowed: frozenset[str]
    refused: frozenset[str]
    online_allowed: frozenset[str]

    def counts(self, contact: Contact, *, is_online: bool) -> bool:
        """Whether an activity is a contact: indirect work, or attended by such a mechanism."""
        if contact.is_indirect:
            return True
        if contact.attendance not in self.attendance or contact.mechanism is None:
            return False
        if is_online and contact.mechanism in self.online_allowed:
            return True
        if self.allowed:
            return contact.mechanism in self.allowed
        return contact.mechanism not in self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Who is in: limits that both metrics share in kind."""

    excluded_team_types: frozenset[str]
    area_prefix: str
    oldest: int

    def is_in_area(self, referral: Referral) -> bool:
        """Whether the local authority is English or not given."""
        area = referral.local_authority
        return not area or area.startswith(self.area_prefix)

    def is_child(self, referral: Referral) -> bool:
        """Whether the person was a child when referred; not if the age is not known."""
        return referral.age is not None and 0 <= referral.age <= self.oldest

    def is_excluded_team(self, referral: Referral) -> bool:
        """Whether the team is of a type left out; a team without a type is kept."""
        return referral.team_type in self.excluded_team_types


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildrenRules:
    """The children's metric as the national code has it."""

    received_from: date
    cohort: Cohort
    contact_rules: tuple[ContactRule, ...]
    online_providers: frozenset[str]
    terms: Mapping[str, Term]
    samples: Mapping[tuple[str, int, str], Sample]

    def is_contact(self, contact: Contact, referral: Referral) -> bool:
        """Whether an activity counts as a contact by the rule of its month."""
        rule = next(
            rule for rule in self.contact_rules if rule.before is None or contact.on < rule.before
        )
        return rule.counts(contact, is_online=referral.provider in self.online_providers)

    def sample(self, referral: Referral, term: Term) -> Sample | None:
        """The sample for a T score, where the term has one for that sex and age."""
        if referral.sex is None or referral.age is None:
            return None
        return self.samples.get((referral.sex, referral.age, term.term))


@dataclass(frozen=True, slots=True, kw_only=True)
class PerinatalRules:
    """The 2023/24 paired-outcome rules for perinatal teams, and for the children they sweep up."""

    cohort: Cohort
    perinatal_team_type: str
    adult_team_types: frozenset[str]
    closed_after_days: int
    open_after_days: int
    contacts_more_than: int
    face_to_face: frozenset[str]
    attendance: frozenset[str]
    not_a_contact: frozenset[str]
    terms: Mapping[str, Term]


def exact_score(text: str) -> Fraction | None:
    """The score that was sent, exactly; ``None`` when it is not a number."""
    try:
        number = Decimal(text.strip())
    except ArithmeticError:
        return None
    # No score in the list is longer than this; a longer one is refused before it is written out.
    is_plain = number.is_finite() and abs(number.adjusted()) <= LONGEST
    return Fraction(number) if is_plain else None
