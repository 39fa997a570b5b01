"""One answer read: a score, missing, or refused with its reason; never clipped or rounded."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from nestling.science.scoring.exact import exact
from nestling.science.scoring.key import Item, ScoringKey

#: Words that some keys allow in place of a number; where a key does not, they are refused as such.
WORDS = ("NA", "NOB", "DK")
#: A number beyond ten to this power, or finer than its inverse, is refused before it is worked
#: with.
FAR = 30
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class Reason(StrEnum):
    """Why an answer is refused."""

    OUT_OF_RANGE = "out_of_range"
    NOT_INTEGER = "not_integer"
    TOO_MANY_DECIMALS = "too_many_decimals"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_ITEM = "unknown_item"
    NOT_ALLOWED = "not_allowed"
    RAW_NOT_SUPPORTED = "raw_not_supported"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; ``item`` is the number on the form, ``None`` for the whole sheet."""

    item: str | None
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A sheet read by its key: oriented values by number in the key, and what is wrong."""

    values: Mapping[int, Fraction]
    #: Numbers in the key whose answer was refused.
    refused: frozenset[int]
    faults: tuple[Fault, ...]


def read_answers(
    key: ScoringKey, responses: Mapping[str, object], *, is_raw: bool, order: Mapping[int, int]
) -> Answers:
    """Every answer of a sheet, oriented, and each fault in the order of the form."""
    items = {item.number: item for item in key.items}
    values: dict[int, Fraction] = {}
    faults = {}
    for on_form in sorted(order):
        read = read_answer(items[order[on_form]], responses.get(str(on_form)), is_raw=is_raw)
        if isinstance(read, Reason):
            faults[order[on_form]] = Fault(str(on_form), read)
        elif read is not None:
            values[order[on_form]] = read
    unknown = unknown_items(responses, known=order)
    return Answers(values=values, refused=frozenset(faults), faults=(*faults.values(), *unknown))


def unknown_items(responses: Iterable[str], *, known: Iterable[int]) -> tuple[Fault, ...]:
    """A fault for each answer to a question that the key does not have."""
    names = {str(number) for number in known}
    return tuple(Fault(name, Reason.UNKNOWN_ITEM) for name in responses if name not in names)


def read_answer(item: Item, answer: object, *, is_raw: bool) -> Fraction | Reason | None:
    """The oriented value of one answer, ``None`` when it is missing, or why it is refused."""
    if answer is None:
        return None
    if isinstance(answer, str):
        return read_word(item, answer)
    number = read_number(item, answer)
    if is_raw and item.is_reversed and isinstance(number, Fraction):
        return item.low + item.high - number
    return number


def read_word(item: Item, word: str) -> Fraction | Reason | None:
    """What a word scores where the key allows it, or why it is refused."""
    if word in item.words:
        return item.words[word]
    return Reason.NOT_ALLOWED if word in WORDS else Reason.WRONG_TYPE


def read_number(item: Item, answer: object) -> Fraction | Reason:
    """The number, if it has the item's form and lies in its range; the form is looked at first."""
    if type(answer) is int:
        # Nearly every answer: no fraction needs to be looked at.
        return Fraction(answer) if item.low <= answer <= item.high else Reason.OUT_OF_RANGE
    number = plain_number(answer)
    if isinstance(number, Reason):
        return number
    if (number * 10**item.decimals).denominator != 1:
        return Reason.TOO_MANY_DECIMALS if item.decimals else Reason.NOT_INTEGER
    return number if item.low <= number <= item.high else Reason.OUT_OF_RANGE


def plain_number(answer: object) -> Fraction | Reason:
    """The exact number, or why it is none: truth values and infinity are not numbers here."""
    if isinstance(answer, bool) or not isinstance(answer, int | float | Decimal | Fraction):
        return Reason.WRONG_TYPE
    if isinstance(answer, int | Fraction):
        return Fraction(answer)
    decimal = Decimal(repr(answer)) if isinstance(answer, float) else answer
    if not decimal.is_finite():
        return Reason.WRONG_TYPE
    if decimal and decimal.adjusted() > FAR:
        return Reason.OUT_OF_RANGE
    # Too fine a number keeps its form fault without being written out digit by digit.
    return exact(max(decimal, Decimal(1).scaleb(-FAR)) if is_fine(decimal) else decimal)


def is_fine(number: Decimal) -> bool:
    """Whether a number is so small that writing it as a fraction would take without end."""
    return bool(number) and number.adjusted() < -FAR


def answer_from_text(text: str) -> Decimal | str | None:
    """What a cell of a table of text says: nothing, a number, or a word.

    >>> [answer_from_text(cell) for cell in ("", " 2.5 ", "NA", "1_000")]
    [None, Decimal('2.5'), 'NA', '1_000']
    """
    word = text.strip()
    if not word:
        return None
    return Decimal(word) if NUMBER.fullmatch(word) else word
