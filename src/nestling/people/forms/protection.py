"""Forms of the lead: lock a record, name who may open it, and seal one after an adoption."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from nestling.accounts.models import User
from nestling.people.forms.fields import PlainForm, reason, select, text, tick
from nestling.people.models import Person
from nestling.people.services import AdoptionDetails, LockDetails

NOBODY = "Choose at least one person who may open the record"
NOT_STAFF = "Does not work here, as far as is known"


class NamesForm(PlainForm):
    """Who may open a locked record."""

    names = forms.MultipleChoiceField(
        label="Who may open this record?",
        help_text="Everybody else in the team finds nothing of it. Choose yourself if you need it",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NOBODY, "invalid_choice": "Choose from the team"},
    )

    def __init__(self, *args: Any, team: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = {str(user.pk): user for user in team}
        self.offer_names()

    def offer_names(self) -> None:
        """Give `names` its options."""
        field = self.fields["names"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(pk, user.full_name) for pk, user in self.team.items()]

    @property
    def chosen(self) -> tuple[User, ...]:
        """Those who were ticked."""
        return tuple(self.team[pk] for pk in self.cleaned_data["names"])


class LockForm(NamesForm):
    """A lock: why, who may open the record, and whether one of its persons works here."""

    reason = reason("Why is this record locked?", hint="Only those who may open it read this")

    def __init__(
        self, *args: Any, persons: Sequence[Person], staff: Sequence[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.persons = {f"staff_{number}": person for number, person in enumerate(persons)}
        self.staff = {str(user.pk): user for user in staff}
        choices = [(pk, user.full_name) for pk, user in self.staff.items()]
        for name, person in self.persons.items():
            label = f"Who is {person.full_name} in this organisation?"
            self.fields[name] = select(label, choices, empty=NOT_STAFF)
        self.order_fields(["reason", *self.persons, "names"])

    @property
    def details(self) -> LockDetails:
        """What the service takes."""
        return LockDetails(
            reason=self.cleaned_data["reason"], names=self.chosen, staff=self._said()
        )

    def _said(self) -> dict[UUID, User]:
        found = {person.pk: self.cleaned_data.get(name) for name, person in self.persons.items()}
        return {pk: self.staff[user] for pk, user in found.items() if user}


class AdoptionForm(PlainForm):
    """The child's new name and number, and that the lead means it."""

    given_name = text("New given name", missing="Enter the new given name")
    family_name = text("New family name", missing="Enter the new family name")
    number = text("New NHS number, if there is one", most=20)
    sure = tick(
        "The adoption order has been made, and I have checked that this is the right child",
        missing="Tick the box when the order has been made and the child is the right one",
    )

    @property
    def details(self) -> AdoptionDetails:
        """What the service takes."""
        return AdoptionDetails(
            given_name=self.cleaned_data["given_name"],
            family_name=self.cleaned_data["family_name"],
            number=self.cleaned_data["number"],
        )
