"""The short form for a referral that a colleague takes by phone, letter or from a meeting."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from nestling.accounts.models import Team
from nestling.referrals.forms.babies import BabyFields, StepContext
from nestling.referrals.forms.carers import CarerFields
from nestling.referrals.forms.dates import check_past
from nestling.referrals.forms.fields import (
    ask_for,
    coded,
    email,
    line,
    paragraph,
    phone,
    radios,
    select,
)
from nestling.referrals.services import (
    BabyGiven,
    CarerGiven,
    ReferralDetails,
    ReferralWords,
    ReferrerGiven,
)
from nestling.ui.forms import Look, NHSDateField

TWINS = (("no", "One baby"), ("yes", "Twins"))


class ReferralForm(forms.Form):
    """How the referral came, from whom, and why."""

    team = select("Team", (), missing="Choose the team")
    received_on = NHSDateField(
        label="When was it received?",
        called="The day it was received",
        help_text="The wait is counted from this day",
    )
    route = select("How did it come?", coded("referral_routes"), missing="Choose how it came")
    referrer_type = select("Who refers?", coded("referrer_types"), missing="Choose who refers")
    name = line("Referrer’s name", max_length=200)
    workplace = line("Where they work", max_length=200)
    phone = phone("Referrer’s phone number")
    email = email("Referrer’s email address")
    stays_involved = radios("Will they go on working with the family?", coded("yes_no_not_known"))
    family_knows = radios(
        "What does the family know?",
        coded("family_knows", without=("advice_first",)),
        missing="Choose what the family knows",
    )
    why_without_agreement = paragraph("Why was the family not told?", rows=3, max_length=1000)
    urgency = radios("How soon?", coded("urgencies"), missing="Choose how soon")
    concern = paragraph("What is the worry?", missing="Say what the worry is")
    seen_between = paragraph("What was seen between the baby and the carer?", rows=3)
    postcode = line("Postcode where the baby lives, or will live", max_length=10)

    looks: Mapping[str, Look] = {
        "family_knows": Look(reveals={"not_told": ("why_without_agreement",)}),
        "why_without_agreement": Look(optional=False),
        "urgency": Look(inline=True),
        "stays_involved": Look(inline=True),
        "phone": Look(width=20),
        "postcode": Look(width=10),
        "team": Look(width=30),
        "route": Look(width=30),
        "referrer_type": Look(width=30),
    }

    def __init__(self, *args: Any, teams: Sequence[Team], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.teams = {str(team.pk): team for team in teams}
        field = self.fields["team"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose one"), *((str(t.pk), t.name) for t in teams)]
        if len(teams) == 1:
            del self.fields["team"]

    def clean(self) -> dict[str, Any]:
        """The day it came, and a reason where the family was not told."""
        values = super().clean() or self.cleaned_data
        check_past(self, "received_on", on=self.on, called="The day it was received")
        if values.get("family_knows") == "not_told":
            ask_for(self, "why_without_agreement", words="Say why the family was not told")
        return values

    def chosen_team(self) -> Team:
        """The team that receives it."""
        pk = self.cleaned_data.get("team")
        return self.teams[pk] if pk else next(iter(self.teams.values()))

    def details(
        self, *, babies: tuple[BabyGiven, ...], carers: tuple[CarerGiven, ...]
    ) -> ReferralDetails:
        """The whole referral as `receive` wants it."""
        values = self.cleaned_data
        by_family = values["referrer_type"] == "self_family"
        return ReferralDetails(
            route=values["route"],
            referrer_type=values["referrer_type"],
            family_knows=values["family_knows"],
            urgency=values["urgency"],
            babies=babies,
            carers=carers,
            referrer=None if by_family else _referrer(values),
            self_referred=by_family,
            words=ReferralWords(
                concern=values["concern"],
                seen_between=values["seen_between"],
                why_without_agreement=values["why_without_agreement"],
            ),
            stays_involved=values["stays_involved"],
            postcode=values["postcode"],
        )


def _referrer(values: Mapping[str, Any]) -> ReferrerGiven | None:
    if not values["name"]:
        return None
    return ReferrerGiven(
        name=values["name"],
        role=values["referrer_type"],
        workplace=values["workplace"],
        phone=values["phone"],
        email=values["email"],
    )


class ShortBabyForm(BabyFields):
    """The baby, or twins: a twin has the same dates and takes a first name of its own."""

    twins = radios("One baby or twins?", TWINS, missing="Choose one baby or twins")
    twin_name = line("The other twin’s first name")

    looks: Mapping[str, Look] = {
        **BabyFields.looks,
        "twins": Look(inline=True, reveals={"yes": ("twin_name",)}),
    }

    def babies(self) -> tuple[BabyGiven, ...]:
        """One baby, or two in their order."""
        if self.cleaned_data["twins"] != "yes":
            return (self.given(),)
        first = self.given(birth_order=1)
        second = BabyGiven(
            given_name=self.cleaned_data["twin_name"],
            family_name=first.family_name,
            due_on=first.due_on,
            due_source=first.due_source,
            born_on=first.born_on,
            birth_order=2,
        )
        return first, second


class ShortCarerForm(CarerFields):
    """The main carer, or nobody where no one is known yet."""

    def prepare(self) -> None:
        """Leave out what the first conversation will bring."""
        for name in ("access_needs", "is_primary_carer"):
            del self.fields[name]

    def describes_someone(self) -> bool:
        """Whether a name was given."""
        values = self.cleaned_data
        return bool(values.get("given_name") or values.get("family_name") or values.get("kind"))

    def carers(self) -> tuple[CarerGiven, ...]:
        """The carer, if one is known."""
        found = self.given()
        return () if found is None else (found,)


class ReceiveForms:
    """The three forms of the page, checked together."""

    def __init__(self, typed: Any, *, teams: Sequence[Team], on: date, initial: Any = None) -> None:
        nation = teams[0].organisation.nation
        context = StepContext(on=on, nation=nation)
        start = {"received_on": on, **(initial or {})}
        self.baby = ShortBabyForm(typed, prefix="baby", context=context)
        self.carer = ShortCarerForm(typed, prefix="carer", context=context)
        self.referral = ReferralForm(typed, teams=teams, on=on, initial=start)

    @property
    def all(self) -> list[forms.Form]:
        """In the order of the page: the baby first."""
        return [self.baby, self.carer, self.referral]

    def are_valid(self) -> bool:
        """Whether every form is right; each of them is checked."""
        wrong = [form for form in self.all if not form.is_valid()]
        return not wrong

    def details(self) -> ReferralDetails:
        """The referral that the page describes."""
        return self.referral.details(babies=self.baby.babies(), carers=self.carer.carers())
