"""The paired-outcome rule of 2023/24 for perinatal teams, and for the babies filed under them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nestling.science.outcome_metric.rows import Assessment, Caseload, Contact, Period, Referral
from nestling.science.outcome_metric.rules import PerinatalRules, Reading, Term, exact_score


class Strand(StrEnum):
    """Which part of the rule a referral falls under: age is looked at before the team."""

    CHILDREN = "CYP"
    PERINATAL = "Perinatal"
    COMMUNITY = "Community"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedOutcome:
    """One referral in the rule, or the first rule that lost it."""

    referral: str
    strand: Strand
    lost_by: str | None
    is_closed: bool
    contacts: int
    is_in_denominator: bool
    has_assessment: bool
    is_paired: bool


def perinatal_metric(
    caseload: Caseload, *, period: Period, rules: PerinatalRules, reading: Reading
) -> tuple[PairedOutcome, ...]:
    """Every referral's outcome in the month, in the order given.

    With ``Reading.NATIONAL`` a pair needs one and the same code, and a child's direct and indirect
    contacts are counted apart, the larger number being taken. With ``Reading.PUT_RIGHT`` an old and
    a new code of one score pair, and direct and indirect work add up.
    """
    return tuple(
        paired_outcome(referral, caseload, period=period, rules=rules, reading=reading)
        for referral in caseload.referrals
    )


def paired_outcome(
    referral: Referral,
    caseload: Caseload,
    *,
    period: Period,
    rules: PerinatalRules,
    reading: Reading,
) -> PairedOutcome:
    """One referral's outcome."""
    strand = strand_of(referral, rules)
    lost = lost_by(referral, period=period, rules=rules)
    contacts = contacts_in_year(
        caseload.contacts_of(referral), strand, period=period, rules=rules, reading=reading
    )
    is_closed = period.holds(referral.closed)
    days = ((referral.closed if is_closed else None) or period.end) - referral.received
    limit = rules.closed_after_days if is_closed else rules.open_after_days
    counts = lost is None and contacts > rules.contacts_more_than and days.days > limit
    rows = [row for row in caseload.assessments_of(referral) if row.on <= period.end]
    series = valid_series(rows, strand, rules=rules, reading=reading)
    return PairedOutcome(
        referral=referral.referral,
        strand=strand,
        lost_by=lost,
        is_closed=is_closed,
        contacts=contacts,
        is_in_denominator=counts,
        has_assessment=counts and bool(series),
        is_paired=counts and any(max(days) > min(days) for days in series.values()),
    )


def strand_of(referral: Referral, rules: PerinatalRules) -> Strand:
    """The part of the rule: everybody under 18 first, then the perinatal team."""
    if referral.age is not None and referral.age <= rules.cohort.oldest:
        return Strand.CHILDREN
    if referral.team_type == rules.perinatal_team_type:
        return Strand.PERINATAL
    return Strand.COMMUNITY


def is_kept_team(referral: Referral, rules: PerinatalRules) -> bool:
    """Whether the team is listed or blank, or the person a child whose team is not left out."""
    if referral.team_type is None or referral.team_type in rules.adult_team_types:
        return True
    return rules.cohort.is_child(referral) and not rules.cohort.is_excluded_team(referral)


def is_due(referral: Referral, period: Period, rules: PerinatalRules) -> bool:
    """Whether a referral closed in the month, or has been open for longer than the rule's days."""
    if referral.closed is not None and referral.closed < period.start:
        return False
    open_days = (period.end - referral.received).days
    return period.holds(referral.closed) or open_days > rules.open_after_days


#: The cohort as an ordered list of named rules: each says whether a referral stays.
COHORT: dict[str, Callable[[Referral, Period, PerinatalRules], bool]] = {
    "team_type_kept": lambda row, _, rules: is_kept_team(row, rules),
    "not_rejected": lambda row, _, __: row.rejected is None,
    "english_or_blank": lambda row, _, rules: rules.cohort.is_in_area(row),
    "no_hospital_spell": lambda row, _, __: not row.has_hospital_spell,
    "closed_in_month_or_open_long": is_due,
}


def lost_by(referral: Referral, *, period: Period, rules: PerinatalRules) -> str | None:
    """The name of the first rule that loses a referral; ``None`` when it is in."""
    return next(
        (name for name, stays in COHORT.items() if not stays(referral, period, rules)), None
    )


def contacts_in_year(
    contacts: Iterable[Contact],
    strand: Strand,
    *,
    period: Period,
    rules: PerinatalRules,
    reading: Reading,
) -> int:
    """How many contacts of the financial year so far count in a strand."""
    year = [row for row in contacts if period.year_start() <= row.on <= period.end]
    indirect = sum(row.is_indirect for row in year)
    direct = [row for row in year if not row.is_indirect and row.attendance in rules.attendance]
    if strand is Strand.PERINATAL:
        return sum(row.mechanism in rules.face_to_face for row in direct)
    heard = sum(row.mechanism is not None and is_heard(row, rules) for row in direct)
    if strand is Strand.COMMUNITY:
        return heard
    return heard + indirect if reading is Reading.PUT_RIGHT else max(heard, indirect)


def is_heard(contact: Contact, rules: PerinatalRules) -> bool:
    """Whether a direct contact was more than a written message."""
    return contact.mechanism not in rules.not_a_contact


def valid_series(
    rows: Iterable[Assessment], strand: Strand, *, rules: PerinatalRules, reading: Reading
) -> dict[str, list[date]]:
    """The days on which each score was validly given, by its code; put right, by its term."""
    series: dict[str, list[date]] = {}
    for row in rows:
        term = rules.terms.get(row.code)
        if term is None or not is_valid(row, term):
            continue
        if strand is Strand.CHILDREN and not term.is_for_children:
            continue
        name = term.code if reading is Reading.NATIONAL else term.term
        series.setdefault(name, []).append(row.on)
    return series


def is_valid(row: Assessment, term: Term) -> bool:
    """Whether a score is a number in its range."""
    score = exact_score(row.score)
    return score is not None and term.low <= score <= term.high
