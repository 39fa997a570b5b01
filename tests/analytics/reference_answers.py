"""Every measure that the plain-Python reference can answer, by name."""

from collections.abc import Callable

from tests.analytics import reference_official as official
from tests.analytics import reference_people as people
from tests.analytics import reference_referrals as referrals
from tests.analytics.reference_engine import Counts, Reference

ANSWERS: dict[str, Callable[[Reference], Counts]] = {
    "referrals_received": referrals.referrals_received,
    "referrals_accepted": referrals.referrals_accepted,
    "children_ge1": people.children_ge1,
    "children_ge2": people.children_ge2,
    "children_ge2_one_referral": people.children_ge2_one_referral,
    "children_ge1_anyage": people.children_ge1_anyage,
    "children_ge2_anyage": people.children_ge2_anyage,
    "caseload": referrals.caseload,
    "suspect_0_2": people.suspect_0_2,
    "children_ge1_old_rule": people.children_ge1_old_rule,
    "children_ge2_old_rule": people.children_ge2_old_rule,
    "blind_spot_0_2": people.blind_spot_0_2,
    "first_contacts": referrals.first_contacts,
    "second_contacts": referrals.second_contacts,
    "MHS95": official.mhs95,
    "MHS69": official.mhs69,
    "MHS91": official.mhs91,
}
MEASURES = tuple(ANSWERS)


def answer(reference: Reference, measure: str) -> Counts:
    """One measure's numbers."""
    return +ANSWERS[measure](reference)
