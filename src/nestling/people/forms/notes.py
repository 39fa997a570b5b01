"""Forms for notes, tasks and one's own marks."""

from collections.abc import Sequence
from typing import Any

from nestling.accounts.models import User
from nestling.people.forms.fields import (
    LONG,
    PAGE,
    PlainForm,
    coded,
    day,
    paragraph,
    radios,
    select,
    text,
    tick,
)
from nestling.people.models import Family, Person, Relationship
from nestling.people.queries import FamilyPeople
from nestling.people.services import NoteDetails, TaskDetails
from nestling.people.services.tasks import BY_HAND
from nestling.people.words import kind_words, relationship_words
from nestling.reference.codes import code_list

Subject = Person | Relationship


def subjects(persons: Sequence[Person], ties: Sequence[Relationship]) -> dict[str, Subject]:
    """Whom something can be about, by the value of its option."""
    found: dict[str, Subject] = {f"person:{person.pk}": person for person in persons}
    return found | {f"relationship:{tie.pk}": tie for tie in ties}


def subject_words(subject: Subject) -> str:
    """An option's words."""
    if isinstance(subject, Relationship):
        return f"{relationship_words(subject)} ({kind_words(subject)})"
    return subject.full_name


class AboutForm(PlainForm):
    """A form whose subject is a person or a relationship of one family."""

    subjects: dict[str, Subject]

    def offer_subjects(self, found: dict[str, Subject], *, empty: str) -> None:
        """Give `about` its options."""
        self.subjects = found
        choices = [(value, subject_words(subject)) for value, subject in found.items()]
        self.offer("about", choices, empty=empty)

    @property
    def whom(self) -> dict[str, Any]:
        """The subject under the name by which services take it."""
        subject = self.subjects.get(self.cleaned_data.get("about") or "")
        if isinstance(subject, Relationship):
            return {"about_relationship": subject}
        return {"about_person": subject}


class NoteForm(AboutForm):
    """A note. It says first whom it is about, because that decides who reads it."""

    about = select(
        "Whom is this note about?",
        [],
        missing="Choose whom the note is about",
        hint="A note about an adult stays on that adult's own page",
    )
    kind = select("What kind of note?", coded("note_kinds"), missing="Choose what kind of note")
    happened_on = day("When did it happen?", called="The date")
    body = paragraph("Note", most=PAGE, missing="Write the note", rows=12)
    third_party = tick("It holds something that someone else told us in confidence")

    def __init__(self, *args: Any, people: FamilyPeople, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ties = sorted(people.relationships, key=lambda tie: str(tie.baby_id))
        self.offer_subjects(subjects(people.everyone, ties), empty="Choose")

    def clean(self) -> dict[str, Any]:
        """A day that has come."""
        super().clean()
        self.not_future("happened_on")
        return self.cleaned_data

    def details(self, family: Family) -> NoteDetails:
        """The note, written today in a family's work."""
        typed = self.cleaned_data
        return NoteDetails(
            kind=typed["kind"],
            body=typed["body"],
            happened_on=typed["happened_on"],
            written_on=self.on,
            family=family,
            third_party=typed["third_party"],
            **self.whom,
        )


class NoteTextForm(PlainForm):
    """The words of a draft or of a correction."""

    body = paragraph("Note", most=PAGE, missing="Write the note", rows=12)


class TaskForm(AboutForm):
    """Something to do."""

    words = text("What is to be done?", most=300, missing="Enter what is to be done")
    kind = radios("What kind of task?", [], missing="Choose what kind of task")
    due_on = day("By when?", called="The date")
    about = select("Whom is it about?", [], hint="A baby, a relationship or nobody")
    assigned_to = select("Who does it?", [], empty="Anyone in the team")

    def __init__(
        self, *args: Any, people: FamilyPeople, team: Sequence[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.team = {str(user.pk): user for user in team}
        kinds = code_list("task_kinds").choices()
        self.offer("kind", [(code, label) for code, label in kinds if code in BY_HAND])
        self.offer_subjects(subjects(people.babies, people.relationships), empty="Nobody")
        choices = [(pk, user.full_name) for pk, user in self.team.items()]
        self.offer("assigned_to", choices, empty="Anyone in the team")

    def clean(self) -> dict[str, Any]:
        """A day within reach."""
        super().clean()
        self.not_far("due_on", called="The date")
        return self.cleaned_data

    def details(self) -> TaskDetails:
        """The task."""
        typed = self.cleaned_data
        return TaskDetails(
            kind=typed["kind"],
            words=typed["words"],
            due_on=typed["due_on"],
            assigned_to=self.team.get(typed["assigned_to"]),
            **self.whom,
        )


class MarkForm(PlainForm):
    """One's own mark on a family."""

    words = paragraph(
        "What is on your mind?",
        most=LONG,
        missing="Write what is on your mind",
        hint="Only you see this",
    )
