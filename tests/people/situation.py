"""A family with every kind of record, and a second family of the same father."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from nestling.accounts.models import Team, User
from nestling.people.models import (
    Agreement,
    Family,
    Note,
    Person,
    Relationship,
    Task,
)
from tests.factories.people import (
    AgreementFactory,
    NoteFactory,
    PersonFactory,
    RelationshipFactory,
    TaskFactory,
    family_of,
    join,
)

TODAY = date(2026, 3, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The first family and what it holds, and the second one that must never show through."""

    family: Family
    baby: Person
    mother: Person
    father: Person
    sister: Person
    relationship: Relationship
    agreement: Agreement
    note: Note
    task: Task
    other_family: Family
    other_baby: Person
    other_mother: Person

    def address(self, name: str, **more: object) -> str:
        """The address of a page of the first family."""
        subjects = {
            "birth": {"person": self.baby.pk},
            "loss": {"person": self.baby.pk},
            "safeguarding_add": {"person": self.baby.pk},
            "person_edit": {"person": self.mother.pk},
            "member_end": {"person": self.sister.pk},
            "contact": {"person": self.father.pk},
            "adult_risks": {"person": self.father.pk},
            "relationship_edit": {"pk": self.relationship.pk},
            "agreement_withdraw": {"pk": self.agreement.pk},
            "note": {"pk": self.note.pk},
            "task_done": {"pk": self.task.pk},
        }
        words = {"family": self.family.pk, **subjects.get(name, {}), **more}
        return reverse(f"people:{name}", kwargs=words)


PAGES = (
    *("birth", "loss", "safeguarding_add", "person_add", "person_edit", "member_end", "contact"),
    *("adult_risks", "relationship_add", "relationship_edit", "network_add", "risks"),
    *("restricted", "agreement_add", "agreement_withdraw", "note_add", "note", "task_add"),
    *("task_done", "mark"),
)
"""Every page of the room."""


def situation(team: Team, *, writer: User, unborn: bool = False) -> Situation:
    """Both families, in one team."""
    organisation = team.organisation

    def person(given: str, **traits: object) -> Person:
        family_name = f"Of{given}"
        made: Person = PersonFactory.create(
            organisation=organisation, given_name=given, family_name=family_name, **traits
        )
        return made

    baby = person("Wren", unborn=True) if unborn else person("Wren", baby=True)
    mother, father, sister = person("Juniper"), person("Rowan"), person("Fern", child=True)
    family = family_of(team, babies=[baby], carers=[mother])
    join(family, father, role="carer")
    join(family, sister, role="child")
    tie = RelationshipFactory.create(baby=baby, carer=father, with_father=True)
    other_baby, other_mother = person("Lark", baby=True), person("Marigold")
    other = family_of(team, babies=[other_baby], carers=[other_mother, father])
    _what_the_other_family_holds(team, other, baby=other_baby, father=father, writer=writer)
    return Situation(
        family=family,
        baby=baby,
        mother=mother,
        father=father,
        sister=sister,
        relationship=tie,
        agreement=AgreementFactory.create(team=team, about=baby, given_by=mother),
        note=NoteFactory.create(team=team, family=family, about_person=baby, written_by=writer),
        task=TaskFactory.create(team=team, about_person=baby, words="Ring the midwife"),
        other_family=other,
        other_baby=other_baby,
        other_mother=other_mother,
    )


def _what_the_other_family_holds(
    team: Team, other: Family, *, baby: Person, father: Person, writer: User
) -> None:
    AgreementFactory.create(team=team, about=baby, given_by=father)
    NoteFactory.create(
        team=team,
        family=other,
        about_person=father,
        written_by=writer,
        body="Rowan spoke of Lark and Marigold.",
    )
    TaskFactory.create(team=team, about_person=baby, words="Ring about Lark")
