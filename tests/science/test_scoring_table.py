import random
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from nestling.reference.instruments import instrument, instrument_ids
from nestling.science.scoring import as_arrays, score_array, score_sheet, score_table
from tests.science.random_sheets import as_row, disagreements, orders, random_sheets

ROWS = 500
EPDS = instrument("epds").key()
ORS = instrument("ors").key()


@pytest.mark.parametrize("name", instrument_ids())
def test_a_table_scores_every_random_sheet_as_one_sheet_at_a_time(name: str) -> None:
    key = instrument(name).key()

    found = [
        difference
        for coding in ("raw", "scored")
        for order in orders(key)
        for difference in disagreements(
            key,
            random_sheets(key, rows=ROWS // 2, seed=len(coding)),
            coding=coding,
            order=order,
        )
    ]

    assert found == []


@pytest.mark.parametrize(
    "kind", [pa.int8(), pa.int64(), pa.uint8(), pa.float32(), pa.float64(), pa.decimal128(21, 1)]
)
def test_numbers_of_any_arrow_type_score_alike(kind: pa.DataType) -> None:
    sheet = {str(at): at % 4 for at in range(1, 11)}
    table = pa.table({name: pa.array([value]).cast(kind) for name, value in sheet.items()})

    row = score_table(EPDS, table).to_pylist()[0]

    assert row == as_row(EPDS, score_sheet(EPDS, sheet))


def test_floats_of_one_decimal_add_up_exactly() -> None:
    answers = np.array([[6.7, 6.7, 6.7, 6.6]])

    total = score_array(ORS, answers)["total"].to_pylist()

    assert total == [Decimal("26.7")]


@pytest.mark.parametrize(
    "answer",
    [-1, 4, 1.5, float("nan"), float("inf"), 1e300, 2.0000001, -0.5, 3.5],
)
def test_an_odd_float_is_refused_for_the_reason_of_the_one_sheet_function(answer: float) -> None:
    sheet: dict[str, float] = {str(at): 1.0 for at in range(1, 11)} | {"4": answer}
    table = pa.table({name: pa.array([value], pa.float64()) for name, value in sheet.items()})

    row = score_table(EPDS, table).to_pylist()[0]

    assert row == as_row(EPDS, score_sheet(EPDS, sheet))
    assert row["status"] == "invalid"


@pytest.mark.parametrize("answer", [0.25, 10.1, 3.14159])
def test_an_odd_decimal_is_refused_for_the_reason_of_the_one_sheet_function(answer: float) -> None:
    sheet = {"1": answer, "2": 5.0, "3": 5.0, "4": 5.0}
    table = pa.table({name: pa.array([value]) for name, value in sheet.items()})

    row = score_table(ORS, table).to_pylist()[0]

    assert row == as_row(ORS, score_sheet(ORS, sheet))


def test_truth_values_are_refused() -> None:
    columns = {str(at): pa.array([1]) for at in range(1, 10)} | {"10": pa.array([True])}

    row = score_table(EPDS, pa.table(columns)).to_pylist()[0]

    assert row["errors"] == [{"item": "10", "reason": "wrong_type"}]


def test_an_item_without_a_column_is_missing_in_every_sheet() -> None:
    table = pa.table({str(at): [0, 1] for at in range(1, 10)})

    answer = score_table(EPDS, table)

    assert answer["missing"].to_pylist() == [[10], [10]]
    assert answer["unknown_alerts"].to_pylist() == [[10], [10]]


def test_nulls_and_masked_answers_are_missing() -> None:
    answers = np.ones((3, 10), np.int16)
    missing = np.zeros((3, 10), np.bool_)
    missing[1, 4] = True

    answer = score_array(EPDS, answers, missing=missing, coding="scored")

    assert answer["missing"].to_pylist() == [[], [5], []]
    assert answer["total"].to_pylist() == [10, None, 10]


def test_a_chunked_column_is_scored_whole() -> None:
    chunked = pa.chunked_array([[0, 1], [None, 3]])
    table = pa.table({str(at): chunked for at in range(1, 11)})

    answer = score_table(EPDS, table, coding="scored")

    assert answer["total"].to_pylist() == [0, 10, None, 30]


def test_a_table_without_rows_scores_to_a_table_without_rows() -> None:
    table = pa.table({str(at): pa.array([], pa.int8()) for at in range(1, 11)})

    assert score_table(EPDS, table).num_rows == 0


def test_a_table_in_a_coding_that_is_not_taken_is_refused_sheet_for_sheet() -> None:
    key = instrument("mpas").key()
    table = pa.table({"1": [1, 2]})

    rows = score_table(key, table, coding="raw").to_pylist()

    assert [row["status"] for row in rows] == ["invalid", "invalid"]
    assert rows[0] == as_row(key, score_sheet(key, {"1": 1}))


def test_a_refused_table_leaves_every_alert_unknown() -> None:
    row = score_table(EPDS, pa.table({"10": [3]}), coding="upside_down").to_pylist()[0]

    assert row == as_row(EPDS, score_sheet(EPDS, {"10": 3}, coding="upside_down"))
    assert row["unknown_alerts"] == [10]


def test_an_array_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="epds needs 10 columns"):
        score_array(EPDS, np.zeros((4, 9)))


def test_a_derived_score_adds_parts_of_different_denominators() -> None:
    key = instrument("hads").key()
    total = replace(
        instrument("sdq_p2_4").key().derived[0], name="both", parts=("A", "D"), bands=()
    )
    both = replace(key, derived=(total,))
    rng = random.Random(5)
    sheets = [
        {str(at): str(rng.randint(0, 3)) if rng.random() < 0.8 else None for at in range(1, 15)}
        for _ in range(200)
    ]

    assert disagreements(both, sheets, coding="raw", order=None) == []


def test_numpy_in_can_be_numpy_out() -> None:
    missing = np.zeros((2, 10), np.bool_)
    missing[1, 0] = True

    arrays = as_arrays(score_array(EPDS, np.full((2, 10), 2), missing=missing, coding="scored"))

    assert arrays["total"][0] == 20.0
    assert np.isnan(arrays["total"][1])
    assert arrays["total_band"].tolist() == ["probable", None]
    assert arrays["missing"][1].tolist() == [1]
