"""Possible duplicates in words: what agrees, and two records beside each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nestling.people.identifiers import shown
from nestling.people.matching import Match
from nestling.people.models import Person, PersonIdentifier, PersonMerge
from nestling.reference.codes import code_list
from nestling.science.ages import day_words

SAID = {
    ("number", "same"): "the same national number",
    ("given_name", "same"): "the same given name",
    ("given_name", "alike"): "given names that are alike",
    ("given_name", "turned"): "given and family name the other way round",
    ("family_name", "same"): "the same family name",
    ("family_name", "alike"): "family names that are alike",
    ("birth_of_baby", "same"): "the same date of birth",
    ("birth", "same"): "the same date of birth",
    ("birth_of_baby", "swapped"): "day and month of birth the other way round",
    ("birth", "swapped"): "day and month of birth the other way round",
    ("birth_of_baby", "near"): "nearly the same date of birth",
    ("birth", "near"): "nearly the same date of birth",
    ("due", "same"): "the same due date",
    ("due", "near"): "nearly the same due date",
    ("born_when_due", "fits"): "born about when this baby is due",
    ("postcode", "same"): "the same postcode",
}
"""What agrees, by trait and level; what differs is left to the reader of both."""
TWIN = "Born together with another name or order of birth: a twin, not a duplicate"
PERHAPS_TWIN = "One of them has no given name: it may be a twin"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchCard:
    """A person who may be meant: who it is, and why we ask."""

    who: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """One fact of two records; ``differs`` where both say something and not the same."""

    label: str
    kept: str
    other: str
    differs: bool


def person_words(person: Person) -> str:
    """Who a person is in one line: name, name they are known as, and dates."""
    known = f", known as {person.known_as}" if person.known_as else ""
    return f"{person.full_name}{known}{_date_words(person)}"


def _date_words(person: Person) -> str:
    if person.is_lost:
        return ""
    if person.born_on:
        return f", born {day_words(person.born_on)}"
    return f", due {day_words(person.due_on)}" if person.due_on else ""


def match_card(match: Match) -> MatchCard:
    """A possible duplicate as the page shows it."""
    levels = match.comparison.levels
    agrees = list(dict.fromkeys(SAID[pair] for pair in levels.items() if pair in SAID))
    why = f"{_listed(agrees)}." if agrees else ""
    if "given_name" not in levels and match.person.kind == "baby":
        why = f"{why} {PERHAPS_TWIN}.".strip()
    return MatchCard(
        who=person_words(match.person),
        why=why[:1].upper() + why[1:],
    )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def fact_rows(
    kept: Person, other: Person, *, numbers: Mapping[object, Sequence[PersonIdentifier]]
) -> list[FactRow]:
    """Two records beside each other; a fact that neither says is left out."""
    both = zip(
        _facts(kept, numbers.get(kept.pk, ())),
        _facts(other, numbers.get(other.pk, ())),
        strict=True,
    )
    return [
        FactRow(
            label=label, kept=mine, other=theirs, differs=bool(mine and theirs != mine and theirs)
        )
        for (label, mine), (_, theirs) in both
        if mine or theirs
    ]


def _facts(person: Person, numbers: Sequence[PersonIdentifier]) -> Iterator[tuple[str, str]]:
    yield "Given name", person.given_name
    yield "Family name", person.family_name
    yield "Known as", person.known_as
    yield "Due date", day_words(person.due_on) if person.due_on else ""
    yield "Date of birth", day_words(person.born_on) if person.born_on else ""
    yield "Order of birth", str(person.birth_order or "")
    yield "Sex", _coded("sexes", person.sex)
    yield "Numbers", ", ".join(shown(row.value, system=row.system) for row in numbers)
    yield "First language", _coded("languages", person.language)
    yield "GP practice", person.gp_practice


def _coded(name: str, code: str) -> str:
    return code_list(name).label(code) if code else ""


def merge_words(merge: PersonMerge) -> str:
    """What became of the record that was merged away."""
    when = day_words(merge.merged_on)
    return f"On {when} another record of the same person was merged into this one: {merge.reason}"
