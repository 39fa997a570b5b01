"""Forms about reaching a person: what is safe, where, and at what number."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from nestling.people.forms.fields import LONG, PlainForm, paragraph, radios, text, tick
from nestling.people.models.contact import ContactKind
from nestling.people.services import AddressDetails, ContactPointDetails, SafeContactDetails
from nestling.ui.forms import Look

FEWEST_NUMBERS = 7


class SafeContactForm(PlainForm):
    """Which ways of reaching a person are safe; what is not ticked is not."""

    may_call = tick("Call")
    may_leave_voicemail = tick("Leave a voicemail")
    may_text = tick("Text")
    may_email = tick("Email")
    may_post = tick("Send letters")
    words = paragraph(
        "In words", most=LONG, rows=3, hint="For example, best times, who may answer the phone"
    )

    def details(self) -> SafeContactDetails:
        """The rule."""
        return SafeContactDetails(**self.cleaned_data)


class ContactPointForm(PlainForm):
    """A phone number or email address."""

    kind = radios("What is it?", ContactKind.choices, missing="Choose what it is")
    value = text("Number or address", most=254, missing="Enter the number or address")
    preferred = tick("Use this first")

    def clean(self) -> dict[str, Any]:
        """An address in the right form, or a number with enough numbers in it."""
        super().clean()
        kind, value = self.cleaned_data.get("kind"), self.cleaned_data.get("value")
        if kind == ContactKind.EMAIL and value:
            try:
                validate_email(value)
            except ValidationError:
                self.add_error("value", "Enter an email address, like name@example.org")
        elif kind and value and sum(sign.isdecimal() for sign in value) < FEWEST_NUMBERS:
            self.add_error("value", "Enter a phone number, like 01632 960 001")
        return self.cleaned_data

    def details(self) -> ContactPointDetails:
        """The number or address."""
        return ContactPointDetails(**self.cleaned_data)


class AddressForm(PlainForm):
    """An address of this person and nobody else."""

    lines = paragraph("Address", most=500, missing="Enter the address", rows=4)
    postcode = text("Postcode", most=10)
    confidential = tick(
        "This address is confidential",
        hint="It is kept sealed and left out of every shared page and print",
    )

    looks: Mapping[str, Look] = {"postcode": Look(width=10)}

    def details(self) -> AddressDetails:
        """The address."""
        return AddressDetails(**self.cleaned_data)
