"""A number that may be printed: with its unit, its date, how sure it is, and where it came from."""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite


class FigureError(ValueError):
    """A number was to be printed without something that a reader needs."""


class SourceKind(StrEnum):
    """What a figure rests on."""

    CLAIM = "claim"
    FINDING = "finding"
    DATA = "data"
    METHOD = "method"
    GIVEN = "given"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSource:
    """Where a figure came from: its kind, its keys, and words for a footnote."""

    kind: SourceKind
    keys: tuple[str, ...] = ()
    words: str

    def __post_init__(self) -> None:
        """Refuse a source that names nothing."""
        if not self.words.strip():
            raise FigureError("a figure's source is said in words")
        if self.kind in (SourceKind.CLAIM, SourceKind.FINDING) and not self.keys:
            raise FigureError(f"a {self.kind} is named by its id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Two limits and what they mean: a likely range of an estimate, or the range of a source."""

    low: float
    high: float
    level: int | None = 95

    def __post_init__(self) -> None:
        """Refuse limits the wrong way round."""
        if not (isfinite(self.low) and isfinite(self.high)) or self.low > self.high:
            raise FigureError(f"the limits {self.low} and {self.high} are the wrong way round")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number as a reader may see it; a value of `None` is not known, which is not nought.

    `instead` is printed where there is no number: "hidden" for a small count, "not given".

    >>> source = FigureSource(kind=SourceKind.DATA, keys=("births",), words="ONS births")
    >>> Figure(value=8471, unit="births", date="mid-2022 to mid-2023", source=source).is_known
    True
    """

    value: float | None
    unit: str
    date: str
    source: FigureSource
    interval: Interval | None = None
    is_estimate: bool = False
    instead: str = ""

    def __post_init__(self) -> None:
        """Refuse a figure without a unit or a date, or with a value that is no number."""
        if not self.unit.strip():
            raise FigureError("a figure has a unit")
        if not self.date.strip():
            raise FigureError("a figure has a date")
        if self.value is not None and not isfinite(self.value):
            raise FigureError(f"a figure is a number or not known: {self.value}")
        if self.value is None and self.interval is not None:
            raise FigureError("what is not known has no interval")

    @property
    def is_known(self) -> bool:
        """Whether there is a number to print."""
        return self.value is not None
