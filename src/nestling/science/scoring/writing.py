"""Arrow columns of scored sheets."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nestling.science.scoring.columns import REASONS, Flags, Ints
from nestling.science.scoring.exact import PLACES
from nestling.science.scoring.key import Band
from nestling.science.scoring.tally import STATUSES, Tally

#: For each item of the form (``None``: the whole sheet) the code of what is wrong, sheet by sheet.
Faults = list[tuple[str | None, NDArray[np.int8]]]

DECIMAL = pa.decimal128(18, PLACES)
ERRORS = pa.struct([("item", pa.string()), ("reason", pa.string())])


def as_decimals(tally: Tally, has_value: Flags) -> Any:
    """The values as exact decimals of ten places, a half rounded upwards; none is below zero."""
    over = np.where(has_value, tally.over, 0) * 10**PLACES
    units = (2 * over + tally.under) // (2 * tally.under)
    # A 128-bit number is its low half and, above it, nothing.
    halves = np.zeros((len(units), 2), np.int64)
    halves[:, 0] = units
    bits = np.packbits(has_value, bitorder="little")
    buffers = [pa.py_buffer(bits.tobytes()), pa.py_buffer(halves.tobytes())]
    return pa.Array.from_buffers(DECIMAL, len(units), buffers)


def as_bands(tally: Tally, bands: tuple[Band, ...], has_value: Flags) -> Any:
    """The highest band that each value reaches; null without a value or without published bands."""
    rising = sorted(bands, key=lambda band: band.starts_at)
    place = np.full(len(has_value), -1, np.int8)
    for band in rising:
        start = band.starts_at
        place += tally.over * start.denominator >= start.numerator * tally.under
    names = pa.array([band.name for band in rising], pa.string())
    places = pa.array(place, mask=~has_value | (place < 0))
    return pa.DictionaryArray.from_arrays(places, names)


def as_statuses(places: Ints, is_scored: Flags | None = None) -> Any:
    """The statuses by name; null where a sheet has no such score."""
    mask = None if is_scored is None else ~is_scored
    names = pa.array([status.value for status in STATUSES])
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int8), mask=mask), names)


def as_numbers(marks: dict[int, Flags], rows: int) -> Any:
    """For each sheet the numbers that are marked, lowest first."""
    numbers = np.array(sorted(marks), np.int64)
    table = np.zeros((rows, len(numbers)), np.bool_)
    for at, number in enumerate(numbers.tolist()):
        table[:, at] = marks[number]
    return pa.ListArray.from_arrays(offsets(table), pa.array(numbers[np.nonzero(table)[1]]))


def as_errors(faults: Faults) -> Any:
    """For each sheet its faults in the order of the form, those of unknown items last."""
    codes = np.column_stack([code for _, code in faults])
    rows, columns = np.nonzero(codes)
    names = np.array([item for item, _ in faults], object)
    reasons = np.array(["", *(reason.value for reason in REASONS)], object)
    structs = pa.StructArray.from_arrays(
        [
            pa.array(names[columns], pa.string()),
            pa.array(reasons[codes[rows, columns]], pa.string()),
        ],
        fields=list(ERRORS),
    )
    return pa.ListArray.from_arrays(offsets(codes > 0), structs)


def offsets(table: Flags) -> Any:
    """Where each sheet's part of a list starts and ends."""
    return pa.array(np.concatenate([[0], np.cumsum(table.sum(axis=1))]).astype(np.int32))
