"""A change asked for as a row of named values, answered or refused with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, cast

from nestling.science.change.reliable import FixedThreshold, JacobsonTruax, Reliable, improvement_of
from nestling.science.change.significant import (
    ChangeClass,
    Criterion,
    Norms,
    classify,
    crossed,
    cut_off,
)
from nestling.science.scoring.answers import Reason, plain_number
from nestling.science.scoring.key import Direction

ChangeMethod = Literal["jt", "fixed"]
DIRECTIONS = (Direction.HIGHER_WORSE.value, Direction.HIGHER_BETTER.value)
CLINICAL = ("m_clin", "sd_clin")
GENERAL = ("m_non", "sd_non")
NEEDED = {"jt": ("sd", "r"), "fixed": ("threshold",)}
NORMS = {"A": CLINICAL, "B": GENERAL, "C": (*CLINICAL, *GENERAL)}
ABOVE_ZERO = ("sd", "threshold", "sd_clin", "sd_non")


@dataclass(frozen=True, slots=True)
class ChangeFault:
    """A value of the row that is missing or cannot be used."""

    item: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeResult:
    """What a change comes to; no criterion, and ``cut_off`` and ``crossed`` are ``None``."""

    threshold: Fraction
    improvement: Fraction
    reliable: Reliable
    cut_off: Fraction | None
    crossed: bool | None
    outcome: ChangeClass


def change_of_row(
    row: Mapping[str, object], *, method: ChangeMethod
) -> ChangeResult | tuple[ChangeFault, ...]:
    """The change that a row describes, or every reason why it cannot be worked out."""
    faults = [*word_faults(row)]
    numbers: dict[str, Fraction] = {}
    for name in names_needed(row, method):
        read = read_value(name, row.get(name))
        if isinstance(read, ChangeFault):
            faults.append(read)
        else:
            numbers[name] = read
    if faults:
        return tuple(faults)
    return answer(row, numbers, method)


def word_faults(row: Mapping[str, object]) -> list[ChangeFault]:
    """What is wrong with the words of a row."""
    faults = []
    if row.get("direction") is None:
        faults.append(ChangeFault("direction", "missing"))
    elif row["direction"] not in DIRECTIONS:
        faults.append(ChangeFault("direction", Reason.NOT_ALLOWED))
    if row.get("criterion") not in (None, *NORMS):
        faults.append(ChangeFault("criterion", Reason.NOT_ALLOWED))
    return faults


def names_needed(row: Mapping[str, object], method: ChangeMethod) -> tuple[str, ...]:
    """The numbers that a row must give."""
    criterion = row.get("criterion")
    norms = NORMS.get(criterion, ()) if isinstance(criterion, str) else ()
    return ("pre", "post", *NEEDED[method], *norms)


def read_value(name: str, given: object) -> Fraction | ChangeFault:
    """One number of a row, if it is one and can mean what its name says."""
    if given is None:
        return ChangeFault(name, "missing")
    number = plain_number(given)
    if isinstance(number, Reason):
        return ChangeFault(name, number)
    too_small = name in ABOVE_ZERO and number <= 0
    if too_small or (name == "r" and not 0 <= number <= 1):
        return ChangeFault(name, Reason.OUT_OF_RANGE)
    return number


def answer(
    row: Mapping[str, object], numbers: Mapping[str, Fraction], method: ChangeMethod
) -> ChangeResult:
    """The change of a row without faults."""
    direction = Direction(str(row["direction"]))
    pre, post = numbers["pre"], numbers["post"]
    rule: JacobsonTruax | FixedThreshold = (
        JacobsonTruax(sd=numbers["sd"], r=numbers["r"])
        if method == "jt"
        else FixedThreshold(at_least=numbers["threshold"])
    )
    improvement = improvement_of(pre, post, direction=direction)
    reliable = rule.judge(improvement)
    cut = cut_of_row(row, numbers, direction)
    over = None if cut is None else crossed(pre, post, cut=cut, direction=direction)
    return ChangeResult(
        threshold=rule.threshold(),
        improvement=improvement,
        reliable=reliable,
        cut_off=cut,
        crossed=over,
        outcome=classify(reliable, has_crossed=bool(over)),
    )


def cut_of_row(
    row: Mapping[str, object], numbers: Mapping[str, Fraction], direction: Direction
) -> Fraction | None:
    """The cut-off that the row asks for, if any."""
    if row.get("criterion") is None:
        return None
    norms = Norms(
        clinical_mean=numbers.get("m_clin"),
        clinical_sd=numbers.get("sd_clin"),
        general_mean=numbers.get("m_non"),
        general_sd=numbers.get("sd_non"),
    )
    return cut_off(cast("Criterion", row["criterion"]), norms, direction=direction)
