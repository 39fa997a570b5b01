"""How alike two names or two dates are.

Names: the measure of Jaro (1989) with Winkler's bonus for a common beginning (Winkler 1990, "String
comparator metrics and enhanced decision rules in the Fellegi-Sunter model of record linkage").
"""

from datetime import date
from functools import lru_cache

PREFIX, BONUS = 4, 0.1
"""Winkler's constants: letters of the beginning that count, and how much each brings."""
MONTHS = 12


@lru_cache(maxsize=4096)
def likeness(one: str, other: str) -> float:
    """From 0, nothing in common, to 1, the same letters.

    >>> round(likeness("martha", "marhta"), 3), likeness("wren", "lotus"), likeness("", "wren")
    (0.961, 0.0, 0.0)
    """
    if one == other:
        return 1.0 if one else 0.0
    jaro = _jaro(one, other)
    shared = 0
    for left, right in zip(one[:PREFIX], other[:PREFIX], strict=False):
        if left != right:
            break
        shared += 1
    return jaro + shared * BONUS * (1 - jaro)


def _jaro(one: str, other: str) -> float:
    window = max(len(one), len(other)) // 2 - 1
    taken = [False] * len(other)
    left: list[str] = []
    for place, letter in enumerate(one):
        low, high = max(0, place - window), min(len(other), place + window + 1)
        found = next((n for n in range(low, high) if not taken[n] and other[n] == letter), None)
        if found is not None:
            taken[found] = True
            left.append(letter)
    if not left:
        return 0.0
    right = [letter for letter, used in zip(other, taken, strict=True) if used]
    moved = sum(a != b for a, b in zip(left, right, strict=True)) / 2
    same = len(left)
    return (same / len(one) + same / len(other) + (same - moved) / same) / 3


def swapped(day: date) -> date | None:
    """The date with day and month the other way round, where that is another date.

    >>> swapped(date(2026, 3, 10)), swapped(date(2026, 3, 13)), swapped(date(2026, 3, 3))
    (datetime.date(2026, 10, 3), None, None)
    """
    if day.day > MONTHS or day.day == day.month:
        return None
    return day.replace(month=day.day, day=day.month)


def one_part_differs(one: date, other: date) -> bool:
    """Whether only the day, only the month or only the year is another one.

    >>> one_part_differs(date(2025, 3, 10), date(2026, 3, 10))
    True
    """
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return sum(left != right for left, right in pairs) == 1
