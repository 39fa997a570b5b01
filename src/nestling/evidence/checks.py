"""Everything that is wrong, old, unused or contradictory in the register and its use."""

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from nestling.evidence import arithmetic
from nestling.evidence.results import CheckResult
from nestling.evidence.series import counts_over_time
from nestling.reference.claims.values import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from nestling.evidence.uses import Use
    from nestling.reference.claims import Contradiction, Register

ARITHMETIC = (
    arithmetic.shares_of_their_base,
    arithmetic.groups_larger_than_their_base,
    arithmetic.totals_of_their_parts,
    arithmetic.answers_up_to_a_point,
    arithmetic.one_value_two_age_bands,
    arithmetic.ends_of_the_window,
    counts_over_time,
    arithmetic.counts_tenfold_apart,
)


def check(reg: "Register", *, on: "date", uses: "Sequence[Use]") -> list[CheckResult]:
    """Every result, arithmetic first; those that fail are those that somebody must act on."""
    results = [answered(reg, result) for run in ARITHMETIC for result in run(reg)]
    results += past_review(reg, on=on)
    results += unknown_references(reg, uses)
    results += side_by_side(reg, uses)
    results += unused(reg, uses)
    return results


def answered(reg: "Register", result: CheckResult) -> CheckResult:
    """The result with the contradiction that explains it; one that nothing explains fails."""
    for row in reg.contradictions.values():
        if result.check in row.arithmetic and involved(row, result.about):
            return replace(result, answered_by=row.id, use=row.use)
    return replace(result, fails=True)


def involved(row: "Contradiction", about: "Iterable[str]") -> bool:
    """Whether a contradiction is about one of these claims."""
    named = {identifier for side in row.sides for identifier in (*side.claims, *side.findings)}
    return not named.isdisjoint(about)


def past_review(reg: "Register", *, on: "date") -> "Iterable[CheckResult]":
    """Documents whose review date has gone by, with the claims that rest on them."""
    for document in reg.documents.values():
        if document.review_by >= on:
            continue
        claims = [claim.id for claim in reg.claims.values() if claim.document == document.id]
        yield CheckResult(
            check="past_review",
            about=tuple(claims),
            words=(
                f"{len(claims)} claims of {document.id} were due for review by "
                f"{document.review_by:%-d %B %Y} ({document.review_rule}): {document.short}."
            ),
            numbers={"document": document.id, "review_by": document.review_by.isoformat()},
        )


def unused(reg: "Register", uses: "Sequence[Use]") -> "Iterable[CheckResult]":
    """The claims that no page, report or parameter refers to: listed, not failed."""
    used = {use.identifier for use in uses}
    left = [identifier for identifier in reg.claims if identifier not in used]
    if left:
        yield CheckResult(
            check="unused",
            about=tuple(left),
            words=f"{number(len(left))} of {len(reg.claims)} claims are used nowhere.",
            numbers={"unused": len(left), "claims": len(reg.claims)},
        )


def unknown_references(reg: "Register", uses: "Sequence[Use]") -> "Iterable[CheckResult]":
    """References to a claim, finding or contradiction that does not exist."""
    for use in uses:
        if not reg.knows(use.identifier):
            yield CheckResult(
                check="unknown_reference",
                about=(use.identifier,),
                words=f"{use.place} refers to {use.identifier}, which is not in the register.",
                numbers={"place": use.place},
                fails=True,
            )


def side_by_side(reg: "Register", uses: "Sequence[Use]") -> "Iterable[CheckResult]":
    """Places that use claims from two sides of a contradiction without naming the contradiction."""
    by_place: dict[str, set[str]] = defaultdict(set)
    for use in uses:
        by_place[use.place].add(use.identifier)
    for place, used in sorted(by_place.items()):
        for row in reg.contradictions.values():
            sides = [used.intersection((*side.claims, *side.findings)) for side in row.sides]
            met = [side for side in sides if side]
            if len(met) > 1 and not row.compatible and row.id not in used:
                yield clash(row, place, met)


def clash(row: "Contradiction", place: str, met: list[set[str]]) -> CheckResult:
    """Two sides of one contradiction used in one place as if they agreed."""
    named = sorted(set().union(*met))
    sides = " against ".join(" and ".join(sorted(side)) for side in met)
    return CheckResult(
        check="side_by_side",
        about=tuple(named),
        words=(
            f"{place} uses {sides}, which contradict each other ({row.id}: {row.topic}), "
            f"and does not say so."
        ),
        numbers={"place": place},
        answered_by=row.id,
        use=f"Add [contradiction {row.id}] and say how they differ, or keep one. {row.use}",
        fails=True,
    )
