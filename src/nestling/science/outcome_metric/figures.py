"""The published counts of a month, and the two readings side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from nestling.science.change.reliable import Reliable
from nestling.science.outcome_metric.children import ChildrenOutcome
from nestling.science.outcome_metric.rows import Rater


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many referrals of a month got how far, by one rater or by any."""

    closed: int
    with_two_contacts: int
    with_assessment: int
    paired: int
    improved: int
    unchanged: int
    deteriorated: int


def figures_of(outcomes: Iterable[ChildrenOutcome], *, rater: Rater | None = None) -> Figures:
    """The counts of a month for one rater; without one, for any, change by the worst of them."""
    kept = [outcome for outcome in outcomes if outcome.lost_by is None]
    raters = [rater] if rater else list(Rater)
    mine = [[outcome.raters[one] for one in raters] for outcome in kept]
    verdicts = [{one.verdict for one in those} for those in mine]
    worse = [Reliable.DETERIORATION in found for found in verdicts]
    better = [Reliable.IMPROVEMENT in found for found in verdicts]
    same = [Reliable.NONE in found for found in verdicts]
    return Figures(
        closed=len(kept),
        with_two_contacts=sum(outcome.contact2 is not None for outcome in kept),
        with_assessment=sum(any(one.has_assessment for one in those) for those in mine),
        paired=sum(any(one.is_paired for one in those) for those in mine),
        improved=sum(b and not w for b, w in zip(better, worse, strict=True)),
        unchanged=sum(s and not b and not w for s, b, w in zip(same, better, worse, strict=True)),
        deteriorated=sum(worse),
    )
