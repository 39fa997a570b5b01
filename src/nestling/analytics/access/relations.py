"""How the cells of an output add up, as a reader with a pencil would find out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from nestling.analytics.access.ages import MONTHS, AgeGroup
from nestling.analytics.access.figures import Key
from nestling.analytics.access.lifetables import WHOLE, is_part
from nestling.analytics.access.scope import ALL
from nestling.analytics.access.tally import Place
from nestling.reference.access import areas, definitions
from nestling.reference.access.areas import ENGLAND, UNKNOWN
from nestling.reference.access.definitions import SAME_PROVIDERS
from nestling.science.disclosure.table import Cell, Kind, Relation

#: Smaller measure, larger measure, and whether it holds at every age or at a range from birth only.
CONTAINED = (
    ("children_ge2", "children_ge1", True),
    ("children_ge2_one_referral", "children_ge2", True),
    ("children_ge2_anyage", "children_ge1_anyage", True),
    ("children_ge1", "children_ge1_anyage", True),
    ("referrals_accepted", "referrals_received", True),
    ("suspect_0_2", "children_ge1", True),
    ("blind_spot_0_2", "children_ge1", True),
    ("children_ge2_old_rule", "children_ge1_old_rule", True),
    ("children_ge1_old_rule", "children_ge1", False),
    ("children_ge2_old_rule", "children_ge2", False),
    ("children_ge1_anyage", "children_ge1", False),
    ("children_ge2_anyage", "children_ge2", False),
)
#: Two measures of different people who are, up to a range from birth, all counted in a third.
APART = (("children_ge1_old_rule", "blind_spot_0_2", "children_ge1"),)
PARENTS = {
    "region": ("country",),
    "icb": ("region", "country"),
    "sub_icb": ("icb", "region", "country"),
}
#: What hiding a cell costs its readers: a part of an age first, England's total last.
WORTH = {"provider": 0, "sub_icb": 1, "icb": 2, "region": 3, "country": 4}
#: A figure that only stands beside another is hidden before any other.
BESIDE = -100
#: People of one place keep their age from place to place in these, so a part is within the
#: whole at every age.
SAME_AGE = ("caseload", "children_ge1_anyage", "children_ge2_anyage")


def cell_of(key: Key, count: int) -> Cell:
    """The cell of a key: totals and larger places are worth more."""
    total = 0 if key.age.is_single else 5
    margin = 10 if all(value == ALL for value in key.place.groups) else 0
    if key.measure.endswith(SAME_PROVIDERS):
        return Cell(count=count, place=key.place.kind, worth=BESIDE + total)
    return Cell(count=count, place=key.place.kind, worth=WORTH[key.place.kind] + total + margin)


def relations(keys: Sequence[Key], *, in_both: Collection[str] = ()) -> list[Relation]:
    """Every relation among the cells, each once; ``in_both`` are the providers of both periods."""
    numbers = {key: number for number, key in enumerate(keys)}
    found = [
        relation
        for part in (
            by_age(keys),
            by_months(keys),
            by_place(keys),
            by_group(keys),
            by_measure(keys),
            by_parts(keys),
            by_period(keys),
            by_providers(keys, in_both),
        )
        for kind, total, parts in part
        if (relation := numbered(kind, total, parts, numbers))
    ]
    return list(dict.fromkeys(found))


Tie = tuple[Kind, Key, list[Key]]


def numbered(
    kind: Kind, total: Key, parts: Iterable[Key], numbers: dict[Key, int]
) -> Relation | None:
    """The relation by the numbers of its cells; none where a cell is not part of the output."""
    found = [numbers.get(part) for part in parts]
    if total not in numbers or not found or None in found:
        return None
    return Relation(kind, numbers[total], tuple(n for n in found if n is not None))


def by_age(keys: Sequence[Key]) -> Iterator[Tie]:
    """A range's people and the people of its single ages."""
    present = set(keys)
    for key in keys:
        if key.age.is_single:
            continue
        ages = range(key.age.lowest, key.age.highest + 1)
        parts = [replace(key, age=replace(key.age, lowest=age, highest=age)) for age in ages]
        if not present.issuperset(parts):
            yield from ((Kind.WITHIN, key, [part]) for part in parts if part in present)
        elif definitions().measure(key.measure).adds_up:
            yield Kind.SUM, key, parts
        else:
            yield Kind.AT_MOST, key, parts
            yield from ((Kind.WITHIN, key, [part]) for part in parts)


def by_months(keys: Sequence[Key]) -> Iterator[Tie]:
    """The people of a year, or of a range of years, and those of its months.

    Of a count that adds up over ages: the age in years and in months is that of the same day.
    """
    present = set(keys)
    if not any(key.age.unit == MONTHS for key in keys):
        return
    for key in keys:
        if key.age.unit != MONTHS and definitions().measure(key.measure).adds_up:
            months = range(key.age.lowest * 12, (key.age.highest + 1) * 12)
            parts = [replace(key, age=AgeGroup(m, m, MONTHS)) for m in months]
            if present.issuperset(parts):
                yield Kind.SUM, key, parts


def by_place(keys: Sequence[Key]) -> Iterator[Tie]:
    """A place's people and the people of the places in it."""
    parts: dict[Key, list[Key]] = defaultdict(list)
    kinds = {key.place.kind for key in keys}
    for key in keys:
        for place in wholes(key.place, kinds):
            parts[replace(key, place=place)].append(key)
    for total, within in parts.items():
        for kind in {part.place.kind for part in within}:
            yield from of_places(total, [part for part in within if part.place.kind == kind])


def wholes(place: Place, kinds: set[str]) -> list[Place]:
    """The next larger places, among the kinds of the output, that hold a place."""
    if place.kind == "provider":
        return [replace(place, kind="country", code=ENGLAND)]
    larger = [kind for kind in PARENTS.get(place.kind, ()) if kind in kinds]
    if not larger:
        return []
    code = place.code
    if larger[0] == "country":
        return [replace(place, kind="country", code=ENGLAND)]
    while code != UNKNOWN and area_kind(code) != larger[0]:
        code = areas().parent_of(code)
    return [replace(place, kind=larger[0], code=code)]


def area_kind(code: str) -> str:
    """What kind of area has a code."""
    return next(area.type for area in areas().all if area.code == code)


def of_places(total: Key, parts: list[Key]) -> Iterator[Tie]:
    """Referrals add up over places.

    People may be in several, and in a place of one part they are the same.
    """
    measure = definitions().measure(total.measure)
    if measure.areas_add_up or len(parts) == 1:
        yield Kind.SUM, total, parts
        return
    yield Kind.AT_MOST, total, parts
    if total.measure.removesuffix(SAME_PROVIDERS) in SAME_AGE or from_birth(total):
        yield from ((Kind.WITHIN, total, [part]) for part in parts)


def from_birth(key: Key) -> bool:
    """True for a range that begins at birth.

    Whoever is in it in one place is in it, or younger, in a larger one.
    """
    return key.age.lowest == 0


def by_group(keys: Sequence[Key]) -> Iterator[Tie]:
    """Everyone, and everyone by one breakdown."""
    parts: dict[tuple[int, Key], list[Key]] = defaultdict(list)
    for key in keys:
        for number, value in enumerate(key.place.groups):
            if value != ALL:
                groups = tuple(ALL if n == number else v for n, v in enumerate(key.place.groups))
                total = replace(key, place=replace(key.place, groups=groups))
                parts[number, total].append(key)
    for (_number, total), within in parts.items():
        yield from of_places(total, within)


def by_measure(keys: Sequence[Key]) -> Iterator[Tie]:
    """Who is counted in one measure is counted in another."""
    present = set(keys)
    smaller: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for small, large, always in CONTAINED:
        smaller[small].append((large, always))
    for key in keys:
        small = key.measure.removesuffix(SAME_PROVIDERS)
        ending = key.measure[len(small) :]
        larger = [(large + ending, always) for large, always in smaller[small]]
        if ending:
            larger.append((small, definitions().measure(small).areas_add_up or small in SAME_AGE))
        for large, always in larger:
            total = replace(key, measure=large)
            if total in present and (always or from_birth(key)):
                yield Kind.WITHIN, total, [key]


def by_parts(keys: Sequence[Key]) -> Iterator[Tie]:
    """Different people who are all counted in another measure.

    The ends of everyone referred; those whom the old derivation kept and those whom it lost.
    """
    parts: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        if is_part(key.measure):
            parts[replace(key, measure=WHOLE)].append(key)
    yield from ((Kind.WITHIN, total, ends) for total, ends in parts.items())
    for first, second, whole in APART:
        for key in (key for key in keys if key.measure == first and from_birth(key)):
            yield Kind.WITHIN, replace(key, measure=whole), [key, replace(key, measure=second)]


def by_providers(keys: Sequence[Key], in_both: Collection[str]) -> Iterator[Tie]:
    """The providers of both periods, and what stands beside a change for all of them."""
    parts: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        place = key.place
        if place.kind == "provider" and place.code in in_both and set(place.groups) <= {ALL}:
            england = replace(place, kind="country", code=ENGLAND)
            total = replace(key, measure=key.measure + SAME_PROVIDERS, place=england)
            parts[total].append(key)
    for total, within in parts.items():
        yield from of_places(total, within)


def by_period(keys: Sequence[Key]) -> Iterator[Tie]:
    """What happened in a period happened in a longer one that holds it."""
    periods = sorted({key.period for key in keys})
    for short in periods:
        for long in (other for other in periods if other != short and other.holds(short)):
            for key in (key for key in keys if key.period == short and grows(key)):
                yield Kind.WITHIN, replace(key, period=long), [key]


def grows(key: Key) -> bool:
    """True for a count that can only grow with the period."""
    measure = definitions().measure(key.measure)
    if measure.at_a_date or is_part(key.measure):
        return False
    return (
        measure.of == "referrals"
        or key.measure.endswith("_anyage")
        or (from_birth(key) and key.measure.startswith("children_ge"))
    )
