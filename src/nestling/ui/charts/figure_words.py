"""The words that print a figure: rounding that fits how sure it is, plurals, "about 1 in 7"."""

from dataclasses import dataclass
from math import ceil, floor, log10
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from re import Match, Pattern

    from nestling.science.figures import Figure

#: Units whose singular is not the plural without its last letter.
SINGULARS = {
    "babies": "baby",
    "families": "family",
    "people": "person",
    "children": "child",
    "per cent": "per cent",
}
NOT_KNOWN = "not known"
#: What stands in the place of a number so small that it could name somebody.
HIDDEN = "hidden"
#: Shares are said as "1 in n" for whole n up to this; rarer ones read better per hundred.
LARGEST_ONE_IN = 20
#: A share smaller than this, in per cent, is not told from its neighbours.
LEAST_PERCENT = 0.1
#: How far, as a part of the share, 1 in n may lie from it.
LARGEST_MISS = 0.1


def plural(count: float, many: str) -> str:
    """The unit for a count: singular for exactly one, also inside "babies a year".

    >>> plural(1, "babies a year"), plural(2, "teams"), plural(1, "teams"), plural(0, "babies")
    ('baby a year', 'teams', 'team', 'babies')
    """
    if count != 1:
        return many
    first, _, rest = many.partition(" ")
    one = SINGULARS.get(many) or SINGULARS.get(first) or first.removesuffix("s")
    return one if many in SINGULARS else f"{one} {rest}".strip()


def rounded(value: float) -> float:
    """An estimate as precise as it deserves: three figures from 1,000, tens from 100, else whole.

    >>> [rounded(n) for n in (1273.6, 238.4, 18.2, 71_550, 0.4)]
    [1270, 240, 18, 71600, 0]
    """
    size = abs(value)
    if size < 100:
        return round(value)
    step = 10 if size < 1_000 else 10 ** (floor(log10(size)) - 2)
    return round(value / step) * step


def to_two_figures(value: float) -> float:
    """A number for a first impression: two figures, as "about 8,500".

    >>> [to_two_figures(n) for n in (8471, 47, 598_393)]
    [8500, 47, 600000]
    """
    size = abs(value)
    step = 10 ** max(0, floor(log10(size)) - 1) if size >= 1 else 1
    return round(value / step) * step


def with_separators(value: float) -> str:
    """A number with thousands separated; decimals only where there are some.

    >>> with_separators(8471.0), with_separators(1.5)
    ('8,471', '1.5')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def pounds(value: float, *, is_estimate: bool = False) -> str:
    """Money in pounds: millions from one million, else whole pounds.

    >>> pounds(715_500), pounds(715_500, is_estimate=True), pounds(73_000_000), pounds(3_669)
    ('£715,500', '£716,000', '£73 million', '£3,669')
    """
    shown = rounded(value) if is_estimate else value
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if abs(shown) >= size:
            return f"£{shown / size:.3g} {name}"
    return f"£{shown:,.0f}"


def one_in(share: float) -> str:
    """A share as "about 1 in n" where that is near enough, else per hundred.

    >>> one_in(0.15), one_in(0.235), one_in(0.1), one_in(0.4)
    ('about 1 in 7', 'about 1 in 4', '1 in 10', 'about 40 in 100')
    >>> one_in(0.67), one_in(0.02), one_in(0)
    ('about 67 in 100', 'about 2 in 100', 'about 0 in 100')
    """
    n = floor(1 / share + 0.5) if 0 < share <= 1 else 0
    miss = abs(1 / n - share) / share if n else 1
    if not 2 <= n <= LARGEST_ONE_IN or miss > LARGEST_MISS:
        return f"about {with_separators(round(share * 100))} in 100"
    return f"1 in {n}" if miss < 1e-9 else f"about 1 in {n}"


def percent(share: float) -> str:
    """A share in per cent: whole from 10, else one decimal.

    >>> percent(0.2341), percent(0.092), percent(0.5), percent(0.0002)
    ('23%', '9.2%', '50%', 'under 0.1%')
    """
    value = share * 100
    if 0 < value < LEAST_PERCENT:
        return f"under {LEAST_PERCENT}%"
    whole = round(value)
    return f"{whole}%" if value >= 10 or abs(value - whole) < 0.05 else f"{value:.1f}%"


def number_words(value: float, *, unit: str, is_estimate: bool) -> str:
    """One number in its unit, rounded when it is an estimate."""
    if unit == "pence":
        return pounds(value / 100, is_estimate=is_estimate)
    if unit == "share":
        return percent(value)
    if unit == "teams" and is_estimate:
        return with_separators(rounded(ceil(value - 1e-9)))
    return with_separators(rounded(value) if is_estimate else value)


def figure_words(figure: "Figure") -> str:
    """A figure's value with its unit: "about 1,270 babies", "8,471 births", "not known"."""
    if figure.value is None:
        return figure.instead or NOT_KNOWN
    said = number_words(figure.value, unit=figure.unit, is_estimate=figure.is_estimate)
    about = "about " if figure.is_estimate else ""
    if figure.unit in ("pence", "share"):
        return f"{about}{said}"
    shown = float(said.replace(",", ""))
    return f"{about}{said} {plural(shown, figure.unit)}"


def bare_number(figure: "Figure") -> str:
    """A figure's number without its unit; its words where there is none."""
    if figure.value is None:
        return figure.instead or NOT_KNOWN
    return number_words(figure.value, unit=figure.unit, is_estimate=figure.is_estimate)


def limit_words(figure: "Figure") -> str:
    """A figure's limits without their unit, "820 to 1,810"; its number where it has none."""
    if figure.interval is None:
        return bare_number(figure)
    low, high = (
        number_words(value, unit=figure.unit, is_estimate=True)
        for value in (figure.interval.low, figure.interval.high)
    )
    return low if low == high else f"{low} to {high}"


def range_words(figure: "Figure") -> str:
    """A figure's limits in its unit, "820 to 1,810 babies"; its value where it has no limits."""
    if figure.interval is None:
        return figure_words(figure)
    said = limit_words(figure)
    if figure.unit in ("pence", "share"):
        return said
    return f"{said} {plural(1 if said == '1' else 2, figure.unit)}"


def sure_words(figure: "Figure") -> str:
    """What a figure's limits mean, as the end of a sentence; empty when it has none."""
    if figure.interval is None:
        return ""
    if figure.interval.level is None:
        return f"{range_words(figure)}, the range that its source gives"
    return f"{range_words(figure)}, 19 times out of 20"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A figure for the macro `figure`: its words, what its limits mean, its date and source."""

    words: str
    sure: str
    date: str
    source: str
    keys: tuple[str, ...]
    is_known: bool
    is_hidden: bool = False

    def __str__(self) -> str:
        """The words alone, for paper and plain text."""
        return self.words


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with figures in it, for the macro `said`; as text, the sentence as it reads."""

    parts: "tuple[str | FigureView, ...]"

    def __str__(self) -> str:
        """The whole sentence."""
        return "".join(str(part) for part in self.parts)

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self.parts)


def view_of(figure: "Figure", *, words: str = "") -> FigureView:
    """What a template needs to place a figure: words only, nothing to work out.

    `words` are the room's own for the number, where it rounds or names units otherwise.
    """
    return FigureView(
        words=words or figure_words(figure),
        sure=sure_words(figure),
        date=figure.date,
        source=figure.source.words,
        keys=figure.source.keys,
        is_known=figure.is_known,
        is_hidden=not figure.is_known and figure.instead == HIDDEN,
    )


def said_in(note: str, numbers: "Pattern[str]", view: "Callable[[Match[str]], FigureView]") -> Said:
    """A note whose numbers, wherever the pattern finds them, are figures."""
    parts: list[str | FigureView] = []
    last = 0
    for match in numbers.finditer(note):
        parts += [note[last : match.start()], view(match)]
        last = match.end()
    return Said((*parts, note[last:]))


def said(phrase: str, **figures: "FigureView | Said | str") -> Said:
    """A phrase with figures, and phrases that hold some, in its places.

    >>> view = FigureView(words="62", sure="", date="2023", source="ONS", keys=(), is_known=True)
    >>> said("About {need} babies in {place}.", need=view, place="Leeds").parts[:2] == (
    ...     "About ", view
    ... )
    True
    """
    parts: list[str | FigureView] = []
    for text, name, _, _ in Formatter().parse(phrase):
        parts += [text] if text else []
        if name:
            placed = figures[name]
            parts += placed.parts if isinstance(placed, Said) else [placed]
    return Said(tuple(parts))
