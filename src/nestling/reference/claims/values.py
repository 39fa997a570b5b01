"""The forms that a claim's value takes, and the words that print it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

Qualifier = Literal["about", "nearly", "more_than", "fewer_than", "at_least", "at_most"]

#: How a qualifier is said before a number.
QUALIFIER_WORDS: dict[str, str] = {
    "about": "about ",
    "nearly": "nearly ",
    "more_than": "more than ",
    "fewer_than": "fewer than ",
    "at_least": "at least ",
    "at_most": "at most ",
}


class Row(BaseModel):
    """A row of a data file: fixed once read, and no field that nobody declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Value(Row):
    """A value as its source gives it: a number, one or two limits, named numbers, or words."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    series: dict[str, float] | None = None
    words: str | None = None
    qualifier: Qualifier | None = None
    unit: str

    @model_validator(mode="after")
    def says_something(self) -> "Value":
        """Refuse a row without any value, and limits that are the wrong way round."""
        numbers = (self.value, self.low, self.high, self.series, self.words)
        if all(part is None for part in numbers):
            raise ValueError("a row has a value, a limit, a series or words")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the lower limit {self.low} is above the upper limit {self.high}")
        return self

    @property
    def limits(self) -> tuple[float, float] | None:
        """The least and greatest number that the value allows; an open side is infinite."""
        if self.value is not None:
            return self.value, self.value
        if self.low is None and self.high is None:
            return None
        low = float("-inf") if self.low is None else self.low
        high = float("inf") if self.high is None else self.high
        return low, high


def number(value: float) -> str:
    """A number with separators and no needless decimals.

    >>> number(2_300_000_000), number(3.27), number(8300)
    ('2.3 billion', '3.27', '8,300')
    """
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= size and (value / (size / 100)).is_integer():
            return f"{value / size:g} {name}"
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def bare_words(value: Value) -> str:
    """The number or numbers without their unit."""
    if value.words is not None:
        return value.words
    if value.series is not None:
        return "; ".join(f"{name} {number(part)}" for name, part in value.series.items())
    if value.value is not None:
        return number(value.value)
    if value.low is not None and value.high is not None:
        return f"{number(value.low)} to {number(value.high)}"
    return number(value.low if value.low is not None else value.high or 0)


#: Units that stand before the number or tight against it.
TIGHT_UNITS = {
    "per cent": ("", "%"),
    "per cent rise": ("", "% rise"),
    "upper age": ("age ", ""),
    "level": ("level ", ""),
}


def unit_words(value: Value) -> str:
    """The unit, in the singular for one.

    >>> unit_words(Value(value=1, unit="families a year"))
    'family a year'
    """
    if value.value != 1:
        return value.unit
    first, _, rest = value.unit.partition(" ")
    one = first.removesuffix("ies") + "y" if first.endswith("ies") else first.removesuffix("s")
    return f"{one} {rest}".strip()


def words_for(value: Value) -> str:
    """The value with its qualifier and unit, as a reader sees it.

    >>> words_for(Value(low=10, high=25, unit="per cent"))
    '10 to 25%'
    >>> words_for(Value(high=40, qualifier="fewer_than", unit="teams"))
    'fewer than 40 teams'
    >>> words_for(Value(value=364_000_000, unit="pounds"))
    '£364 million'
    """
    if value.words is not None:
        return value.words
    said, bare = QUALIFIER_WORDS.get(value.qualifier or "", ""), bare_words(value)
    if value.series is not None:
        return f"{bare} ({value.unit})"
    if value.unit == "calendar year":
        return f"{value.value:g}"
    if value.unit.startswith("pounds"):
        return f"{said}£{bare.replace(' to ', ' to £')}{value.unit.removeprefix('pounds')}"
    before, after = TIGHT_UNITS.get(value.unit, ("", f" {unit_words(value)}"))
    return f"{said}{before}{bare}{after}"
