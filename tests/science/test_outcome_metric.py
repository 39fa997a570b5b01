"""The national metrics, rule by rule, on a month of made-up referrals."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from nestling.reference.instruments.national import children_rules, perinatal_rules
from nestling.science.change import Reliable
from nestling.science.outcome_metric import (
    Assessment,
    Caseload,
    ChildrenOutcome,
    Contact,
    PairedOutcome,
    Period,
    Rater,
    Reading,
    Referral,
    Strand,
    children_metric,
    figures_of,
    perinatal_metric,
)
from nestling.science.outcome_metric.rules import exact_score

JUNE = Period(start=date(2026, 6, 1), end=date(2026, 6, 30))
BABY = Referral(
    referral="R",
    person="P",
    received=date(2026, 1, 5),
    closed=date(2026, 6, 20),
    age=0,
    sex="F",
    team_type="C05",
    local_authority="E08000003",
)
MOTHER = replace(BABY, age=31, team_type="C02")
GOAL, PHQ_OLD, PHQ_NEW, ORS = "1034351000000101", "506701000000100", "720433000", "716613004"
CODES = {
    "goal": GOAL,
    "phq_old": PHQ_OLD,
    "phq_new": PHQ_NEW,
    "ors": ORS,
    "epds": "450320001",
    "core_om": "718612000",
}
NATIONAL, PUT_RIGHT = Reading.NATIONAL, Reading.PUT_RIGHT


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def contacts(*days: str, **changes: Any) -> tuple[Contact, ...]:
    met: dict[str, Any] = {"attendance": "5", "mechanism": "01"}
    return tuple(
        Contact(contact=f"C{at}", referral="R", on=day(on), **(met | changes))
        for at, on in enumerate(days)
    )


def scores(*rows: tuple[str, str, str], **changes: Any) -> tuple[Assessment, ...]:
    return tuple(
        Assessment(
            assessment=f"A{at}",
            referral="R",
            on=day(on),
            code=CODES.get(name, name),
            score=score,
            **changes,
        )
        for at, (on, name, score) in enumerate(rows)
    )


def code_of(term: str) -> str:
    return next(code for code, entry in children_rules().terms.items() if term in entry.term)


def children(
    referral: Referral = BABY,
    met: tuple[Contact, ...] | None = None,
    given: tuple[Assessment, ...] = (),
    reading: Reading = NATIONAL,
) -> ChildrenOutcome:
    met = contacts("01-12", "02-02") if met is None else met
    caseload = Caseload(referrals=(referral,), contacts=met, assessments=given)
    return children_metric(caseload, period=JUNE, rules=children_rules(), reading=reading)[0]


def perinatal(
    referral: Referral = MOTHER,
    met: tuple[Contact, ...] | None = None,
    given: tuple[Assessment, ...] = (),
    reading: Reading = NATIONAL,
) -> PairedOutcome:
    met = contacts("04-12", "05-02") if met is None else met
    caseload = Caseload(referrals=(referral,), contacts=met, assessments=given)
    return perinatal_metric(caseload, period=JUNE, rules=perinatal_rules(), reading=reading)[0]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, None),
        ({"received": date(2015, 12, 31)}, "received_since_start"),
        ({"received": date(2016, 1, 1)}, None),
        ({"age": 18}, "child_when_referred"),
        ({"age": 17}, None),
        ({"age": None}, "child_when_referred"),
        ({"rejected": date(2026, 1, 9)}, "not_rejected"),
        ({"closed": None}, "closed_in_month"),
        ({"closed": date(2026, 5, 31)}, "closed_in_month"),
        ({"closed": date(2026, 6, 30)}, None),
        ({"closed": date(2026, 7, 1)}, "closed_in_month"),
        ({"has_hospital_spell": True}, "no_hospital_spell"),
        ({"local_authority": "W06000015"}, "english_or_blank"),
        ({"local_authority": None}, None),
        ({"local_authority": ""}, None),
        ({"team_type": "A14"}, "team_type_kept"),
        ({"team_type": None}, None),
    ],
)
def test_a_referral_is_lost_by_the_first_rule_that_it_breaks(
    changes: dict[str, Any], rule: str | None
) -> None:
    assert children(replace(BABY, **changes)).lost_by == rule


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"mechanism": "02"}, True),
        ({"mechanism": "04"}, True),
        ({"mechanism": "11"}, True),
        ({"mechanism": "05"}, False),
        ({"mechanism": None}, False),
        ({"attendance": "6"}, True),
        ({"attendance": "7"}, False),
        ({"is_indirect": True, "attendance": None, "mechanism": None}, True),
    ],
)
def test_what_counts_as_a_contact(changes: dict[str, Any], counts: bool) -> None:
    first = children(met=contacts("01-12", **changes)).contact1

    assert first == (day("01-12") if counts else None)


def test_a_written_contact_counts_at_an_anonymous_online_provider() -> None:
    online = replace(BABY, provider="DFC")

    assert children(online, contacts("01-12", mechanism="09")).contact1 == day("01-12")


@pytest.mark.parametrize(("mechanism", "counts"), [("03", True), ("05", False)])
def test_before_october_2021_all_but_written_contacts_counted(mechanism: str, counts: bool) -> None:
    old = replace(BABY, received=date(2021, 1, 1))
    met = (
        Contact(
            contact="C", referral="R", on=date(2021, 9, 30), attendance="5", mechanism=mechanism
        ),
    )

    assert (children(old, met).contact1 is not None) == counts


def test_contacts_are_ordered_by_day_time_and_id_and_end_with_the_referral() -> None:
    met = (*contacts("06-25", "03-03"), *contacts("02-02", time="09:00"))

    outcome = children(met=met)

    assert (outcome.contact1, outcome.contact2) == (day("02-02"), day("03-03"))


def test_a_pair_is_the_first_since_contact_1_and_the_last_since_contact_2() -> None:
    given = scores(
        ("01-05", "goal", "9"),
        ("01-12", "goal", "2"),
        ("03-01", "goal", "10"),
        ("06-01", "goal", "5"),
    )

    change = children(given=given).changes[0]

    assert (change.first.score, change.last and change.last.score) == ("2", "5")
    assert change.change == 3
    assert change.verdict is Reliable.IMPROVEMENT


def test_a_second_score_before_contact_2_is_no_pair() -> None:
    given = scores(("01-12", "goal", "2"), ("01-30", "goal", "9"))

    outcome = children(given=given)

    assert outcome.has_assessment()
    assert not outcome.is_paired()


def test_without_a_second_contact_nothing_counts() -> None:
    given = scores(("01-12", "goal", "2"), ("01-30", "goal", "9"))

    outcome = children(met=contacts("01-12"), given=given)

    assert not outcome.has_assessment()


def test_without_a_contact_there_is_no_first_score() -> None:
    assert children(met=(), given=scores(("01-12", "goal", "2"))).changes == ()


def test_an_old_and_a_new_code_of_one_score_pair() -> None:
    given = scores(("01-12", "phq_old", "20"), ("06-01", "phq_new", "14"))

    assert children(given=given).raters[Rater.SELF].verdict is Reliable.IMPROVEMENT


@pytest.mark.parametrize("score", ["11", "-1", "x", "", "nan", "inf", "1e999999999"])
def test_a_score_out_of_range_or_no_number_is_left_out(score: str) -> None:
    given = scores(("01-12", "goal", score), ("06-01", "goal", "5"))

    assert not children(given=given).is_paired()


def test_one_score_sent_twice_on_a_day_is_one() -> None:
    given = scores(("02-02", "goal", "5"), ("02-02", "goal", "5"))

    assert not children(given=given).is_paired()


def test_the_same_day_with_another_score_is_a_pair() -> None:
    given = scores(("02-02", "goal", "5"), ("02-02", "goal", "8"))

    assert children(given=given).is_paired()


@pytest.mark.parametrize("name", ["epds", "core_om"])
def test_measures_that_are_not_in_the_list_never_count(name: str) -> None:
    given = scores(("01-12", name, "20"), ("06-01", name, "2"))

    assert not children(given=given).has_assessment()


def test_one_score_worse_outweighs_any_better() -> None:
    given = scores(
        ("01-12", "goal", "2"),
        ("01-12", "phq_new", "5"),
        ("06-01", "goal", "9"),
        ("06-01", "phq_new", "11"),
    )

    assert children(given=given).raters[Rater.SELF].verdict is Reliable.DETERIORATION


def test_prosocial_comes_out_the_wrong_way_round_nationally() -> None:
    prosocial = code_of("4-17 year olds - prosocial - parent")
    given = scores(("01-12", prosocial, "3"), ("06-01", prosocial, "8"))

    verdicts = [
        children(given=given, reading=reading).raters[Rater.PARENT].verdict for reading in Reading
    ]

    assert verdicts == [Reliable.DETERIORATION, Reliable.IMPROVEMENT]


def test_family_functioning_comes_out_the_wrong_way_round_nationally() -> None:
    score15 = code_of("Change - 15 - total score")
    given = scores(("01-12", score15, "50"), ("06-01", score15, "30"))

    verdicts = [
        children(given=given, reading=reading).raters[Rater.SELF].verdict for reading in Reading
    ]

    assert verdicts == [Reliable.DETERIORATION, Reliable.IMPROVEMENT]


def test_the_first_self_rated_honosca_scale_is_filed_under_parent_nationally() -> None:
    scale = code_of("self-rated) scale 1 score")
    given = scores(("01-12", scale, "4"), ("06-01", scale, "1"))

    national, right = (children(given=given, reading=reading) for reading in Reading)

    assert national.raters[Rater.PARENT].is_paired
    assert right.raters[Rater.SELF].is_paired
    assert not right.raters[Rater.PARENT].is_paired


def test_a_goal_rated_by_a_parent_counts_as_self_rated_nationally() -> None:
    given = scores(("01-12", "goal", "2"), ("06-01", "goal", "5"), respondent=Rater.PARENT)

    national, right = (children(given=given, reading=reading) for reading in Reading)

    assert national.raters[Rater.SELF].is_paired
    assert right.raters[Rater.PARENT].is_paired


def test_two_raters_of_one_goal_never_pair_when_put_right() -> None:
    first = scores(("01-12", "goal", "2"), respondent=Rater.SELF)
    last = scores(("06-01", "goal", "9"), respondent=Rater.PARENT)

    national, right = (children(given=(*first, *last), reading=reading) for reading in Reading)

    assert national.is_paired()
    assert not right.is_paired()


def test_single_precision_can_lose_a_change_of_exactly_the_threshold() -> None:
    given = scores(("01-12", "ors", "1.8"), ("06-01", "ors", "8.4"))

    national, right = (children(given=given, reading=reading) for reading in Reading)

    assert national.changes[0].verdict is Reliable.NONE
    assert right.changes[0].verdict is Reliable.IMPROVEMENT
    assert right.changes[0].change == Fraction("6.6")


def test_a_raw_rcads_score_becomes_a_t_score_for_its_sex_and_age() -> None:
    depression = code_of("Parent version - Depression")
    older = replace(BABY, age=8, sex="M")
    given = scores(("01-12", depression, "12"), ("06-01", depression, "5"))

    national, right = (children(older, given=given, reading=reading) for reading in Reading)

    assert right.changes[0].change == Fraction(-70) / Fraction("2.93")
    assert float(national.changes[0].change or 0) == pytest.approx(-23.8908, abs=0.001)


def test_without_a_sex_a_raw_score_stays_raw() -> None:
    depression = code_of("Parent version - Depression")
    older = replace(BABY, age=8, sex=None)
    given = scores(("01-12", depression, "12"), ("06-01", depression, "5"))

    assert children(older, given=given, reading=PUT_RIGHT).changes[0].change == -7


def test_a_score_without_a_threshold_is_paired_and_not_judged() -> None:
    rules = children_rules()
    bare = replace(rules.terms[GOAL], threshold=None)
    given = scores(("01-12", "goal", "2"), ("06-01", "goal", "5"))
    caseload = Caseload(referrals=(BABY,), contacts=contacts("01-12", "02-02"), assessments=given)

    outcome = children_metric(
        caseload, period=JUNE, rules=replace(rules, terms={GOAL: bare}), reading=NATIONAL
    )[0]

    assert outcome.is_paired()
    assert outcome.raters[Rater.SELF].verdict is None


def test_a_term_outside_the_tool_list_has_no_rater() -> None:
    term = children_rules().terms["718612000"]

    with pytest.raises(ValueError, match="not in the children's tool list"):
        term.rater_read(NATIONAL, None)


def test_the_figures_of_a_month_count_each_step() -> None:
    better = children(given=scores(("01-12", "goal", "2"), ("06-01", "goal", "5")))
    worse = children(given=scores(("01-12", "goal", "5"), ("06-01", "goal", "1")))
    same = children(given=scores(("01-12", "goal", "5"), ("06-01", "goal", "6")))
    unpaired = children(given=scores(("01-12", "goal", "5")))
    once = children(met=contacts("01-12"))
    lost = children(replace(BABY, age=40))

    counted = figures_of([better, worse, same, unpaired, once, lost])

    steps = (counted.closed, counted.with_two_contacts, counted.with_assessment, counted.paired)
    assert steps == (5, 4, 4, 3)
    assert (counted.improved, counted.unchanged, counted.deteriorated) == (1, 1, 1)


def test_the_figures_of_one_rater_leave_the_others_out() -> None:
    outcome = children(given=scores(("01-12", "goal", "2"), ("06-01", "goal", "5")))

    assert figures_of([outcome], rater=Rater.PARENT).paired == 0
    assert figures_of([outcome], rater=Rater.SELF).paired == 1


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, None),
        ({"team_type": "F02"}, "team_type_kept"),
        ({"team_type": None}, None),
        ({"team_type": "F02", "age": 0}, None),
        ({"team_type": "B02", "age": 0}, "team_type_kept"),
        ({"rejected": date(2026, 1, 9)}, "not_rejected"),
        ({"local_authority": "S12000049"}, "english_or_blank"),
        ({"has_hospital_spell": True}, "no_hospital_spell"),
        ({"closed": date(2026, 5, 1)}, "closed_in_month_or_open_long"),
        ({"closed": None}, "closed_in_month_or_open_long"),
        ({"closed": None, "received": date(2025, 12, 29)}, None),
        ({"closed": None, "received": date(2025, 12, 30)}, "closed_in_month_or_open_long"),
    ],
)
def test_a_perinatal_referral_is_lost_by_the_first_rule_that_it_breaks(
    changes: dict[str, Any], rule: str | None
) -> None:
    assert perinatal(replace(MOTHER, **changes)).lost_by == rule


@pytest.mark.parametrize(("received", "counts"), [("06-06", False), ("06-05", True)])
def test_a_referral_must_have_been_open_for_more_than_fourteen_days(
    received: str, counts: bool
) -> None:
    short = replace(MOTHER, received=day(received))

    assert perinatal(short, contacts("06-10", "06-15")).is_in_denominator == counts


def test_a_mother_needs_more_than_one_contact_face_to_face() -> None:
    one = perinatal(met=(*contacts("04-12"), *contacts("05-02", mechanism="02")))
    two = perinatal()

    assert (one.contacts, one.is_in_denominator) == (1, False)
    assert (two.contacts, two.is_in_denominator) == (2, True)


def test_contacts_of_the_last_financial_year_do_not_count() -> None:
    assert perinatal(met=contacts("03-31", "04-01")).contacts == 1


def test_the_financial_year_of_a_winter_month_began_in_the_april_before() -> None:
    winter = Period(start=date(2026, 2, 1), end=date(2026, 2, 28))

    assert winter.year_start() == date(2025, 4, 1)


def test_an_old_and_then_a_new_code_pair_only_when_put_right() -> None:
    given = scores(("04-12", "phq_old", "20"), ("06-01", "phq_new", "14"))

    national, right = (perinatal(given=given, reading=reading) for reading in Reading)

    assert national.has_assessment
    assert (national.is_paired, right.is_paired) == (False, True)


def test_a_pair_needs_a_later_day() -> None:
    same = scores(("04-12", "phq_new", "20"), ("04-12", "phq_new", "14"))
    later = scores(("04-12", "phq_new", "20"), ("04-13", "phq_new", "14"))

    assert not perinatal(given=same).is_paired
    assert perinatal(given=later).is_paired


def test_scores_out_of_range_or_without_a_code_make_no_pair() -> None:
    given = scores(
        ("04-12", "phq_new", "28"),
        ("04-13", "phq_new", "x"),
        ("04-14", "phq_new", "9"),
        ("04-12", "epds", "20"),
        ("06-01", "epds", "3"),
    )

    assert not perinatal(given=given).is_paired


def test_a_baby_of_a_perinatal_team_falls_in_the_childrens_strand_with_its_tools_alone() -> None:
    baby = replace(BABY, team_type="C02")
    given = scores(("04-12", "core_om", "20"), ("06-01", "core_om", "10"))

    outcome = perinatal(baby, given=given)

    assert outcome.strand is Strand.CHILDREN
    assert not outcome.has_assessment


def test_one_direct_and_one_indirect_contact_of_a_baby_are_two_only_when_put_right() -> None:
    baby = replace(BABY, team_type="C02")
    met = (*contacts("04-12"), *contacts("05-02", is_indirect=True, attendance=None))

    counted = [perinatal(baby, met, reading=reading).contacts for reading in Reading]

    assert counted == [1, 2]


def test_an_adult_of_another_team_is_counted_in_the_community_strand() -> None:
    other = replace(MOTHER, team_type="A06")
    met = (*contacts("04-12", mechanism="02"), *contacts("05-02", mechanism="05"))

    outcome = perinatal(other, met)

    assert (outcome.strand, outcome.contacts) == (Strand.COMMUNITY, 1)


@pytest.mark.parametrize(
    ("text", "number"), [(" 5 ", 5), ("1e40", None), ("6.60", Fraction("6.6"))]
)
def test_a_score_is_read_exactly(text: str, number: Fraction | None) -> None:
    assert exact_score(text) == number
