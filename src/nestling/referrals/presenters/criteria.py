"""A team's acceptance rules in sentences."""

from collections.abc import Iterator

from nestling.reference.codes import code_list
from nestling.referrals.models import TeamCriteria
from nestling.referrals.models.criteria import TestedOn
from nestling.science.ages import count_of, day_words
from nestling.ui.components import SummaryRow
from nestling.ui.relations import listed


def criteria_rows(row: TeamCriteria) -> list[SummaryRow]:
    """Each rule as a label and what it says."""
    return [SummaryRow(label=label, values=values) for label, values in _rules(row)]


def _rules(row: TeamCriteria) -> Iterator[tuple[str, list[str]]]:
    begins = "From pregnancy on" if row.from_conception else "From birth on"
    yield "Age", [f"{begins}, up to the day a baby is {row.limit_months} months old"]
    yield "Tested on", [TestedOn(row.tested_on).label]
    districts = listed(list(row.postcode_districts))
    yield "Area", [f"Postcode districts {districts}" if districts else "Everywhere"]
    labels = code_list("referrer_types")
    yield "Who may refer", [labels.label(code) for code in row.referrer_types] or ["Anyone"]
    yield (
        "Threshold that opens the door",
        [way_words(way) for way in row.threshold] or ["None: the team talks each case through"],
    )
    signs = code_list("opening_signs")
    yield (
        "Signs that open it by themselves",
        [signs.label(s) for s in row.opening_signs] or ["None"],
    )
    yield (
        "Look again when waiting",
        [
            f"{count_of(row.near_limit_days, 'day')} before the age limit",
            f"{count_of(row.no_contact_days, 'day')} without contact",
        ],
    )
    yield "An ended episode may be opened again for", [count_of(row.reopen_days, "day")]


def way_words(way: dict[str, int]) -> str:
    """One way to reach the threshold.

    >>> way_words({"domains": 3, "count": 5})
    '3 domains with 5 or more signs each'
    """
    return f"{count_of(way['domains'], 'domain')} with {way['count']} or more signs each"


def since_words(row: TeamCriteria) -> str:
    """From when the rules hold, or that the team has set none."""
    if row.decided_by_id:
        return f"In force from {day_words(row.from_on)}."
    return "The team has not set its own rules yet. These are where Nestling begins."
