"""Change that means something: more than an instrument's noise, and across a line that matters."""

from nestling.science.change.paired import Measured, NotComparableError, PairedChange, paired_change
from nestling.science.change.reliable import (
    FixedThreshold,
    JacobsonTruax,
    Reliable,
    improvement_of,
)
from nestling.science.change.rows import ChangeFault, ChangeResult, change_of_row
from nestling.science.change.significant import ChangeClass, Norms, classify, crossed, cut_off

__all__ = [
    "ChangeClass",
    "ChangeFault",
    "ChangeResult",
    "FixedThreshold",
    "JacobsonTruax",
    "Measured",
    "Norms",
    "NotComparableError",
    "PairedChange",
    "Reliable",
    "change_of_row",
    "classify",
    "crossed",
    "cut_off",
    "improvement_of",
    "paired_change",
]
