from decimal import Decimal
from fractions import Fraction

import pytest

from nestling.reference.instruments import instrument
from nestling.science.scoring import (
    Fault,
    Item,
    Reason,
    ScoredSheet,
    Status,
    refused_sheet,
    score_sheet,
)
from nestling.science.scoring.answers import answer_from_text, read_answer

ITEM = Item(number=1, low=0, high=3)
LINE = Item(number=1, low=0, high=10, decimals=1)


def sheet_of(name: str, answers: dict[int, object], **more: str) -> ScoredSheet:
    responses = {str(number): answer for number, answer in answers.items()}
    return score_sheet(instrument(name).key(), responses, **more)


def filled(name: str, value: object, **changes: object) -> dict[int, object]:
    numbers = instrument(name).key().numbers()
    return dict.fromkeys(numbers, value) | {int(at[1:]): to for at, to in changes.items()}


def test_the_first_option_down_the_page_scores_three_on_seven_items_of_the_epds() -> None:
    sheet = sheet_of("epds", filled("epds", 0))

    assert sheet.scores["total"].value == 21
    assert sheet.alerts == (10,)


def test_a_missing_item_gives_no_total_and_the_safety_item_still_stands() -> None:
    sheet = sheet_of("phq9", filled("phq9", 0, _9=1, _2=None))

    assert sheet.status is Status.INCOMPLETE
    assert sheet.missing == (2,)
    assert sheet.alerts == (9,)


def test_an_unanswered_safety_item_is_unknown_not_quiet() -> None:
    sheet = sheet_of("core10", filled("core10", 0, _6=None), coding="scored")

    assert (sheet.alerts, sheet.unknown_alerts) == ((), (6,))


def test_a_refused_sheet_still_raises_the_alert_of_a_good_answer() -> None:
    sheet = sheet_of("phq9", filled("phq9", 0, _1=9, _9=2))

    assert sheet.status is Status.INVALID
    assert sheet.scores == {}
    assert sheet.alerts == (9,)


def test_an_alert_whose_own_answer_is_refused_is_unknown() -> None:
    sheet = sheet_of("phq9", filled("phq9", 0, _9=7))

    assert sheet.unknown_alerts == (9,)


def test_core_10_is_prorated_with_one_gap_and_its_band_is_a_lower_bound() -> None:
    sheet = sheet_of("core10", filled("core10", 0, _1=4, _4=1, _10=None), coding="scored")

    total = sheet.scores["total"]
    assert (total.value, total.band, total.status) == (
        Decimal("5.5555555556"),
        "healthy",
        Status.PRORATED,
    )


def test_the_core_om_is_prorated_while_its_total_is_though_domains_are_withheld() -> None:
    sheet = sheet_of("coreom", filled("coreom", 1, _4=None, _2=None, _6=None), coding="scored")

    assert sheet.status is Status.PRORATED
    assert {name: score.value for name, score in sheet.scores.items()} == {
        "total": 10,
        "W": None,
        "P": None,
        "F": 12,
        "R": None,
    }


def test_the_all_zero_core_om_has_thirty_two_points_not_thirty_six() -> None:
    sheet = sheet_of("coreom", filled("coreom", 0))

    assert sum(sheet.scores[name].value or 0 for name in "WPFR") == 32


def test_an_sdq_with_a_total_but_no_prosocial_score_is_incomplete() -> None:
    sheet = sheet_of("sdq_p2_4", filled("sdq_p2_4", 1, _1=None, _4=None, _9=None))

    assert sheet.scores["total"].value == 20
    assert sheet.status is Status.INCOMPLETE


def test_an_sdq_scale_is_rounded_half_upwards() -> None:
    answers = filled("sdq_p2_4", 0, _3=1, _8=1, _13=0, _16=0, _24=None)

    assert sheet_of("sdq_p2_4", answers, coding="scored").scores["emotional"].value == 3


@pytest.mark.parametrize("order", ["2001", "2006"])
def test_the_pbq_raises_its_alert_in_either_order_and_names_the_items_ticked(order: str) -> None:
    sheet = sheet_of("pbq", filled("pbq", 0, _18=1, _24=1), item_order=order)

    assert sheet.alerts == (18, 24)


def test_the_pbq_alert_is_unknown_only_when_both_items_are_blank() -> None:
    both = sheet_of("pbq", filled("pbq", 0, _18=None, _24=None))
    one = sheet_of("pbq", filled("pbq", 0, _18=None, _24=0))

    assert (both.unknown_alerts, one.unknown_alerts) == ((18, 24), ())


def test_the_pbq_of_2001_turns_the_items_that_its_own_form_words_well() -> None:
    old = sheet_of("pbq", filled("pbq", 0, _8=5), item_order="2001")
    new = sheet_of("pbq", filled("pbq", 0, _10=5), item_order="2006")

    assert old.scores == new.scores
    assert (old.version, new.version) == ("2006 (items in the 2001 order)", "2006")


def test_missing_items_are_named_by_their_number_on_the_form() -> None:
    sheet = sheet_of("pbq", filled("pbq", 0, _8=None), item_order="2001")

    assert sheet.missing == (8,)


def test_an_item_order_that_no_form_has_is_refused() -> None:
    sheet = sheet_of("pbq", filled("pbq", 0), item_order="1999")

    assert sheet.faults == (Fault("item_order", Reason.NOT_ALLOWED),)


def test_one_yes_decides_the_whooley_questions() -> None:
    sheet = sheet_of("whooley", {1: 1})

    assert (sheet.scores["total"].band, sheet.status) == ("positive", Status.COMPLETE)


def test_a_no_with_a_gap_leaves_the_whooley_questions_unknown() -> None:
    sheet = sheet_of("whooley", {2: 0})

    assert (sheet.scores["total"].value, sheet.status) == (None, Status.INCOMPLETE)


def test_a_goal_that_was_not_set_has_no_score_and_a_first_rating_of_zero_has() -> None:
    sheet = sheet_of("gbo", {1: 0, 3: 7})

    assert {name: score.value for name, score in sheet.scores.items()} == {"goal_1": 0, "goal_3": 7}
    assert sheet.status is Status.COMPLETE


def test_a_sheet_without_any_goal_is_incomplete() -> None:
    assert sheet_of("gbo", {}).status is Status.INCOMPLETE


def test_items_not_observed_are_left_out_of_the_mean_and_counted() -> None:
    sheet = sheet_of("kips", filled("kips", 3, _1="NOB", _2=4))

    total = sheet.scores["total"]
    assert (total.value, total.band, total.answered) == (Decimal("3.0909090909"), "moderate", 11)
    assert sheet.missing == (1,)


def test_not_applicable_is_an_answer_where_the_key_allows_it() -> None:
    sheet = sheet_of("kpcs", filled("kpcs", 3, _1="NA", _9="NA"))

    assert sheet.scores["total"].value == 43
    assert (sheet.status, sheet.missing) == (Status.COMPLETE, ())


def test_a_swemwbs_metric_score_is_read_from_the_published_table() -> None:
    sheet = sheet_of("swemwbs", filled("swemwbs", 3))

    assert sheet.scores["metric"].value == Decimal("19.25")


def test_a_sheet_whose_raw_coding_is_unknown_is_refused() -> None:
    sheet = sheet_of("topse", filled("topse", 5))

    assert sheet.faults == (Fault(None, Reason.RAW_NOT_SUPPORTED),)


def test_a_sheet_refused_as_a_whole_leaves_every_alert_unknown() -> None:
    sheet = refused_sheet(instrument("epds").key(), (Fault(None, Reason.WRONG_TYPE),))

    assert (sheet.status, sheet.unknown_alerts) == (Status.INVALID, (10,))


def test_a_score_or_item_order_that_the_key_does_not_have_is_an_error() -> None:
    key = instrument("epds").key()

    with pytest.raises(KeyError):
        key.score("warmth")
    with pytest.raises(KeyError):
        key.order("2001")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (True, Reason.WRONG_TYPE),
        ([1], Reason.WRONG_TYPE),
        ("2", Reason.WRONG_TYPE),
        ("DK", Reason.NOT_ALLOWED),
        (float("nan"), Reason.WRONG_TYPE),
        (Decimal("Infinity"), Reason.WRONG_TYPE),
        (Decimal("1e999999999"), Reason.OUT_OF_RANGE),
        (Decimal("1e-999999999"), Reason.NOT_INTEGER),
        (1.5, Reason.NOT_INTEGER),
        (4, Reason.OUT_OF_RANGE),
        (-1, Reason.OUT_OF_RANGE),
        (Decimal(-1), Reason.OUT_OF_RANGE),
        (Decimal("-1e-999999999"), Reason.NOT_INTEGER),
    ],
)
def test_a_bad_answer_is_refused_with_its_reason(answer: object, reason: Reason) -> None:
    assert read_answer(ITEM, answer, is_raw=True) == reason


def test_a_line_measured_too_finely_is_refused() -> None:
    assert read_answer(LINE, Decimal("5.55"), is_raw=True) == Reason.TOO_MANY_DECIMALS


@pytest.mark.parametrize("answer", [2, 2.0, Decimal("2.0"), Fraction(2)])
def test_a_whole_number_may_be_written_in_any_way(answer: object) -> None:
    assert read_answer(ITEM, answer, is_raw=True) == 2


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("", None), ("  ", None), (" 3 ", Decimal(3)), (".5", Decimal("0.5")), ("٣", "٣"), ("x", "x")],
)
def test_a_cell_of_text_is_nothing_a_number_or_a_word(cell: str, answer: object) -> None:
    assert answer_from_text(cell) == answer
