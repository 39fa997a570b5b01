"""The questions about a parent or carer, and how it is safe to reach them."""

from collections.abc import Mapping
from typing import Any

from django import forms

from nestling.referrals.forms.babies import StepForm
from nestling.referrals.forms.fields import (
    YES_NO,
    ask_for,
    coded,
    email,
    has_phone_number,
    line,
    phone,
    radios,
    select,
    ticks,
)
from nestling.referrals.services import CarerGiven, SafeWays
from nestling.ui.forms import Look

WAYS = (
    ("call", "Phone call"),
    ("voicemail", "Leaving a voicemail"),
    ("text", "Text message"),
    ("email", "Email"),
)
BY_PHONE = frozenset({"call", "voicemail", "text"})
KNOWN = (("yes", "Yes"), ("no", "No, the carer is not known yet"))


def safe_ways(values: dict[str, Any]) -> SafeWays | None:
    """The rule that was given, or none where nothing was said."""
    ways = set(values.get("ways") or ())
    words = values.get("safe_words", "")
    if not ways and not words:
        return None
    return SafeWays(
        may_call="call" in ways,
        may_leave_voicemail="voicemail" in ways,
        may_text="text" in ways,
        may_email="email" in ways,
        words=words,
    )


def check_ways(form: forms.Form) -> None:
    """Each way that is safe needs a number or address to use."""
    values = form.cleaned_data
    ways = set(values.get("ways") or ())
    number = values.get("phone", "")
    if number and not has_phone_number(number):
        form.add_error("phone", "Enter a phone number, like 01632 960 001")
    if ways & BY_PHONE:
        ask_for(form, "phone", words="Enter a phone number that is safe to use")
    if "email" in ways:
        ask_for(form, "email", words="Enter an email address that is safe to use")


class CarerFields(StepForm):
    """A parent or carer, as someone else describes them."""

    given_name = line("First name")
    family_name = line("Family name")
    kind = select("Who are they to the baby?", coded("relationship_kinds"))
    is_primary_carer = radios(
        "Do they do most of the caring, or will they?", YES_NO, hint="There may be more than one"
    )
    lives_with = radios("Do they live with the baby, or will they?", coded("yes_no_not_known"))
    parental_responsibility = radios(
        "Do they have parental responsibility?", coded("yes_no_not_known")
    )
    phone = phone()
    email = email()
    ways = ticks(
        "How is it safe to reach them?",
        WAYS,
        hint="Choose all that are safe. Leave empty if you do not know",
    )
    safe_words = line(
        "What should we take care of when we get in touch?",
        hint="For example: times, who else may pick up the phone. Do not write why",
        max_length=500,
    )
    language = select("Language they prefer", coded("languages"), empty="Not known")
    interpreter = radios("Do they need an interpreter or signer?", coded("yes_no_not_known"))
    access_needs = line(
        "What would make it easier for them to take part?",
        hint="For example: large print, step-free rooms, quiet, someone with them",
        max_length=500,
    )

    looks: Mapping[str, Look] = {
        "given_name": Look(optional=False),
        "family_name": Look(optional=False),
        "kind": Look(width=20, optional=False),
        "is_primary_carer": Look(inline=True),
        "lives_with": Look(inline=True),
        "parental_responsibility": Look(inline=True),
        "interpreter": Look(inline=True),
        "phone": Look(width=20),
    }

    def clean(self) -> dict[str, Any]:
        """A name, who they are, and a number for each safe way."""
        values = super().clean() or self.cleaned_data
        if self.describes_someone():
            check_carer(self)
        return values

    def describes_someone(self) -> bool:
        """Whether this page is about a person at all."""
        return True

    def given(self) -> CarerGiven | None:
        """The carer as `receive` wants them."""
        if not self.describes_someone():
            return None
        values = self.cleaned_data
        return CarerGiven(
            kind=values["kind"],
            given_name=values["given_name"],
            family_name=values["family_name"],
            parental_responsibility=values.get("parental_responsibility") or "not_known",
            is_primary_carer=values.get("is_primary_carer") == "yes",
            lives_with=values.get("lives_with") or "not_known",
            phone=values.get("phone", ""),
            email=values.get("email", ""),
            language=values.get("language", ""),
            interpreter=values.get("interpreter", ""),
            access_needs=values.get("access_needs", ""),
            safe=safe_ways(values),
        )


def check_carer(form: forms.Form) -> None:
    """Complain where a carer has no name or no part."""
    values = form.cleaned_data
    if not values.get("family_name") and "family_name" not in form.errors:
        ask_for(form, "given_name", words="Enter a first name or a family name")
    ask_for(form, "kind", words="Choose who they are to the baby")
    check_ways(form)


class CarerForm(CarerFields):
    """A page about one parent or carer, for a professional."""

    known = radios("Do you know who cares for the baby, or who will?", KNOWN)
    another = radios(
        "Is there another parent or carer to tell us about?",
        YES_NO,
        hint="Include fathers, partners, grandparents, foster carers",
    )

    looks: Mapping[str, Look] = {**CarerFields.looks, "another": Look(inline=True)}
    field_order = ("known",)

    def prepare(self) -> None:
        """Only the first page may say that nobody is known; the last offers no other."""
        if not self.context.may_add:
            del self.fields["another"]
        if self.context.first:
            self.fields["known"].required = True
            self.fields["known"].error_messages["required"] = "Choose whether you know the carer"
            told = tuple(name for name in self.fields if name != "known")
            self.looks = {**self.looks, "known": Look(reveals={"yes": told})}
        else:
            del self.fields["known"]

    def describes_someone(self) -> bool:
        """Not where the carer is not known yet."""
        return self.cleaned_data.get("known") != "no"


class OtherCarerForm(CarerForm):
    """A page about another parent or carer, for a parent: no numbers of someone else."""

    def prepare(self) -> None:
        """Leave out what only that person should answer."""
        super().prepare()
        for name in ("phone", "email", "ways", "safe_words", "parental_responsibility"):
            del self.fields[name]
        for name in ("language", "interpreter", "access_needs"):
            del self.fields[name]
