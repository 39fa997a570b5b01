"""Short words that queries, presenters and forms of this room share."""

from typing import Protocol

from nestling.people.models import Person, Relationship
from nestling.reference.codes import code_list


class About(Protocol):
    """What is about a person, a relationship or nobody: a note, an answer, a task."""

    @property
    def about_person(self) -> Person | None:
        """The person."""

    @property
    def about_relationship(self) -> Relationship | None:
        """The relationship."""


def relationship_words(row: Relationship) -> str:
    """The two names of a relationship, the baby first."""
    return f"{row.baby.short_name} and {row.carer.short_name}"


def about_words(thing: About) -> str:
    """Whom something is about, by the names they are called."""
    if thing.about_relationship is not None:
        return relationship_words(thing.about_relationship)
    return thing.about_person.short_name if thing.about_person is not None else "Nobody"


def kind_words(row: Relationship) -> str:
    """What the carer is to the baby, in small letters.

    >>> kind_words(Relationship(kind="foster_carer"))
    'foster carer'
    """
    label = code_list("relationship_kinds").label(row.kind)
    return label[:1].lower() + label[1:]
