"""What the component macros of `ui/components.jinja` draw: plain, frozen, already in words.

A presenter fills these; a template hands them to the macro of the same name in small letters.
Nothing here knows a model, a date or a permission: who may see a word is decided before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nestling.ui.charts.figure_words import FigureView
from nestling.ui.frame import BackLink, Frame, NavItem
from nestling.ui.relations import MapBaby, MapCarer, MapHelper, RelationshipMap, relationship_map
from nestling.ui.ruler import LifeRuler, ShareBar, life_ruler, share_bar

__all__ = [
    "BabyHeader",
    "BackLink",
    "BoardCard",
    "BoardColumn",
    "Column",
    "EmptyState",
    "Fact",
    "Figure",
    "Frame",
    "LifeRuler",
    "Link",
    "MapBaby",
    "MapCarer",
    "MapHelper",
    "NavItem",
    "RelationshipMap",
    "ShareBar",
    "SummaryRow",
    "Tag",
    "TimelineEntry",
    "life_ruler",
    "relationship_map",
    "share_bar",
]

Colour = Literal[
    "white", "grey", "green", "aqua-green", "blue", "purple", "pink", "red", "orange", "yellow"
]


@dataclass(frozen=True, slots=True)
class Tag:
    """A word in a coloured frame: the word says it all. Red means act now."""

    text: str
    colour: Colour = "grey"


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `about` is read aloud after it, where the same words stand in every row."""

    text: str
    url: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BabyHeader:
    """Who the baby is and who they are with: on top of every page about a family.

    `age` in words ("16 weeks 6 days old", "30 weeks pregnant"). `silent` after a loss: no age, no
    ruler, whatever else is given. `url` links the name to the family page from other pages;
    `is_heading` makes the name the page's `h1`.
    """

    name: str
    age: str = ""
    with_whom: str = ""
    facts: Sequence[Fact] = ()
    flags: Sequence[Tag] = ()
    safe_contact: Sequence[str] = ()
    ruler: LifeRuler | None = None
    silent: bool = False
    url: str = ""
    is_heading: bool = False

    @property
    def shown_age(self) -> str:
        """The age, unless the page keeps silent about it."""
        return "" if self.silent else self.age

    @property
    def shown_ruler(self) -> LifeRuler | None:
        """The ruler, unless the page keeps silent about it."""
        return None if self.silent else self.ruler


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One thing that happened: when, how old the baby was then, what."""

    on: str
    age: str = ""
    heading: str
    text: str = ""
    kind: Literal["milestone", "missed", "ordinary"] = "ordinary"
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCard:
    """One card: who, how old, what is the matter, and the one thing to do."""

    heading: str
    url: str
    age: str = ""
    lines: Sequence[str] = ()
    flags: Sequence[Tag] = ()
    foot: str = ""
    action: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardColumn:
    """A column of cards. `key` is its name in links; `total` counts cards not shown too."""

    key: str
    heading: str
    cards: Sequence[BoardCard] = ()
    empty: str = "None"
    total: int | None = None
    more: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table's header; `sort_url` makes it a link that sorts, `sorted` says how it is now."""

    label: str
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""
    numeric: bool = False
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a strip, with its words: a count of ours, or a figure with its source."""

    value: str | FigureView
    label: str
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """A label, what was answered (one text for each line), and a way to change it."""

    label: str
    values: Sequence[str] = ()
    change: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyState:
    """What stands where a list would be, and what to do about it."""

    heading: str
    text: str = ""
    link: Link | None = None
