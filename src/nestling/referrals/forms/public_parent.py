"""The pages of the public form for parents and carers: one thing at a time, in plain words."""

from collections.abc import Mapping
from typing import Any

from django import forms

from nestling.referrals.forms.babies import StepForm
from nestling.referrals.forms.carers import WAYS, CarerFields, check_ways
from nestling.referrals.forms.fields import YES_NO, email, line, paragraph, phone, radios, ticks
from nestling.ui.forms import Look


class AgreeForm(StepForm):
    """The first page: may we keep and read what you tell us."""

    agrees = radios(
        "Do you agree that we keep what you tell us, and read it to see how to help?",
        YES_NO,
        hint="You can change your mind at any time: call us and we will stop.",
        missing="Choose yes or no",
    )

    looks: Mapping[str, Look] = {"agrees": Look(size="m")}

    def clean_agrees(self) -> str:
        """Only a yes goes on; a no gets another way to be helped."""
        answer = str(self.cleaned_data["agrees"])
        if answer == "no":
            call = (
                f" You can call us instead: {self.context.team_phone}."
                if self.context.team_phone
                else ""
            )
            words = f"Without your agreement we cannot read this form.{call} Nothing was kept."
            raise forms.ValidationError(words.replace("%", "%%"))
        return answer


class ReplyForm(StepForm):
    """How it is safe to reply: asked before anything else, and long before anything is sent."""

    ways = ticks(
        "How is it safe for us to reply to you?",
        WAYS,
        hint="Choose all that are safe. Think of who else may hear, read or pick up.",
        missing="Choose at least one safe way to reply",
    )
    phone = phone("Your phone number", hint="A number that is safe to use")
    email = email("Your email address", hint="An address that nobody else reads")
    safe_words = line(
        "What should we take care of?",
        hint="For example: only between 9am and 11am, say you are calling from the clinic",
        max_length=500,
    )

    looks: Mapping[str, Look] = {
        "ways": Look(size="m"),
        "phone": Look(width=20, optional=False),
        "email": Look(optional=False),
    }

    def clean(self) -> dict[str, Any]:
        """A number or address for each way."""
        values = super().clean() or self.cleaned_data
        check_ways(self)
        return values


class YouForm(CarerFields):
    """The parent or carer who asks, about themselves."""

    another = radios(
        "Is there anyone else who cares for your baby?",
        YES_NO,
        hint="For example: the other parent, a partner, a grandparent",
        missing="Choose yes or no",
    )

    looks: Mapping[str, Look] = {**CarerFields.looks, "another": Look(inline=True)}

    def prepare(self) -> None:
        """Say “you”; how to reply was asked before."""
        for name in ("phone", "email", "ways", "safe_words", "is_primary_carer"):
            del self.fields[name]
        words = {
            "given_name": "Your first name",
            "family_name": "Your family name",
            "kind": "Who are you to the baby?",
            "lives_with": "Do you live with the baby, or will you?",
            "parental_responsibility": "Do you have parental responsibility?",
            "language": "Which language do you like to speak?",
            "interpreter": "Would you like an interpreter or signer?",
            "access_needs": "What would make it easier for you to take part?",
        }
        for name, label in words.items():
            self.fields[name].label = label


class ParentBetweenForm(StepForm):
    """What brings the parent, in their own words."""

    concern = paragraph(
        "What would you like help with?",
        hint="A few words are enough. You do not need a diagnosis or a letter.",
        missing="Tell us in a few words what you would like help with",
    )
    seen_between = paragraph(
        "What is it like between you and your baby?",
        hint="For example: feeding, crying, looking at each other, feeling close or far apart",
    )
    strengths = paragraph("What goes well, even a little?", rows=3)
    outcome_wanted = paragraph("What do you hope will be different?", rows=3)


class ParentPracticalForm(StepForm):
    """Where the baby lives and what makes a meeting possible."""

    postcode = line(
        "Your postcode",
        hint="So that the right team reads this. Leave it empty if it is not safe to say.",
        max_length=10,
    )
    practical = line(
        "When and where would you like to meet?",
        hint="For example: mornings, at home, at a children’s centre, online",
        max_length=500,
    )
    network = line(
        "Who is helping you already?",
        hint="For example: a midwife, health visitor, GP, social worker",
        max_length=500,
    )
    looks: Mapping[str, Look] = {"postcode": Look(width=10)}
