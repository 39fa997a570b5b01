"""A contact: who came, who was brought, what is written, and when the next one is."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from nestling.accounts.models import User
from nestling.care.forms.base import CareForm
from nestling.care.models import Episode
from nestling.care.services import ContactDetails, NoteGiven
from nestling.people.models import Person, PersonKind, Relationship
from nestling.people.presenters import relationship_words
from nestling.reference.codes import code_list
from nestling.referrals.forms.fields import coded, number, paragraph, radios, select
from nestling.ui.forms import Look, NHSDateField

NOT_EXPECTED = "not_expected"
LONGEST_MINUTES = 600


class ContactForm(CareForm):
    """One question for each adult (came or not) and each baby (brought or not)."""

    looks = {"minutes": Look(width=3)}

    happened_on = NHSDateField(label="Day of the contact", called="The day of the contact")
    mode = select("Where or how", coded("contact_modes"), missing="Choose where or how")
    minutes = number("Minutes with the family", largest=LONGEST_MINUTES)
    about = select("Who is the note about?", (), empty="No note")
    body = paragraph(
        "Note",
        max_length=20_000,
        rows=10,
        hint="Kept as a draft until you sign it. A parent’s own history goes in a separate note.",
    )
    next_on = NHSDateField(label="Next session agreed for", required=False)
    next_mode = select("Where or how, next time", coded("contact_modes"))

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person],
        relationships: Sequence[Relationship],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"person_{person.pk}": person for person in people if not person.is_lost}
        self.subjects = subjects_of(list(self.people.values()), relationships)
        for name, person in self.people.items():
            if person.kind != PersonKind.BABY or person.born_on is not None:
                self.fields[name] = presence_field(person)
        self.offer_choices("about", [("", "No note"), *_labels(self.subjects)])
        asked = [name for name in self.people if name in self.fields]
        self.looks = {**type(self).looks, **dict.fromkeys(asked, Look(optional=False, small=True))}
        self.order_fields(["happened_on", "mode", "minutes", *asked])

    @property
    def adults(self) -> list[str]:
        """The questions about adults, by name."""
        return [name for name in self.people if name in self.fields and not self._is_baby(name)]

    @property
    def babies(self) -> list[str]:
        """The questions about babies, by name."""
        return [name for name in self.people if name in self.fields and self._is_baby(name)]

    def _is_baby(self, name: str) -> bool:
        return self.people[name].kind == PersonKind.BABY

    def clean(self) -> dict[str, Any]:
        """A note says whom it is about, and says something."""
        values = super().clean() or {}
        if values.get("body", "").strip():
            self.need("about", "Choose whom the note is about")
        elif values.get("about") and "body" not in self.errors:
            self.add_error("body", "Write the note, or choose no note")
        return values

    def presences(self) -> dict[UUID, str]:
        """What was said of each person who was expected."""
        values = self.cleaned_data
        return {person.pk: values[name] for name, person in self.people.items() if values.get(name)}

    def details(self, episode: Episode, *, by: User) -> ContactDetails:
        """The contact as it was filled in."""
        values = self.cleaned_data
        return ContactDetails(
            episode=episode,
            on=values["happened_on"],
            recorded_on=self.on,
            mode=values["mode"],
            minutes=values["minutes"],
            practitioner=by,
            presences=self.presences(),
            note=self.note(),
            next_on=values["next_on"],
            next_mode=values["next_mode"] if values["next_on"] else "",
        )

    def note(self) -> NoteGiven | None:
        """The note, if one was written."""
        values = self.cleaned_data
        if not values["body"].strip():
            return None
        subject = self.subjects[values["about"]]
        if isinstance(subject, Relationship):
            return NoteGiven(body=values["body"], about_relationship=subject)
        return NoteGiven(body=values["body"], about_person=subject)


def presence_field(person: Person) -> Any:
    """Whether an adult came, or a baby was brought."""
    is_baby = person.kind == PersonKind.BABY
    codes = [
        (entry.code, entry.label)
        for entry in code_list("attendance").codes
        if (entry.group == "baby") is is_baby
    ]
    question = "was the baby brought?" if is_baby else "did they come?"
    choices = [*codes, (NOT_EXPECTED, "Not expected this time")]
    field = radios(f"{person.short_name}: {question}", choices)
    field.initial = NOT_EXPECTED
    return field


def subjects_of(
    people: Sequence[Person], relationships: Sequence[Relationship]
) -> dict[str, Person | Relationship]:
    """Whom a note may be about: each relationship, and each baby. An adult has their own page."""
    found: dict[str, Person | Relationship] = {str(row.pk): row for row in relationships}
    babies = [person for person in people if person.kind == PersonKind.BABY]
    return found | {str(baby.pk): baby for baby in babies}


def _labels(subjects: dict[str, Person | Relationship]) -> list[tuple[str, str]]:
    return [
        (key, relationship_words(one) if isinstance(one, Relationship) else one.short_name)
        for key, one in subjects.items()
    ]
