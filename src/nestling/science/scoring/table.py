"""A whole table of answer sheets scored at once: Arrow or NumPy in, Arrow out.

The answer agrees sheet for sheet with `score_sheet`: sums stay whole numbers from the first to the
last step, and bands are read by comparing whole numbers, never binary fractions.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nestling.science.scoring.answers import Fault, Reason
from nestling.science.scoring.columns import (
    REASONS,
    Column,
    Flags,
    code_of,
    empty_column,
    read_column,
)
from nestling.science.scoring.key import ScoringKey
from nestling.science.scoring.sheet import Status, sheet_faults
from nestling.science.scoring.tally import STATUSES, Tally, tally_scores
from nestling.science.scoring.writing import (
    Faults,
    as_bands,
    as_decimals,
    as_errors,
    as_numbers,
    as_statuses,
)

INVALID = STATUSES.index(Status.INVALID)


def score_table(
    key: ScoringKey, sheets: Any, *, coding: str = "raw", item_order: str | None = None
) -> Any:
    """What every sheet of an Arrow table says, a row for each, in order.

    ``sheets`` has a column for each item, named by its number on the form; a column of text is read
    as CSV cells are; null is missing, and so is an item without a column. The answer has
    ``status``, ``missing``, ``alerts``, ``unknown_alerts`` and ``errors``, and for each score its
    value (an exact decimal of ten places), ``<score>_band`` and ``<score>_status``.
    """
    faults = sheet_faults(key, coding=coding, item_order=item_order)
    if faults:
        return refused_table(key, sheets.num_rows, faults)
    order = key.order(item_order)
    scale = 10 ** max(item.decimals for item in key.items)
    columns = {
        item.number: read_column(item, sheets[name], is_raw=coding == "raw", scale=scale)
        if (name := str(on_form)) in sheets.column_names
        else empty_column(sheets.num_rows)
        for on_form, item in forms(key, order)
    }
    on_form = {order[number]: number for number in sorted(order)}
    found: Faults = [(str(number), columns[at].faults) for at, number in on_form.items()]
    found += unknown_columns(sheets, known=set(map(str, order)))
    return written(key, columns, on_form, found, scale=scale)


def forms(key: ScoringKey, order: dict[int, int]) -> list[tuple[int, Any]]:
    """Each item with its number on the form."""
    items = {item.number: item for item in key.items}
    return [(on_form, items[in_key]) for on_form, in_key in order.items()]


def score_array(
    key: ScoringKey,
    answers: Any,
    *,
    missing: Flags | None = None,
    coding: str = "raw",
    item_order: str | None = None,
) -> Any:
    """What every sheet of a NumPy array says: a row a sheet, a column an item, in order.

    ``missing`` marks the answers that were not given; a not-a-number that is not marked is refused.
    """
    names = [str(number) for number in key.numbers()]
    if answers.ndim != 2 or answers.shape[1] != len(names):
        raise ValueError(f"{key.instrument} needs {len(names)} columns, not {answers.shape[1:]}")
    marks = np.zeros(answers.shape, np.bool_) if missing is None else missing
    columns = [
        pa.array(np.ascontiguousarray(answers[:, at]), mask=marks[:, at], from_pandas=False)
        for at in range(len(names))
    ]
    sheets = pa.Table.from_arrays(columns, names=names)
    return score_table(key, sheets, coding=coding, item_order=item_order)


def as_arrays(scored: Any) -> dict[str, NDArray[Any]]:
    """A scored table as NumPy arrays by column: values as floats, not-a-number for none.

    Names are text objects and lists objects; the table itself keeps the exact decimals.
    """
    return {name: as_array(scored[name]) for name in scored.column_names}


def as_array(column: Any) -> NDArray[Any]:
    """One column of a scored table as a NumPy array."""
    kind = column.type
    if pa.types.is_decimal(kind):
        kind = pa.float64()
    elif pa.types.is_dictionary(kind):
        kind = pa.string()
    array: NDArray[Any] = column.cast(kind).combine_chunks().to_numpy(zero_copy_only=False)
    return array


def unknown_columns(sheets: Any, *, known: set[str]) -> Faults:
    """A fault wherever a column that the key does not know has an answer."""
    code = code_of(Reason.UNKNOWN_ITEM)
    return [
        (name, np.where(sheets[name].is_null().to_numpy(), 0, code).astype(np.int8))
        for name in sheets.column_names
        if name not in known
    ]


def written(
    key: ScoringKey,
    columns: dict[int, Column],
    on_form: dict[int, int],
    faults: Faults,
    *,
    scale: int,
) -> Any:
    """The answer as an Arrow table."""
    is_invalid = np.any([codes > 0 for _, codes in faults], axis=0)
    tallies = tally_scores(key, columns, scale=scale)
    alerts, unknown = alert_marks(key, columns, scale=scale)
    rows = len(is_invalid)
    out = {
        "status": as_statuses(np.where(is_invalid, INVALID, sheet_statuses(key, tallies))),
        "missing": as_numbers({on_form[at]: columns[at].is_missing() for at in on_form}, rows),
        **score_columns(key, tallies, ~is_invalid),
        "alerts": as_numbers({on_form[at]: marks for at, marks in alerts.items()}, rows),
        "unknown_alerts": as_numbers({on_form[at]: m for at, m in unknown.items()}, rows),
        "errors": as_errors(faults),
    }
    return pa.table(out)


def score_columns(key: ScoringKey, tallies: dict[str, Tally], is_valid: Flags) -> dict[str, Any]:
    """Value, band and status of each score; null where a sheet is invalid."""
    columns: dict[str, Any] = {}
    for name, tally in tallies.items():
        has_value = tally.has_value & is_valid
        columns[name] = as_decimals(tally, has_value)
        columns[f"{name}_band"] = as_bands(tally, key.score(name).bands, has_value)
        columns[f"{name}_status"] = as_statuses(tally.status, tally.is_scored & is_valid)
    return columns


def sheet_statuses(key: ScoringKey, tallies: dict[str, Tally]) -> Any:
    """The place of each sheet's status: its worst score's, or that of the one that decides."""
    if key.status_from is not None:
        return tallies[key.status_from].status
    scored = np.any([tally.is_scored for tally in tallies.values()], axis=0)
    worst = np.max(
        [np.where(tally.is_scored, tally.status, 0) for tally in tallies.values()], axis=0
    )
    return np.where(scored, worst, STATUSES.index(Status.INCOMPLETE))


def alert_marks(
    key: ScoringKey, columns: dict[int, Column], *, scale: int
) -> tuple[dict[int, Flags], dict[int, Flags]]:
    """Where each watched item raises its alert, and where its alert is unknown."""
    raised: dict[int, Flags] = {}
    unknown: dict[int, Flags] = {}
    for alert in key.alerts:
        watched = [columns[number] for number in alert.items]
        limit = alert.at_least * scale
        total = np.sum([column.values for column in watched], axis=0)
        all_blank = ~np.any([column.is_given for column in watched], axis=0)
        for number, column in zip(alert.items, watched, strict=True):
            ticked = column.is_given & (column.values > 0)
            raised[number] = ticked & ((total if alert.by_sum else column.values) >= limit)
            unknown[number] = all_blank if alert.by_sum else ~column.is_given
    return raised, unknown


def refused_table(key: ScoringKey, rows: int, faults: Sequence[Fault]) -> Any:
    """A table of which no sheet can be read, for one reason that holds for all."""
    columns = {number: empty_column(rows) for number in key.numbers()}
    codes: Faults = [
        (fault.item, np.full(rows, REASONS.index(fault.reason) + 1, np.int8)) for fault in faults
    ]
    table = written(key, columns, key.order(None), codes, scale=1)
    nothing = as_numbers({}, rows)
    return table.set_column(table.column_names.index("missing"), "missing", nothing)
