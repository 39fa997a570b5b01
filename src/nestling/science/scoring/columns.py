"""A column of answers to one item read at once: what is plainly good fast, the rest one by one."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nestling.science.scoring.answers import Reason, answer_from_text, read_answer
from nestling.science.scoring.key import Item

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

REASONS = tuple(Reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The answers to one item, a place for each sheet.

    ``values`` are oriented and multiplied by the key's scale, zero where there is none; ``faults``
    is 0 for none, else the place of the reason in ``REASONS``, counted from 1.
    """

    values: Ints
    is_given: Flags
    faults: NDArray[np.int8]

    def is_missing(self) -> Flags:
        """Where there is neither an answer nor a fault."""
        blank: Flags = ~self.is_given & (self.faults == 0)
        return blank


def empty_column(rows: int) -> Column:
    """A column in which nobody answered."""
    return Column(
        values=np.zeros(rows, np.int64),
        is_given=np.zeros(rows, np.bool_),
        faults=np.zeros(rows, np.int8),
    )


def read_column(item: Item, answers: Any, *, is_raw: bool, scale: int) -> Column:
    """The answers of an Arrow column: numbers, decimals, truth values, or text as in a CSV file."""
    chunked = pa.chunked_array(answers) if not isinstance(answers, pa.ChunkedArray) else answers
    if pa.types.is_integer(chunked.type) or pa.types.is_floating(chunked.type):
        given = ~np.asarray(chunked.is_null().to_numpy(), np.bool_)
        numbers = chunked.fill_null(0).to_numpy() if chunked.null_count else chunked.to_numpy()
        return read_numbers(item, numbers, given, is_raw=is_raw, scale=scale)
    return read_each(item, chunked, is_raw=is_raw, scale=scale)


def read_numbers(
    item: Item, numbers: NDArray[Any], given: Flags, *, is_raw: bool, scale: int
) -> Column:
    """Plain numbers: those of good form and range at once, the others by the one-sheet rule."""
    in_range = (numbers >= item.low) & (numbers <= item.high) & given
    kept = np.where(in_range, numbers, item.low)
    form = 10**item.decimals
    steps = np.rint(kept * form).astype(np.int64)
    is_good = in_range & (steps / form == kept)
    values = steps * (scale // form)
    if is_raw and item.is_reversed:
        values = (item.low + item.high) * scale - values
    faults = np.zeros(len(numbers), np.int8)
    is_odd = given & ~is_good
    if is_odd.any():
        faults[is_odd] = odd_faults(item, numbers[is_odd])
    return Column(values=np.where(is_good, values, 0), is_given=is_good, faults=faults)


def odd_faults(item: Item, numbers: NDArray[Any]) -> NDArray[np.int8]:
    """The reason, by its place, for each number that is not plainly good."""
    kinds, place = np.unique(numbers, return_inverse=True)
    reasons = [read_answer(item, kind, is_raw=False) for kind in kinds.tolist()]
    codes = [code_of(reason) for reason in reasons]
    return np.array(codes, np.int8)[place]


def read_each(item: Item, answers: Any, *, is_raw: bool, scale: int) -> Column:
    """Answers of any other type: each different one is read once by the one-sheet rule."""
    coded = answers.combine_chunks().dictionary_encode()
    kinds = [
        answer_from_text(kind) if isinstance(kind, str) else kind
        for kind in coded.dictionary.to_pylist()
    ]
    read = [read_answer(item, kind, is_raw=is_raw) for kind in (*kinds, None)]
    # The last place is the answer of a null.
    place = coded.indices.fill_null(len(kinds)).to_numpy()
    values = [int(value * scale) if isinstance(value, Fraction) else 0 for value in read]
    return Column(
        values=np.array(values, np.int64)[place],
        is_given=np.array([isinstance(value, Fraction) for value in read])[place],
        faults=np.array([code_of(value) for value in read], np.int8)[place],
    )


def code_of(read: Fraction | Reason | None) -> int:
    """The place of a reason, counted from 1; 0 when the answer stands."""
    return REASONS.index(read) + 1 if isinstance(read, Reason) else 0
