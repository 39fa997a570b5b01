"""The ages that are asked for: single years with the total of each range, or months."""

import re
from dataclasses import dataclass

from nestling.reference.access import statements

MONTHS = "months"
SHAPE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")


class AgesError(ValueError):
    """Words that are no ages."""


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """One age, or the people of a range counted once."""

    lowest: int
    highest: int
    unit: str = "years"

    @property
    def label(self) -> str:
        """As it is written in a file: ``1``, ``0-2`` or ``7m``."""
        end = "m" if self.unit == MONTHS else ""
        if self.lowest == self.highest:
            return f"{self.lowest}{end}"
        return f"{self.lowest}-{self.highest}{end}"

    @property
    def is_single(self) -> bool:
        """True for one year (or month) of age."""
        return self.lowest == self.highest

    def covers(self, other: "AgeGroup") -> bool:
        """True where every age of another group is in this one."""
        return self.lowest <= other.lowest and other.highest <= self.highest

    def holds(self, age: int) -> bool:
        """True for an age within the group."""
        return self.lowest <= age <= self.highest


@dataclass(frozen=True, slots=True)
class Ages:
    """Every age asked for, in order, each once."""

    groups: tuple[AgeGroup, ...]
    unit: str = "years"

    @property
    def lowest(self) -> int:
        """The lowest age of all."""
        return min(group.lowest for group in self.groups)

    @property
    def highest(self) -> int:
        """The highest age of all."""
        return max(group.highest for group in self.groups)

    @property
    def singles(self) -> tuple[AgeGroup, ...]:
        """The single ages."""
        return tuple(group for group in self.groups if group.is_single)

    @property
    def totals(self) -> tuple[AgeGroup, ...]:
        """The ranges, or the one age where no range was asked for."""
        return tuple(group for group in self.groups if not group.is_single) or self.singles

    @property
    def widest(self) -> "Ages":
        """The ranges that lie in no other range.

        >>> [group.label for group in parse_ages("0-2,0-1,3-4").widest.groups]
        ['0-2', '3-4']
        """
        wide = [g for g in self.totals if not any(o.covers(g) for o in self.totals if o != g)]
        return Ages(tuple(wide), self.unit)

    def up_to(self, oldest: int | None) -> "Ages":
        """The groups that lie wholly at or below an age, for a measure of small children."""
        if oldest is None or self.unit == MONTHS:
            return self
        return Ages(tuple(group for group in self.groups if group.highest <= oldest), self.unit)


def parse_ages(words: str) -> Ages:
    """The ages in words such as ``0-2``, ``0,1``, ``bands`` or ``0-35m``.

    >>> [group.label for group in parse_ages("0-2").groups]
    ['0', '1', '2', '0-2']
    >>> [group.label for group in parse_ages("bands").groups][:6]
    ['0', '1', '2', '0-2', '3-4', '5-10']

    In ``bands`` only the years below three are shown singly. Raises ``AgesError`` for anything
    else.
    """
    text = words.strip().lower()
    if text == "bands":
        ranges = [parse_range(part) for part in statements().bands.value]
        return Ages(tuple(dict.fromkeys([*singles(ranges[0], "years"), *ranges])))
    unit = MONTHS if text.endswith("m") else "years"
    ranges = [parse_range(part, unit) for part in text.removesuffix("m").split(",")]
    groups = [group for part in ranges for group in (*singles(part, unit), part)]
    return Ages(tuple(dict.fromkeys(groups)), unit)


def singles(group: AgeGroup, unit: str) -> list[AgeGroup]:
    """Each single age of a range."""
    return [AgeGroup(age, age, unit) for age in range(group.lowest, group.highest + 1)]


def parse_range(words: str, unit: str = "years") -> AgeGroup:
    """One age or range."""
    found = SHAPE.fullmatch(words.strip())
    if found is None:
        raise AgesError(f"{words!r} is not an age or a range of ages such as 0-2")
    lowest = int(found[1])
    highest = int(found[2] or lowest)
    if highest < lowest:
        raise AgesError(f"the ages {words} end before they begin")
    return AgeGroup(lowest, highest, unit)
