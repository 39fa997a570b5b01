"""Acceptance rules: scope, doors that only open, and no way to ask for a parent's diagnosis."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.reference.acceptance import threshold
from nestling.science.acceptance import (
    Case,
    Criteria,
    TestedOn,
    Verdict,
    Way,
    area_verdict,
    district_of,
    judge,
    reaches,
)
from nestling.science.ages import BabyDates

RECEIVED = date(2026, 3, 10)
DOMAINS = ("main_carer", "emotional", "cognitive", "sense_of_self", "social_interaction")
SIGNS = ("disorganised_pattern", "earlier_removal")
CRITERIA = Criteria(from_conception=True, limit_months=24, tested_on=TestedOn.RECEIVED)
UNBORN = BabyDates(due_on=date(2026, 4, 2))


def case_of(*babies: BabyDates, **facts: Any) -> Case:
    return Case(babies=babies, received_on=RECEIVED, **facts)


def five(*counts: int) -> dict[str, int]:
    return dict(zip(DOMAINS, counts, strict=True))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((5, 5, 5, 0, 0), True),
        ((4, 4, 4, 4, 0), True),
        ((3, 3, 3, 3, 3), True),
        ((5, 5, 2, 2, 2), False),
        ((4, 4, 4, 3, 2), False),
    ],
)
def test_the_five_domain_rule_gives_the_published_answers(
    counts: tuple[int, ...], expected: bool
) -> None:
    assert reaches(five(*counts), threshold("five_domains").ways) is expected


def test_the_day_before_the_third_birthday_is_inside_and_the_birthday_outside() -> None:
    to_three = replace(CRITERIA, limit_months=36, from_conception=False)
    on_the_day = BabyDates(born_on=date(2023, 3, 10))
    day_later = BabyDates(born_on=date(2023, 3, 11))

    assert judge(case_of(on_the_day), to_three).age is Verdict.OUTSIDE
    assert judge(case_of(day_later), to_three).age is Verdict.INSIDE


def test_an_unborn_baby_is_inside_from_conception_and_outside_where_a_team_begins_at_birth() -> (
    None
):
    from_birth = replace(CRITERIA, from_conception=False)

    assert judge(case_of(UNBORN), CRITERIA).age is Verdict.INSIDE
    assert judge(case_of(UNBORN), from_birth).age is Verdict.OUTSIDE


def test_a_baby_without_dates_is_asked_about_and_not_guessed() -> None:
    assert judge(case_of(BabyDates()), CRITERIA).age is Verdict.NOT_KNOWN


def test_after_a_loss_no_age_is_tested_or_said() -> None:
    verdicts = judge(case_of(BabyDates(born_on=date(2020, 1, 1), lost=True)), CRITERIA).ages

    assert [(found.verdict, found.words) for found in verdicts] == [
        (Verdict.NOT_KNOWN, "Not tested.")
    ]


def test_one_baby_inside_is_enough_for_a_referral_of_siblings() -> None:
    too_old = BabyDates(born_on=date(2022, 1, 1))

    assert judge(case_of(too_old, UNBORN), CRITERIA).age is Verdict.INSIDE
    assert judge(case_of(too_old), CRITERIA).age is Verdict.OUTSIDE


def test_a_referral_that_names_no_baby_has_no_age_to_test() -> None:
    assert judge(case_of(), CRITERIA).age is Verdict.NOT_KNOWN


def test_where_the_first_contact_is_tested_the_age_stays_open_until_there_is_one() -> None:
    criteria = replace(CRITERIA, tested_on=TestedOn.FIRST_CONTACT)
    nearly_two = BabyDates(born_on=date(2024, 3, 20))

    waiting = judge(case_of(nearly_two), criteria)
    seen_late = judge(case_of(nearly_two, first_contact_on=date(2026, 3, 20)), criteria)
    seen_in_time = judge(case_of(nearly_two, first_contact_on=date(2026, 3, 19)), criteria)

    assert [found.age for found in (waiting, seen_late, seen_in_time)] == [
        Verdict.NOT_KNOWN,
        Verdict.OUTSIDE,
        Verdict.INSIDE,
    ]


def test_a_referral_dated_before_conception_is_outside() -> None:
    assert judge(case_of(BabyDates(due_on=date(2027, 6, 1))), CRITERIA).age is Verdict.OUTSIDE


@pytest.mark.parametrize(
    ("postcode", "expected"),
    [("LS8 4HS", Verdict.INSIDE), ("BD1 1AA", Verdict.OUTSIDE), ("", Verdict.NOT_KNOWN)],
)
def test_an_area_is_tested_by_postcode_district(postcode: str, expected: Verdict) -> None:
    assert area_verdict(postcode, districts=frozenset({"LS8"})).verdict is expected


def test_without_an_area_every_postcode_is_inside() -> None:
    assert area_verdict("", districts=frozenset()).verdict is Verdict.INSIDE


@given(st.text(max_size=40))
def test_any_text_may_stand_where_a_postcode_should(text: str) -> None:
    assert len(district_of(text)) <= 4


def test_a_referrer_whom_the_team_does_not_list_is_said_to_be_outside() -> None:
    only_midwives = replace(CRITERIA, referrer_types=frozenset({"midwife"}))

    found = [
        judge(case_of(UNBORN, referrer_type=kind), only_midwives).referrer.verdict
        for kind in ("midwife", "gp", "")
    ]

    assert found == [Verdict.INSIDE, Verdict.OUTSIDE, Verdict.NOT_KNOWN]


def test_a_sign_of_a_disorganised_pattern_opens_the_door_by_itself() -> None:
    criteria = replace(
        CRITERIA, threshold=threshold("five_domains").ways, opening_signs=frozenset(SIGNS)
    )

    opened = judge(case_of(UNBORN, signs=frozenset({"disorganised_pattern"})), criteria).opened_by

    assert [door.code for door in opened] == ["disorganised_pattern"]


def test_a_way_that_anyone_would_meet_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Way(domains=0, count=3)


counts = st.fixed_dictionaries({domain: st.integers(0, 12) for domain in DOMAINS})
ways = st.lists(
    st.builds(Way, domains=st.integers(1, 6), count=st.integers(1, 12)), max_size=4
).map(tuple)
signs = st.frozensets(st.sampled_from(SIGNS))
born = st.dates(date(2020, 1, 1), RECEIVED).map(lambda day: BabyDates(born_on=day))
due = st.integers(-60, 300).map(lambda days: BabyDates(due_on=RECEIVED + timedelta(days=days)))
criteria_drawn = st.builds(
    Criteria,
    from_conception=st.booleans(),
    limit_months=st.integers(1, 72),
    tested_on=st.sampled_from(TestedOn),
    postcode_districts=st.frozensets(st.sampled_from(["LS8", "BD1"])),
    referrer_types=st.frozensets(st.sampled_from(["midwife", "gp"])),
    threshold=ways,
    opening_signs=signs,
)
cases = st.builds(
    Case,
    babies=st.lists(born | due, max_size=3).map(tuple),
    received_on=st.just(RECEIVED),
    postcode=st.sampled_from(["LS8 4HS", "BD1 1AA", ""]),
    referrer_type=st.sampled_from(["midwife", "gp", ""]),
    counts=counts,
    signs=signs,
)


@given(cases, criteria_drawn)
def test_no_door_ever_speaks_against_a_case(case: Case, criteria: Criteria) -> None:
    assert {door.verdict for door in judge(case, criteria).doors} <= {
        Verdict.OPENS,
        Verdict.SILENT,
    }


@given(cases, criteria_drawn)
def test_doors_change_nothing_about_scope(case: Case, criteria: Criteria) -> None:
    without_doors = replace(criteria, threshold=(), opening_signs=frozenset())

    with_them, without = judge(case, criteria), judge(case, without_doors)

    assert (with_them.ages, with_them.area, with_them.referrer) == (
        without.ages,
        without.area,
        without.referrer,
    )


@given(cases, criteria_drawn, st.sampled_from(DOMAINS), signs)
def test_noticing_more_never_closes_a_door(
    case: Case, criteria: Criteria, domain: str, more_signs: frozenset[str]
) -> None:
    more = replace(
        case,
        counts={**case.counts, domain: case.counts[domain] + 1},
        signs=case.signs | more_signs,
    )

    before = {door.code for door in judge(case, criteria).opened_by}
    after = {door.code for door in judge(more, criteria).opened_by}

    assert before <= after


def test_no_rule_can_ask_for_a_parents_diagnosis_because_a_case_holds_none() -> None:
    facts = {field.name for field in fields(Case)}

    assert facts == {
        *("babies", "received_on", "first_contact_on", "postcode"),
        *("referrer_type", "counts", "signs"),
    }
    assert {field.name for field in fields(BabyDates)} == {"due_on", "born_on", "lost"}


@given(criteria_drawn)
def test_a_case_with_no_indicator_at_all_is_never_outside_because_of_that(
    criteria: Criteria,
) -> None:
    scope = replace(
        criteria, postcode_districts=frozenset(), referrer_types=frozenset(), limit_months=24
    )
    case = case_of(BabyDates(born_on=date(2026, 1, 1)))

    assert Verdict.OUTSIDE not in {found.verdict for found in judge(case, scope).rules}
