"""Whether what is said of two people is said of one: evidence for and against, added up.

Each trait that both records have is compared and falls on a level; a level's weight is
``log2(m / u)``: how much more often it is seen in two records of one person (``m``) than of two
people (``u``) (Fellegi and Sunter 1969, "A theory for record linkage"). Weights are data: see
`nestling.reference.matching`. A trait that one of the two lacks says nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import log2

from nestling.science.likeness import likeness, one_part_differs, swapped
from nestling.science.phonetics import letters_of, sound_of


class Kind(StrEnum):
    """What a comparison comes to."""

    NOT = "not"
    POSSIBLE = "possible"
    LIKELY = "likely"
    TWIN = "twin"
    """Born together in one family, and two by name, order or number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What may be said of a person. ``numbers`` are (system, value); empty means not known."""

    given_name: str = ""
    family_name: str = ""
    known_as: str = ""
    born_on: date | None = None
    due_on: date | None = None
    birth_order: int | None = None
    sex: str = ""
    is_baby: bool = False
    numbers: frozenset[tuple[str, str]] = frozenset()
    postcodes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How often two records of one person (``m``), and of two people (``u``), agree like this."""

    m: float
    u: float

    @property
    def weight(self) -> float:
        """The evidence in powers of two; above nought speaks for one person."""
        return log2(self.m / self.u)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingRules:
    """Levels by trait and name, and the limits: days, likeness of names, sums of weights."""

    levels: Mapping[str, Mapping[str, Level]]
    alike_from: float
    near_days: int
    due_near_days: int
    born_near_due_days: int
    possible_from: float
    likely_from: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How two records compare: the sum of evidence, what it comes to, and each trait's level."""

    weight: float
    kind: Kind
    levels: Mapping[str, str]


def compare(one: Traits, other: Traits, rules: MatchingRules) -> Comparison:
    """The evidence that two records are of one person.

    Twins are told apart: born together, of one family name, with other given names or another
    order of birth, and not with one number, they are never called the same.
    """
    levels = {
        **_names(one, other, rules),
        **_dates(one, other, rules),
        **_number(one, other),
        **_postcode(one, other),
        **_sex(one, other),
    }
    weight = sum(rules.levels[trait][level].weight for trait, level in levels.items())
    return Comparison(weight=weight, kind=_kind(one, other, levels, weight, rules), levels=levels)


def _kind(
    one: Traits, other: Traits, levels: Mapping[str, str], weight: float, rules: MatchingRules
) -> Kind:
    if levels.get("number") == "same":
        return Kind.LIKELY
    if _are_twins(one, other, levels):
        return Kind.TWIN
    if weight >= rules.likely_from:
        return Kind.LIKELY
    return Kind.POSSIBLE if weight >= rules.possible_from else Kind.NOT


def _are_twins(one: Traits, other: Traits, levels: Mapping[str, str]) -> bool:
    together = levels.get("birth_of_baby") in ("same", "near") or levels.get("due") == "same"
    orders = {one.birth_order, other.birth_order} - {None}
    two = levels.get("given_name") == "different" or len(orders) > 1
    return one.is_baby and together and levels.get("family_name") in ("same", "alike") and two


def _names(one: Traits, other: Traits, rules: MatchingRules) -> dict[str, str]:
    straight = _straight(one, other, rules)
    if "different" not in straight.values():
        return straight
    turned = (
        _name_level((one.given_name, one.known_as), (other.family_name,), rules),
        _name_level((one.family_name,), (other.given_name, other.known_as), rules),
    )
    if set(turned) <= {"same", "alike"}:
        return {"given_name": "turned", "family_name": "turned"}
    return straight


def _straight(one: Traits, other: Traits, rules: MatchingRules) -> dict[str, str]:
    given = _name_level((one.given_name, one.known_as), (other.given_name, other.known_as), rules)
    family = _name_level((one.family_name,), (other.family_name,), rules)
    found = {"given_name": given, "family_name": family}
    return {trait: level for trait, level in found.items() if level}


def _name_level(ours: Iterable[str], theirs: Iterable[str], rules: MatchingRules) -> str:
    """The best level of any of our names with any of theirs; nothing where a side has none."""
    pairs = [(a, b) for a in ours if letters_of(a) for b in theirs if letters_of(b)]
    if not pairs:
        return ""
    if any(letters_of(a) == letters_of(b) for a, b in pairs):
        return "same"
    if any(_alike(a, b, rules) for a, b in pairs):
        return "alike"
    return "different"


def _alike(one: str, other: str, rules: MatchingRules) -> bool:
    near = likeness(letters_of(one), letters_of(other)) >= rules.alike_from
    return near or sound_of(one) == sound_of(other)


def _dates(one: Traits, other: Traits, rules: MatchingRules) -> dict[str, str]:
    if one.born_on and other.born_on:
        trait = "birth_of_baby" if one.is_baby else "birth"
        return {trait: _born(one.born_on, other.born_on, rules)}
    if one.due_on and other.due_on:
        apart = abs((one.due_on - other.due_on).days)
        near = "near" if apart <= rules.due_near_days else "different"
        return {"due": "same" if apart == 0 else near}
    born, due = one.born_on or other.born_on, one.due_on or other.due_on
    if born and due:
        fits = abs((born - due).days) <= rules.born_near_due_days
        return {"born_when_due": "fits" if fits else "different"}
    return {}


def _born(one: date, other: date, rules: MatchingRules) -> str:
    if one == other:
        return "same"
    if swapped(one) == other:
        return "swapped"
    near = abs((one - other).days) <= rules.near_days or one_part_differs(one, other)
    return "near" if near else "different"


def _number(one: Traits, other: Traits) -> dict[str, str]:
    if one.numbers & other.numbers:
        return {"number": "same"}
    both = {system for system, _ in one.numbers} & {system for system, _ in other.numbers}
    return {"number": "different"} if both else {}


def _postcode(one: Traits, other: Traits) -> dict[str, str]:
    if not one.postcodes or not other.postcodes:
        return {}
    return {"postcode": "same" if one.postcodes & other.postcodes else "different"}


def _sex(one: Traits, other: Traits) -> dict[str, str]:
    if not one.sex or not other.sex:
        return {}
    return {"sex": "same" if one.sex == other.sex else "different"}
