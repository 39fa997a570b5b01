"""Shares seen by so many weeks, worked out from counts that are published beside them.

Everyone referred is at risk; each stretch of waiting has its counts of those who were seen, left,
aged out, or were followed no longer.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nestling.analytics.access.figures import Key
from nestling.analytics.access.tally import Numbers
from nestling.reference.access import MeasureEntry, definitions
from nestling.reference.access.definitions import PART
from nestling.science.disclosure import HIDDEN, Shown
from nestling.science.disclosure.lifetable import Stretch, share_seen

if TYPE_CHECKING:
    from nestling.analytics.access.waits import Spread

WHOLE = "referrals_received"
#: The ends that a stretch counts: left and aged out together, because they count alike.
EVENTS = {"seen": ("seen",), "gone": ("left", "aged_out"), "waiting": ("waiting",)}
WORDS = {"seen": "seen", "gone": "left or aged out", "waiting": "followed no longer"}
DAYS_A_WEEK = 7
TOO_SMALL = "counts of those seen, gone or waiting are too small to show"


@dataclass(frozen=True, slots=True)
class Share:
    """A share of everyone referred with the counts that it follows from."""

    value: float | None
    words: str
    hidden: bool


def limits(weeks: int) -> list[int]:
    """The ends of the stretches up to so many weeks."""
    return [w for w in definitions().rules["life_table"].numbers("weeks") if w <= weeks]


def part(event: str, weeks: int) -> str:
    """The name under which the count of one end in one stretch is protected."""
    return PART.join((WHOLE, event, str(weeks)))


def stretch(measure: str) -> int:
    """The weeks at which the stretch of a part ends."""
    return int(measure.rpartition(PART)[2])


def is_part(measure: str) -> bool:
    """True for the name of a count that stands in the words of a share, not in a row."""
    return PART in measure


def part_numbers(outcomes: "Spread", measures: Sequence[MeasureEntry]) -> dict[str, Numbers]:
    """The counts of every stretch that the shares asked for read, by name."""
    longest = max((measure.weeks or 0 for measure in measures), default=0)
    ends = limits(longest)
    found: dict[str, Numbers] = {part(e, w): Counter() for w in ends for e in EVENTS}
    for place_and_age, spread in outcomes.items():
        for since, until in zip([0, *ends], ends, strict=False):
            for event, ends_so in EVENTS.items():
                number = within(spread, ends_so, since=since, until=until)
                found[part(event, until)][place_and_age] = number
    return found


def within(ends: "Counter[Any]", events: Sequence[str], *, since: int, until: int) -> int:
    """How many came to some ends after more than ``since`` and at most ``until`` weeks.

    Day 0 is in the first.
    """
    low, high = since * DAYS_A_WEEK if since else -1, until * DAYS_A_WEEK
    return sum(n for (what, days), n in ends.items() if what in events and low < days <= high)


def share(key: Key, weeks: int, shown: Mapping[Key, Shown]) -> Share:
    """The share seen by so many weeks, from shown counts alone; hidden where one of them is."""
    people = shown.get(replace(key, measure=WHOLE), HIDDEN)
    if people == 0 or people is HIDDEN:
        return Share(None, f"n = {people}", hidden=people is HIDDEN)
    words, stretches = [f"n = {people}"], []
    for end in limits(weeks):
        counts = {e: shown.get(replace(key, measure=part(e, end)), HIDDEN) for e in EVENTS}
        words.append(f"by {end} weeks: " + stretch_words(counts))
        known = {event: count for event, count in counts.items() if count is not HIDDEN}
        if len(known) < len(counts):
            return Share(None, f"n = {people}; {TOO_SMALL}", hidden=True)
        stretches.append(Stretch(**known))
    return Share(share_seen(people, stretches), "; ".join(words), hidden=False)


def stretch_words(counts: Mapping[str, Shown]) -> str:
    """The counts of one stretch in words."""
    return ", ".join(f"{WORDS[event]} {count}" for event, count in counts.items())
