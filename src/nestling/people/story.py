"""One thing that happened to a family, as every room tells it; the desk puts them in order."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEntry:
    """What happened and when, in words; ``link`` is the address of the page that says more."""

    on: date
    heading: str
    text: str = ""
    kind: Literal["milestone", "missed", "ordinary"] = "ordinary"
    link: str = ""
    link_text: str = ""
