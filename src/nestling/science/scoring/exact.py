"""Numbers without binary error: 26.7 less 20.1 is 6.6, and 2.5 rounds to 3."""

from decimal import Decimal
from fractions import Fraction

#: Places that a value keeps when it has no end: 19 ÷ 6 is shown as 3.1666666667.
PLACES = 10


def exact(number: float | str | Decimal | Fraction) -> Fraction:
    """The number that was written, without the binary error of a float.

    >>> exact(26.7) - exact(20.1) == exact("6.6")
    True
    """
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def half_away(number: Fraction) -> int:
    """The nearest whole number; a half goes away from zero.

    >>> [half_away(Fraction(n, 2)) for n in (5, 3, 1, -1, -5)]
    [3, 2, 1, -1, -3]
    """
    size = (2 * abs(number) + 1) // 2
    return size if number >= 0 else -size


def shown(number: Fraction) -> Decimal:
    """The number as a decimal with at most ten places and no idle zeros.

    >>> [str(shown(Fraction(n))) for n in ("13", "19/6", "7.50", "100")]
    ['13', '3.1666666667', '7.5', '100']
    """
    scaled = half_away(number * 10**PLACES)
    whole, rest = divmod(abs(scaled), 10**PLACES)
    digits = f"{rest:0{PLACES}d}".rstrip("0")
    sign = "-" if scaled < 0 else ""
    return Decimal(f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}")
