from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.reference.instruments import instrument
from nestling.science.change import (
    ChangeClass,
    ChangeFault,
    ChangeResult,
    FixedThreshold,
    JacobsonTruax,
    Measured,
    Norms,
    NotComparableError,
    Reliable,
    change_of_row,
    cut_off,
    improvement_of,
    paired_change,
)
from nestling.science.scoring import Direction

WORSE, BETTER = Direction.HIGHER_WORSE, Direction.HIGHER_BETTER
CORE10 = Norms(
    clinical_mean=Fraction("19.7"),
    clinical_sd=Fraction("7.7"),
    general_mean=Fraction("4.7"),
    general_sd=Fraction("4.8"),
)
JT: dict[str, Any] = {"pre": 20, "post": 10, "direction": "higher_worse", "sd": 7.7, "r": 0.9}
WITH_NORMS: dict[str, Any] = JT | {
    "criterion": "C",
    "m_clin": 19.7,
    "sd_clin": 7.7,
    "m_non": 4.7,
    "sd_non": 4.8,
}


def answer(row: dict[str, Any], method: Any = "jt") -> ChangeResult:
    result = change_of_row(row, method=method)
    assert isinstance(result, ChangeResult), result
    return result


def faults(row: dict[str, Any], method: Any = "jt") -> list[tuple[str, str]]:
    result = change_of_row(row, method=method)
    assert isinstance(result, tuple), result
    return [(fault.item, str(fault.reason)) for fault in result]


@pytest.mark.parametrize(("sd", "r", "threshold"), [("7.7", "0.9", 6.749), ("7.5", "0.8", 9.297)])
def test_the_worked_thresholds_of_the_guide(sd: str, r: str, threshold: float) -> None:
    rule = JacobsonTruax(sd=Fraction(sd), r=Fraction(r))

    assert float(rule.threshold()) == pytest.approx(threshold, abs=0.001)


def test_jacobson_and_truax_need_more_than_the_threshold() -> None:
    rule = JacobsonTruax(sd=Fraction(5), r=Fraction("0.5"))

    assert rule.threshold() == Fraction("9.8")
    assert rule.judge(Fraction("9.8")) is Reliable.NONE
    assert rule.judge(Fraction("9.8000001")) is Reliable.IMPROVEMENT


def test_a_published_threshold_is_reached_by_itself() -> None:
    row = {"pre": 20.1, "post": 26.7, "direction": "higher_better", "threshold": 6.6}

    assert answer(row, "fixed").reliable is Reliable.IMPROVEMENT


@given(st.fractions(-50, 50), st.fractions(-50, 50))
def test_a_change_the_other_way_round_is_judged_the_other_way_round(
    pre: Fraction, post: Fraction
) -> None:
    rule = FixedThreshold(at_least=Fraction(4))
    opposite = {
        Reliable.NONE: Reliable.NONE,
        Reliable.IMPROVEMENT: Reliable.DETERIORATION,
        Reliable.DETERIORATION: Reliable.IMPROVEMENT,
    }

    there = rule.judge(improvement_of(pre, post, direction=WORSE))
    back = rule.judge(improvement_of(post, pre, direction=WORSE))

    assert back is opposite[there]


def test_a_change_on_a_score_where_neither_way_is_better_has_no_improvement() -> None:
    with pytest.raises(ValueError, match="neither way is better"):
        improvement_of(Fraction(1), Fraction(2), direction=Direction.NEITHER)


@pytest.mark.parametrize(
    ("criterion", "direction", "cut"),
    [
        ("A", WORSE, "4.3"),
        ("B", WORSE, "14.3"),
        ("A", BETTER, "35.1"),
        ("B", BETTER, "-4.9"),
        ("C", WORSE, "10.46"),
        ("C", BETTER, "10.46"),
    ],
)
def test_the_cut_off_of_each_criterion(criterion: Any, direction: Direction, cut: str) -> None:
    assert cut_off(criterion, CORE10, direction=direction) == Fraction(cut)


def test_a_criterion_without_its_norms_has_no_cut_off() -> None:
    with pytest.raises(ValueError, match="not known"):
        cut_off("B", Norms(clinical_mean=Fraction(1), clinical_sd=Fraction(1)), direction=WORSE)


@pytest.mark.parametrize(
    ("pre", "post", "outcome"),
    [
        (20, 10, ChangeClass.RECOVERED),
        (30, 20, ChangeClass.IMPROVED),
        (10, 3, ChangeClass.IMPROVED),
        (12, 10, ChangeClass.NON_RELIABLE_CROSSING),
        (12, 11, ChangeClass.UNCHANGED),
        (10, 20, ChangeClass.DETERIORATED),
    ],
)
def test_the_outcomes_of_a_change(pre: int, post: int, outcome: ChangeClass) -> None:
    assert answer(WITH_NORMS | {"pre": pre, "post": post}).outcome is outcome


@pytest.mark.parametrize(
    ("pre", "post", "direction", "crossed"),
    [
        (13, 11, "higher_worse", True),
        (12, 11, "higher_worse", True),
        (13, 12, "higher_worse", False),
        (11, 10, "higher_worse", False),
        (12, 12, "higher_worse", False),
        (12, 13, "higher_better", True),
        (11, 12, "higher_better", False),
        (13, 14, "higher_better", False),
    ],
)
def test_crossing_starts_on_the_line_or_beyond_and_ends_strictly_past_it(
    pre: float, post: float, direction: str, crossed: bool
) -> None:
    # With one mean for both groups the line of criterion C is that mean.
    norms = {"m_clin": 12, "m_non": 12, "sd_clin": 1, "sd_non": 1}
    row = WITH_NORMS | norms | {"pre": pre, "post": post, "direction": direction}

    assert answer(row).crossed is crossed


def test_without_a_criterion_nothing_is_said_of_a_cut_off() -> None:
    result = answer(JT)

    assert (result.cut_off, result.crossed, result.outcome) == (None, None, ChangeClass.IMPROVED)


def test_a_fixed_threshold_may_be_joined_with_a_criterion() -> None:
    row = WITH_NORMS | {"threshold": 5}

    assert answer(row, "fixed").outcome is ChangeClass.RECOVERED


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"pre": None}, ("pre", "missing")),
        ({"post": True}, ("post", "wrong_type")),
        ({"post": "9"}, ("post", "wrong_type")),
        ({"sd": 0}, ("sd", "out_of_range")),
        ({"sd": -1}, ("sd", "out_of_range")),
        ({"r": 1.01}, ("r", "out_of_range")),
        ({"r": -0.1}, ("r", "out_of_range")),
        ({"direction": None}, ("direction", "missing")),
        ({"direction": "up"}, ("direction", "not_allowed")),
        ({"criterion": "D"}, ("criterion", "not_allowed")),
        ({"criterion": 3}, ("criterion", "not_allowed")),
        ({"m_non": None}, ("m_non", "missing")),
        ({"sd_clin": 0}, ("sd_clin", "out_of_range")),
    ],
)
def test_a_row_that_cannot_be_judged_says_why(
    change: dict[str, Any], fault: tuple[str, str]
) -> None:
    assert fault in faults(WITH_NORMS | change)


def test_every_fault_of_a_row_is_named() -> None:
    assert faults({}, "fixed") == [
        ("direction", "missing"),
        ("pre", "missing"),
        ("post", "missing"),
        ("threshold", "missing"),
    ]


def measured(name: str, score: str, value: int) -> Measured:
    return Measured(
        instrument=name, version="1", score=score, respondent="mother", value=Fraction(value)
    )


def test_certainty_in_the_prfq_is_never_called_better_or_worse() -> None:
    direction = instrument("prfq").key().score("CM").direction

    change = paired_change(
        measured("prfq", "CM", 2),
        measured("prfq", "CM", 6),
        direction=direction,
        rule=FixedThreshold(at_least=Fraction(1)),
    )

    assert change.difference == 4
    assert (change.improvement, change.reliable) == (None, None)


def test_without_a_published_threshold_a_change_is_shown_and_not_judged() -> None:
    change = paired_change(
        measured("kpcs", "total", 30), measured("kpcs", "total", 40), direction=BETTER, rule=None
    )

    assert change.improvement == 10
    assert change.reliable is None


def test_a_pair_with_a_published_threshold_is_judged() -> None:
    change = paired_change(
        measured("epds", "total", 17),
        measured("epds", "total", 13),
        direction=WORSE,
        rule=FixedThreshold(at_least=Fraction(4)),
    )

    assert change.reliable is Reliable.IMPROVEMENT


@pytest.mark.parametrize("part", ["instrument", "version", "score", "respondent"])
def test_no_change_is_worked_out_across_instruments_versions_or_respondents(part: str) -> None:
    before = measured("maas", "total", 60)
    changed: dict[str, Any] = {part: "another"}
    after = replace(measured("maas", "total", 70), **changed)

    with pytest.raises(NotComparableError, match=part):
        paired_change(before, after, direction=BETTER, rule=None)


def test_a_change_fault_says_which_value_and_why() -> None:
    assert ChangeFault("sd", "missing").item == "sd"
