"""The pages of the public form for professionals, apart from those about babies and carers."""

from collections.abc import Mapping
from typing import Any

from django import forms

from nestling.reference.codes import code_list
from nestling.referrals.forms.babies import StepForm
from nestling.referrals.forms.fields import (
    ask_for,
    coded,
    email,
    has_phone_number,
    line,
    number,
    paragraph,
    phone,
    radios,
    select,
    ticks,
)
from nestling.ui.forms import Look

KNOWS = (
    ("agrees", "Yes, and they agree"),
    ("some_agree", "Yes, but not everyone agrees"),
    ("not_told", "No, because telling them would raise the risk"),
    ("advice_first", "I want advice first"),
)
MOST_SIGNS = 30
COUNT_PREFIX = "count_"


class AgreementForm(StepForm):
    """The first page: what the family knows."""

    family_knows = radios(
        "Does the family know about this referral?",
        KNOWS,
        hint="Ask the parents or carers first, unless asking would put anyone at risk.",
        missing="Choose what the family knows",
    )
    why_without_agreement = paragraph(
        "Why would telling them raise the risk?", rows=3, max_length=1000
    )

    looks: Mapping[str, Look] = {
        "family_knows": Look(
            size="l",
            is_heading=True,
            reveals={"not_told": ("why_without_agreement",)},
            hints={
                "some_agree": "For example, one parent agrees and the other has not been asked",
                "advice_first": "You do not need to tell us who the family is",
            },
            divider_before={"advice_first": "or"},
        ),
        "why_without_agreement": Look(optional=False),
    }

    def clean(self) -> dict[str, Any]:
        """A reason where the family is not told."""
        values = super().clean() or self.cleaned_data
        if values.get("family_knows") == "not_told":
            words = "Say why telling them would raise the risk"
            ask_for(self, "why_without_agreement", words=words)
        return values


class AdviceForm(StepForm):
    """Advice first: a question about a baby who is not named."""

    age_band = select(
        "How old is the baby?", coded("infant_age_bands"), missing="Choose the baby’s age"
    )
    concern = paragraph(
        "What would you like to talk through?",
        hint="Leave out names, birth dates and addresses",
        missing="Say what you would like to talk through",
        rows=6,
    )


class BetweenForm(StepForm):
    """What the referrer has seen between the baby and the carer."""

    concern = paragraph(
        "What are you worried about?",
        hint="In your own words. A parent’s diagnosis is not needed.",
        missing="Say what you are worried about",
    )
    seen_between = paragraph(
        "What have you seen between the parent or carer and the baby?",
        hint="For example: how they look at, talk to, hold or speak of each other",
        missing="Say what you have seen, or that you have not seen them together",
    )
    signs = ticks(
        "Have you seen or do you know of any of these?",
        coded("opening_signs"),
        hint="Each of these is reason enough to refer",
    )
    parents_view = paragraph("What does the parent or carer say and hope?", rows=3)
    strengths = paragraph("What goes well?", rows=3)
    tried_so_far = paragraph("What has been tried, and what came of it?", rows=3)
    outcome_wanted = paragraph("What do you hope this referral will bring?", rows=3)

    def prepare(self) -> None:
        """A number for each domain, where the team counts indicators."""
        labels = code_list("indicator_domains")
        for domain in self.context.domains:
            self.fields[COUNT_PREFIX + domain] = number(
                f"{labels.label(domain)}: how many indicators?", largest=MOST_SIGNS
            )

    looks: Mapping[str, Look] = {
        COUNT_PREFIX + domain: Look(width=2) for domain, _ in coded("indicator_domains")
    }

    def counts(self) -> dict[str, int]:
        """Indicators by domain; a box left empty counts none."""
        return {
            name.removeprefix(COUNT_PREFIX): value or 0
            for name, value in self.cleaned_data.items()
            if name.startswith(COUNT_PREFIX)
        }


class PracticalForm(StepForm):
    """Safety, and who else is helping."""

    safeguarding = select("Safeguarding or legal status of the baby", ())
    domestic_abuse = radios(
        "Is domestic abuse part of this, now or before?",
        (
            ("present", "Yes, now"),
            ("past", "Yes, before"),
            ("absent", "No"),
            ("not_known", "Not known"),
        ),
        hint="Only staff who give a reason can read this. It is left out of letters and lists.",
    )
    domestic_abuse_words = paragraph("What should we know to keep everyone safe?", rows=3)
    network = line(
        "Who else is helping?",
        hint="For example: midwife, health visitor, social worker, with their names",
        max_length=500,
    )
    postcode = line("Postcode where the baby lives, or will live", max_length=10)
    practical = line(
        "What makes a meeting possible?",
        hint="For example: times, place, care for other children, transport, phone or data",
        max_length=500,
    )
    urgency = radios("How soon?", coded("urgencies"), missing="Choose how soon")

    looks: Mapping[str, Look] = {
        "postcode": Look(width=10),
        "safeguarding": Look(width=30),
    }

    def prepare(self) -> None:
        """The nation's own terms; and nobody to ask about where no carer is known."""
        field = self.fields["safeguarding"]
        if isinstance(field, forms.ChoiceField):
            terms = coded("safeguarding_statuses", nation=self.context.nation)
            field.choices = [("", "Not known"), *terms]
        if not self.context.has_carer:
            del self.fields["domestic_abuse"], self.fields["domestic_abuse_words"]


class ReferrerForm(StepForm):
    """The professional who refers."""

    name = line("Your name", missing="Enter your name", max_length=200)
    referrer_type = select(
        "Your role",
        coded("referrer_types", without=("self_family",)),
        missing="Choose your role",
    )
    workplace = line("Where you work", missing="Enter where you work", max_length=200)
    phone = phone("Your phone number", hint="Give a number, an email address, or both")
    email = email("Your email address", hint="A secure one, if you have it")
    stays_involved = radios("Will you go on working with the family?", coded("yes_no_not_known"))
    known_for = line(
        "How long have you known the family?", hint="For example: 3 months", max_length=60
    )

    looks: Mapping[str, Look] = {
        "phone": Look(width=20, optional=False),
        "email": Look(optional=False),
        "stays_involved": Look(inline=True),
        "known_for": Look(width=20),
        "referrer_type": Look(width=30),
    }

    def clean(self) -> dict[str, Any]:
        """A number or an address: someone has to be able to answer."""
        values = super().clean() or self.cleaned_data
        given = values.get("phone", "")
        if given and not has_phone_number(given):
            self.add_error("phone", "Enter a phone number, like 01632 960 001")
        if not given and not values.get("email") and not {"phone", "email"} & self.errors.keys():
            self.add_error("phone", "Enter a phone number or an email address, so we can answer")
        return values
