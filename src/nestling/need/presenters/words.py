"""Numbers as they are said on the pages of need: no more exact than what is known."""

from collections.abc import Callable

from nestling.science.draws import Figure
from nestling.ui.charts.ranges import MEANING

__all__ = ["MEANING", "NOT_KNOWN", "about", "about_pounds", "between", "in_hundred"]

NOT_KNOWN = "not known"
TENS_FROM, THOUSANDS_FROM = 100, 10_000
MILLION_PENCE, THOUSAND_PENCE = 100_000_000, 100_000


def about(value: float | None, *, decimals: int = 0) -> str:
    """A count to the nearest ten, or thousand where large; or that it is not known.

    >>> about(1254.3), about(62.4), about(None), about(1.84, decimals=1), about(98_760)
    ('1,250', '62', 'not known', '1.8', '99,000')
    """
    if value is None:
        return NOT_KNOWN
    if abs(value) >= THOUSANDS_FROM:
        return f"{round(value, -3):,.0f}"
    if abs(value) >= TENS_FROM:
        return f"{round(value, -1):,.0f}"
    return f"{value:,.{decimals}f}"


def about_pounds(pence: float | None) -> str:
    """Pence as pounds that claim no more than they know.

    >>> about_pounds(154_680_700), about_pounds(38_900_000), about_pounds(392_300)
    ('£1.5 million', '£389,000', '£3,900')
    >>> about_pounds(-154_680_700), about_pounds(None)
    ('−£1.5 million', 'not known')
    """
    if pence is None:
        return NOT_KNOWN
    sign, size = ("−" if pence < 0 else ""), abs(pence)
    if size >= MILLION_PENCE:
        return f"{sign}£{size / MILLION_PENCE:.1f} million"
    step = -2 if size < 10 * THOUSAND_PENCE else -3
    return f"{sign}£{round(size / 100, step):,.0f}"


def in_hundred(share: float, *, decimals: int = 0) -> str:
    """A share as so many in a hundred.

    >>> in_hundred(0.235, decimals=1), in_hundred(0.15, decimals=1)
    ('23.5 in 100', '15 in 100')
    """
    said = f"{share * 100:.{decimals}f}"
    return f"{said.removesuffix('.0')} in 100"


def between(figure: Figure | None, *, say: Callable[[float], str] = about) -> str:
    """The likely range in words.

    >>> between(Figure(median=593.2, mean=600, low=385, high=853, mcse=2))
    '380 and 850'
    """
    if figure is None or not figure.interval_known:
        return NOT_KNOWN
    return f"{say(figure.low)} and {say(figure.high)}"
