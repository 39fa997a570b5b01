"""What a scoring key is: items, scores, bands and alerts, all of it data."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Direction(StrEnum):
    """Which way a score gets better, if one way is better at all."""

    HIGHER_WORSE = "higher_worse"
    HIGHER_BETTER = "higher_better"
    NEITHER = "neither"


class Method(StrEnum):
    """How a score is made of its items."""

    SCALED = "scaled"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question: the values it may take, and how a tick on the form is turned into a score."""

    number: int
    low: int
    high: int
    decimals: int = 0
    is_reversed: bool = False
    #: Words allowed in place of a number, with what each scores; ``None`` counts as missing.
    words: dict[str, Fraction | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A named stretch of a score that starts at its lower bound."""

    name: str
    starts_at: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A total or subscale: the mean of the items answered, times a factor.

    The factor is the number of items for a sum, 1 for a mean, 10 for the CORE family. ``needs`` is
    the fewest items that must be answered. With ``Method.ANY`` the value is the number of items
    answered yes and one yes decides.
    """

    name: str
    items: tuple[int, ...]
    factor: int
    needs: int
    direction: Direction
    method: Method = Method.SCALED
    rounds_to_whole: bool = False
    is_optional: bool = False
    is_ordinal: bool = False
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FromScores:
    """A score made of other scores: their sum, or one of them read from a table."""

    name: str
    parts: tuple[str, ...]
    direction: Direction
    table: dict[int, Fraction] = field(default_factory=dict)
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Items that ask for a person to look at once, by one answer or by their sum.

    With ``by_sum`` the items ticked are named when their sum reaches ``at_least``, and the alert is
    unknown only when all are blank; without it every item stands for itself and a blank item is
    unknown.
    """

    items: tuple[int, ...]
    at_least: int
    by_sum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOrder:
    """An order in which items were printed: number in the key by number on the form."""

    name: str
    number_in_key: dict[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringKey:
    """All that is needed to score one version of an instrument."""

    instrument: str
    version: str
    items: tuple[Item, ...]
    scores: tuple[Score, ...]
    derived: tuple[FromScores, ...] = ()
    alerts: tuple[Alert, ...] = ()
    #: Whether the values as ticked on the form are known; if not, only oriented values are taken.
    takes_raw: bool = True
    #: The one score that decides the status of the sheet; ``None``: the worst of all.
    status_from: str | None = None
    item_orders: tuple[ItemOrder, ...] = ()

    def numbers(self) -> tuple[int, ...]:
        """The item numbers of the key, in order."""
        return tuple(item.number for item in self.items)

    def all_scores(self) -> "tuple[Score | FromScores, ...]":
        """Every score, those made of other scores last."""
        return (*self.scores, *self.derived)

    def score_names(self) -> tuple[str, ...]:
        """The names of all scores, in the order in which they are shown."""
        return tuple(score.name for score in self.all_scores())

    def score(self, name: str) -> Score | FromScores:
        """The score of that name. Raises ``KeyError`` when the key has none."""
        for score in self.all_scores():
            if score.name == name:
                return score
        raise KeyError(f"{self.instrument} has no score “{name}”")

    def order(self, name: str | None) -> dict[int, int]:
        """Number in the key by number on the form. Raises ``KeyError`` for an unknown order."""
        renumbered = {number: number for number in self.numbers()}
        if name is None:
            return renumbered
        known = {order.name: order.number_in_key for order in self.item_orders}
        return renumbered | known[name]


def band_of(value: Fraction, bands: tuple[Band, ...]) -> str | None:
    """The highest band whose lower bound the value reaches; ``None`` without published bands."""
    reached = [band for band in bands if value >= band.starts_at]
    return max(reached, key=lambda band: band.starts_at).name if reached else None
