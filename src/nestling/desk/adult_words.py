"""An adult's own page in words."""

from dataclasses import dataclass
from datetime import date

from nestling.desk.queries.family_page import AdultPage
from nestling.people.presenters import (
    NoteCard,
    RiskRow,
    address_lines,
    age,
    contact_words,
    kind_words,
    note_card,
    point_words,
    relationship_words,
    risk_row,
)
from nestling.reference.codes import code_list


@dataclass(frozen=True, slots=True, kw_only=True)
class AdultWords:
    """What is this adult's alone, ready for the page."""

    facts: list[tuple[str, str]]
    relationships: list[str]
    contact: list[str]
    addresses: list[list[str]]
    risks: list[RiskRow]
    notes: list[NoteCard]


def adult_words(page: AdultPage, *, on: date) -> AdultWords:
    """The words for an adult's own page."""
    ways = page.ways
    rule = (
        [contact_words(ways.rule)] if ways.rule else ["No rule says how it is safe to reach them."]
    )
    return AdultWords(
        facts=adult_facts(page, on=on),
        relationships=[
            f"{relationship_words(row)} ({kind_words(row)})" for row in page.relationships
        ],
        contact=[*rule, *(point_words(point) for point in ways.points)],
        addresses=[address_lines(row) for row in ways.addresses],
        risks=[risk_row(row, about=page.adult.short_name) for row in page.risks],
        notes=[note_card(note, family=page.people.family) for note in page.notes],
    )


def adult_facts(page: AdultPage, *, on: date) -> list[tuple[str, str]]:
    """Language, interpreter, ethnic group and needs, as far as they are known."""
    adult = page.adult
    said = [
        ("Age", age(adult, on)),
        ("Language", code_list("languages").label(adult.language) if adult.language else ""),
        ("Interpreter", code_list("yes_no_not_known").label(adult.interpreter)),
        ("Ethnic group", code_list("ethnicities").label(adult.ethnicity)),
        ("Access needs", adult.access_needs),
    ]
    return [(label, words) for label, words in said if words]
