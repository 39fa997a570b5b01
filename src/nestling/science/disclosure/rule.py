"""A disclosure rule and what it lets a reader see of one count."""

from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal


class Hidden(Enum):
    """The value of a cell that may not be seen: never a number, never 0."""

    HIDDEN = "*"

    def __str__(self) -> str:
        """As it is written in a file."""
        return self.value


HIDDEN: Final = Hidden.HIDDEN
Shown = int | Literal[Hidden.HIDDEN]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRule:
    """How a publisher hides small counts, and which document says so."""

    name: str
    hide_below: int
    hide_zero: bool
    round_to: int
    exact_at: frozenset[str] = frozenset()
    secondary: bool = False
    median_needs: int = 1
    ninetieth_needs: int = 1
    source: str = ""
    version: str = ""

    @property
    def is_off(self) -> bool:
        """True where nothing is hidden and nothing is rounded: not for publication."""
        return self.hide_below <= 1 and not self.hide_zero and self.round_to == 1

    def may_show_percentile(self, percent: int, people: int) -> bool:
        """True where enough people stand behind a median or a 90th centile."""
        return people >= (self.median_needs if percent <= 50 else self.ninetieth_needs)


def safe_count(count: int, rule: DisclosureRule, *, place: str = "") -> Shown:
    """The count a reader may see of one cell: hidden, exact, or the nearest multiple.

    ``place`` is the kind of geography: the official rule leaves England as it is.

    >>> strict = DisclosureRule(name="strict", hide_below=5, hide_zero=False, round_to=5)
    >>> [str(safe_count(n, strict)) for n in (0, 1, 4, 5, 7, 8, 12, 13)]
    ['0', '*', '*', '5', '5', '10', '10', '15']

    Raises ``ValueError`` for a count below zero.
    """
    if count < 0:
        raise ValueError(f"a count of people cannot be negative: {count}")
    if place in rule.exact_at:
        return count
    if count < rule.hide_below and (count > 0 or rule.hide_zero):
        return HIDDEN
    return (count + rule.round_to // 2) // rule.round_to * rule.round_to


def bounds(shown: Shown, rule: DisclosureRule, *, place: str = "") -> tuple[int, int | None]:
    """The lowest and highest count that a reader can suppose behind a shown cell.

    ``None`` is no limit.

    A hidden cell may be any count from 1 (or 0, where zeros are hidden too): nothing tells a first
    hiding from a second.
    """
    if shown is HIDDEN:
        return (0 if rule.hide_zero else 1), None
    if shown == 0 or place in rule.exact_at:
        return shown, shown
    below = rule.round_to // 2
    return max(shown - below, rule.hide_below), shown + rule.round_to - 1 - below
