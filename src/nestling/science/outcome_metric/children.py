"""The children's paired-outcome and improvement metric (national code of 18 September 2025)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from nestling.science.change.reliable import Reliable
from nestling.science.outcome_metric.rows import (
    Assessment,
    Caseload,
    Period,
    Rater,
    Referral,
)
from nestling.science.outcome_metric.rules import ChildrenRules, Reading, Scale, Term, exact_score


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """One score of one rater, first to last; without a last there is no change."""

    term: str
    rater: Rater
    first: Assessment
    last: Assessment | None = None
    change: Fraction | None = None
    verdict: Reliable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterOutcome:
    """What one rater's scores come to: one worse outweighs any better."""

    has_assessment: bool
    is_paired: bool
    verdict: Reliable | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildrenOutcome:
    """One referral in the metric, or the first rule that lost it."""

    referral: str
    lost_by: str | None
    contact1: date | None = None
    contact2: date | None = None
    changes: tuple[TermChange, ...] = ()
    raters: Mapping[Rater, RaterOutcome]

    def has_assessment(self) -> bool:
        """Whether any rater's first score counts."""
        return any(rater.has_assessment for rater in self.raters.values())

    def is_paired(self) -> bool:
        """Whether any rater has a first and a last score."""
        return any(rater.is_paired for rater in self.raters.values())


@dataclass(frozen=True, slots=True)
class Scored:
    """A valid score with what the rules say of it."""

    row: Assessment
    term: Term
    value: Fraction


def children_metric(
    caseload: Caseload, *, period: Period, rules: ChildrenRules, reading: Reading
) -> tuple[ChildrenOutcome, ...]:
    """Every referral's outcome in the month, in the order given.

    With ``Reading.NATIONAL`` the oddities are kept: direction by tool, raters by term, single-
    precision differences. With ``Reading.PUT_RIGHT`` each score has its own direction, goes to
    whoever answered, and is compared exactly.
    """
    return tuple(
        outcome_of(referral, caseload, period=period, rules=rules, reading=reading)
        for referral in caseload.referrals
    )


def outcome_of(
    referral: Referral,
    caseload: Caseload,
    *,
    period: Period,
    rules: ChildrenRules,
    reading: Reading,
) -> ChildrenOutcome:
    """One referral's outcome."""
    lost = lost_by(referral, period=period, rules=rules)
    if lost is not None or referral.closed is None:
        return ChildrenOutcome(referral=referral.referral, lost_by=lost, raters={})
    contacts = [
        row.on
        for row in caseload.contacts_of(referral)
        if rules.is_contact(row, referral) and row.on <= referral.closed
    ]
    first, second = [*contacts[:2], None, None][:2]
    rows = [row for row in caseload.assessments_of(referral) if row.on <= referral.closed]
    scored = valid_scores(rows, referral, rules=rules, reading=reading)
    changes = changes_of(scored, first, second, reading=reading)
    return ChildrenOutcome(
        referral=referral.referral,
        lost_by=None,
        contact1=first,
        contact2=second,
        changes=changes,
        raters={rater: rater_outcome(changes, rater, second) for rater in Rater},
    )


#: The cohort as an ordered list of named rules: each says whether a referral stays.
COHORT: dict[str, Callable[[Referral, Period, ChildrenRules], bool]] = {
    "received_since_start": lambda row, _, rules: row.received >= rules.received_from,
    "child_when_referred": lambda row, _, rules: rules.cohort.is_child(row),
    "not_rejected": lambda row, _, __: row.rejected is None,
    "closed_in_month": lambda row, period, _: period.holds(row.closed),
    "no_hospital_spell": lambda row, _, __: not row.has_hospital_spell,
    "english_or_blank": lambda row, _, rules: rules.cohort.is_in_area(row),
    "team_type_kept": lambda row, _, rules: not rules.cohort.is_excluded_team(row),
}


def lost_by(referral: Referral, *, period: Period, rules: ChildrenRules) -> str | None:
    """The name of the first rule that loses a referral; ``None`` when it is in."""
    return next(
        (name for name, stays in COHORT.items() if not stays(referral, period, rules)), None
    )


def valid_scores(
    rows: Iterable[Assessment], referral: Referral, *, rules: ChildrenRules, reading: Reading
) -> list[Scored]:
    """The numeric scores in range of listed tools; the same term, score and day twice is one."""
    seen: set[tuple[date, str, str]] = set()
    kept = []
    for row in rows:
        term = rules.terms.get(row.code)
        if term is None or not term.counts_for_children():
            continue
        value = exact_score(row.score)
        if value is None or not term.low <= value <= term.high:
            continue
        if (row.on, term.term, row.score) not in seen:
            seen.add((row.on, term.term, row.score))
            kept.append(Scored(row, term, as_read(value, referral, term, rules, reading)))
    return kept


def as_read(
    value: Fraction, referral: Referral, term: Term, rules: ChildrenRules, reading: Reading
) -> Fraction:
    """A score as it is compared: a T score where there is a sample for it.

    The national tables hold single-precision numbers, so that is what the national reading
    compares.
    """
    sample = rules.sample(referral, term)
    is_national = reading is Reading.NATIONAL
    raw = single(value) if is_national else value
    if sample is None:
        return raw
    score = (raw - Fraction(sample.mean)) / Fraction(sample.sd) * 10 + 50
    return single(score) if is_national else score


def single(number: Fraction) -> Fraction:
    """The number that a single-precision column holds in place of this one."""
    return Fraction(float(np.float32(float(number))))


def changes_of(
    scored: Iterable[Scored], first: date | None, second: date | None, *, reading: Reading
) -> tuple[TermChange, ...]:
    """For each term and rater the first score since contact 1 and the last since contact 2."""
    if first is None:
        return ()
    grouped: dict[tuple[str, Rater], list[Scored]] = {}
    for score in scored:
        if score.row.on >= first:
            rater = score.term.rater_read(reading, score.row.respondent)
            grouped.setdefault((score.term.term, rater), []).append(score)
    return tuple(
        change_of(term, rater, scores, second, reading=reading)
        for (term, rater), scores in grouped.items()
    )


def change_of(
    term: str, rater: Rater, scores: list[Scored], second: date | None, *, reading: Reading
) -> TermChange:
    """The change of one term: several scores in between are left out, however good."""
    later = [score for score in scores[1:] if second is not None and score.row.on >= second]
    if not later:
        return TermChange(term=term, rater=rater, first=scores[0].row)
    last = later[-1]
    change = last.value - scores[0].value
    if reading is Reading.NATIONAL:
        change = single(change)
    return TermChange(
        term=term,
        rater=rater,
        first=scores[0].row,
        last=last.row,
        change=change,
        verdict=verdict_of(change, last.term, reading=reading),
    )


def verdict_of(change: Fraction, term: Term, *, reading: Reading) -> Reliable | None:
    """What a change comes to: at least the threshold, by the direction of that reading."""
    if term.threshold is None:
        return None
    threshold = Fraction(term.threshold)
    if reading is Reading.NATIONAL:
        threshold = single(threshold)
    if abs(change) < threshold:
        return Reliable.NONE
    is_up_better = term.scale_read(reading) is Scale.POSITIVE
    return Reliable.IMPROVEMENT if (change > 0) == is_up_better else Reliable.DETERIORATION


def rater_outcome(changes: Iterable[TermChange], rater: Rater, second: date | None) -> RaterOutcome:
    """What one rater's terms come to; nothing counts without a second contact."""
    mine = [change for change in changes if change.rater is rater and second is not None]
    verdicts = {change.verdict for change in mine if change.last is not None}
    order = (Reliable.DETERIORATION, Reliable.IMPROVEMENT, Reliable.NONE)
    return RaterOutcome(
        has_assessment=bool(mine),
        is_paired=any(change.last is not None for change in mine),
        verdict=next((verdict for verdict in order if verdict in verdicts), None),
    )
