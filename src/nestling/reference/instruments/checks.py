"""Rules across the fields of an instrument file: each yields where it is broken and why."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from nestling.reference.base import Check, Place
from nestling.reference.instruments.model import Bands, DerivedEntry, Instrument, ScoreEntry
from nestling.reference.instruments.snomed import passes_check_digit

Broken = Iterator[tuple[Place, str]]


def items_stand_once(entry: Instrument) -> Broken:
    """Every item has a number of its own."""
    seen: set[int] = set()
    for at, item in enumerate(entry.items):
        if item.number in seen:
            yield ("items", at), f"item {item.number} stands twice"
        seen.add(item.number)


def items_are_scored(entry: Instrument) -> Broken:
    """Every item counts in a total or subscale."""
    used = {number for score in entry.scores for number in score.items}
    for at, item in enumerate(entry.items):
        if item.number not in used:
            yield ("items", at), f"item {item.number} is in no total or subscale"


def scores_use_known_items(entry: Instrument) -> Broken:
    """Every score and alert names items that there are, each once."""
    known = {item.number for item in entry.items}
    named = [(("scores", at, "items"), score.items) for at, score in enumerate(entry.scores)]
    named += [(("alerts", at, "items"), alert.items) for at, alert in enumerate(entry.alerts)]
    for place, numbers in named:
        for number, times in Counter(numbers).items():
            if number not in known:
                yield place, f"there is no item {number}"
            elif times > 1:
                yield place, f"item {number} is named twice"


def proration_can_be_met(entry: Instrument) -> Broken:
    """No score asks for more answers than it has items, and a multiplied mean says by how much."""
    for at, score in enumerate(entry.scores):
        place = ("scores", at, "answered_at_least")
        if (score.answered_at_least or 0) > len(score.items):
            yield place, f"{score.name} asks for more answers than its {len(score.items)} items"
        if (score.method == "mean_times") != (score.times is not None):
            yield ("scores", at), f"{score.name}: “times” belongs to the method mean_times alone"


def ranges_follow_from_items(entry: Instrument) -> Broken:
    """The range that a score declares is the one its items give."""
    by_number = {item.number: entry.responses_of(item) for item in entry.items}
    for at, score in enumerate(entry.scores):
        values = [by_number[number] for number in score.items if number in by_number]
        declared = (score.low, score.high)
        given = (
            reach(score, [value.low for value in values]),
            reach(score, [value.high for value in values]),
        )
        if declared != given:
            says = f"{score.name} says {declared[0]} to {declared[1]}"
            yield ("scores", at, "low"), f"{says}, its items give {given[0]} to {given[1]}"


def reach(score: ScoreEntry, values: list[int]) -> Decimal:
    """What a score comes to when every item has the value given."""
    if not values:
        return Decimal(0)
    factor = len(values) if score.method == "any" else score.factor()
    return Decimal(sum(values)) * factor / len(values)


def bands_join(entry: Instrument) -> Broken:
    """Bands start at the bottom of the range and follow one another without overlap or gap."""
    rooms: list[tuple[Place, ScoreEntry | DerivedEntry]] = [
        *((("scores", at), score) for at, score in enumerate(entry.scores)),
        *((("derived", at), made) for at, made in enumerate(entry.derived)),
    ]
    for room, score in rooms:
        if score.bands:
            place = (*room, "bands", "steps")
            yield from broken_bands(score.bands, place, low=score.low, high=score.high)


def broken_bands(bands: Bands, place: Place, *, low: Decimal, high: Decimal) -> Broken:
    """Each place where the bands of one score do not join."""
    yield from broken_joins(bands, place)
    yield from broken_ends(bands, place, low=low, high=high)
    for name, times in Counter(step.name for step in bands.steps).items():
        if times > 1:
            yield place, f"two bands are called {name}"


def broken_joins(bands: Bands, place: Place) -> Broken:
    """Each place where one band does not lead into the next."""
    steps = bands.steps
    for at, (one, after) in enumerate(pairwise(steps), start=1):
        if one.below is None or one.below < after.starts:
            yield (*place, at), f"there is a gap between the bands {one.name} and {after.name}"
        elif one.below > after.starts:
            yield (*place, at), f"the bands {one.name} and {after.name} overlap"
    for at, step in enumerate(steps):
        if step.below is not None and step.below <= step.starts:
            yield (*place, at), f"the band {step.name} ends before it starts"


def broken_ends(bands: Bands, place: Place, *, low: Decimal, high: Decimal) -> Broken:
    """Where the bands do not reach the bottom or the top of the range."""
    steps = bands.steps
    if steps[0].starts != low:
        yield (
            (*place, 0),
            f"there is a gap below the band {steps[0].name}: the range starts at {low}",
        )
    if steps[-1].below is not None or steps[-1].starts > high:
        yield (*place, len(steps) - 1), f"the band {steps[-1].name} must reach the top, {high}"


def names_lead_somewhere(entry: Instrument) -> Broken:
    """Every figure, code, part and rule names a score that there is."""
    names = [score.name for score in entry.score_entries()]
    for name in sorted(name for name, times in Counter(names).items() if times > 1):
        yield ("scores",), f"two scores are called {name}"
    named: list[tuple[Place, str]] = [
        *((("reliability", at), figure.score) for at, figure in enumerate(entry.reliability)),
        *((("norms", at), norm.score) for at, norm in enumerate(entry.norms)),
        *((("change", at), change.score) for at, change in enumerate(entry.change)),
        *((("derived", at), part) for at, made in enumerate(entry.derived) for part in made.parts),
    ]
    if entry.status_from is not None:
        named.append((("status_from",), entry.status_from))
    for place, name in named:
        if name not in names:
            yield place, f"there is no score “{name}”"


def tables_cover_the_range(entry: Instrument) -> Broken:
    """A conversion table has a row for each whole value of the score it reads."""
    ranges = {score.name: (score.low, score.high) for score in entry.scores}
    for at, made in enumerate(entry.derived):
        if made.table is None or made.parts[0] not in ranges:
            continue
        low, high = ranges[made.parts[0]]
        absent = set(range(int(low), int(high) + 1)) - made.table.rows.keys()
        if absent:
            yield ("derived", at, "table"), f"the table has no row for {sorted(absent)[0]}"


def unverified_is_off(entry: Instrument) -> Broken:
    """An instrument whose key was not read in full is off, and its file says why."""
    if entry.enabled and not entry.is_verified():
        yield ("enabled",), f"evidence is {entry.evidence}: it cannot be enabled"
    if entry.enabled == (entry.why_not_enabled is not None):
        yield ("enabled",), "“why_not_enabled” is given when, and only when, it is not enabled"


def raw_key_is_known(entry: Instrument) -> Broken:
    """An instrument that takes no raw answers has no reversed items to apply."""
    for at, item in enumerate(entry.items):
        if item.reversed and not entry.takes_raw:
            yield ("items", at), f"item {item.number} is reversed, but raw answers are not taken"


def orders_are_rearrangements(entry: Instrument) -> Broken:
    """Another item order moves items about: it neither loses nor doubles one."""
    for at, order in enumerate(entry.item_orders):
        if set(order.number_in_key) != set(order.number_in_key.values()):
            yield ("item_orders", at), f"the order {order.name} does not rearrange its items"


def codes_hold(entry: Instrument) -> Broken:
    """A SNOMED CT code ends with its own check digit."""
    for at, code in enumerate(entry.codes):
        if code.system == "snomed" and not passes_check_digit(code.code):
            yield ("codes", at, "code"), f"{code.code} fails the SNOMED CT check digit"


CHECKS: tuple[Check[Instrument], ...] = (
    items_stand_once,
    items_are_scored,
    scores_use_known_items,
    proration_can_be_met,
    ranges_follow_from_items,
    bands_join,
    names_lead_somewhere,
    tables_cover_the_range,
    unverified_is_off,
    raw_key_is_known,
    orders_are_rearrangements,
    codes_hold,
)
