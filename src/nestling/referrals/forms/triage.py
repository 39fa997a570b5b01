"""Screening, deciding, telling, pausing: the forms of a clinical lead."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from nestling.referrals.forms.dates import check_past
from nestling.referrals.forms.fields import (
    YES_NO,
    ask_for,
    coded,
    line,
    paragraph,
    radios,
    select,
    ticks,
)
from nestling.referrals.models import ReferralState
from nestling.referrals.services import DecisionDetails, ScreeningDetails
from nestling.referrals.services.deciding import OUTCOME_STATES
from nestling.referrals.services.unmet import LOSS
from nestling.science.ages import BabyDates
from nestling.ui.forms import Look, NHSDateField

YES_NO_ASK = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known yet"))
NEXT = (
    (ReferralState.FOR_MEETING.value, "Take it to the referral meeting"),
    (ReferralState.MORE_INFORMATION.value, "Ask for more information"),
)


class ScreeningForm(forms.Form):
    """What a screener found, rule by rule, and where the referral goes next."""

    complete = radios("Is there enough to decide on?", YES_NO, missing="Choose yes or no")
    in_age = radios("Is the baby in our age range?", YES_NO_ASK, missing="Choose one")
    in_area = radios("Is the baby in our area?", YES_NO_ASK, missing="Choose one")
    referrer_accepted = radios(
        "Do we take referrals from this referrer?", YES_NO, missing="Choose yes or no"
    )
    signs = ticks(
        "Signs that open the door by themselves",
        coded("opening_signs"),
        hint="Tick what was reported and what you have learned since",
    )
    next_state = radios("What happens next?", NEXT, missing="Choose what happens next")
    missing = line("What is missing, and whom do we ask?", max_length=300)
    words = paragraph("Your note", rows=3)

    looks: Mapping[str, Look] = {
        "complete": Look(inline=True),
        "in_age": Look(inline=True),
        "in_area": Look(inline=True),
        "referrer_accepted": Look(inline=True),
        "next_state": Look(reveals={ReferralState.MORE_INFORMATION.value: ("missing",)}),
        "missing": Look(optional=False),
    }

    def clean(self) -> dict[str, Any]:
        """What to ask for, where more is asked."""
        values = super().clean() or self.cleaned_data
        if values.get("next_state") == ReferralState.MORE_INFORMATION:
            ask_for(self, "missing", words="Say what is missing, and whom you will ask")
        return values

    def details(self, *, door_opened_by: str) -> ScreeningDetails:
        """The screening as `screen` wants it."""
        values = self.cleaned_data
        return ScreeningDetails(
            complete=values["complete"] == "yes",
            in_age=values["in_age"],
            in_area=values["in_area"],
            referrer_accepted=values["referrer_accepted"] == "yes",
            next_state=values["next_state"],
            door_opened_by=door_opened_by,
            missing=values["missing"],
            words=values["words"],
            signs=frozenset(values["signs"]),
        )


class DecisionForm(forms.Form):
    """The decision, its reason, and who was told."""

    outcome = radios("What was decided?", (), missing="Choose what was decided")
    decline_reason = select("Why?", ())
    redirect_reason = select("Why elsewhere?", ())
    redirected_to = line("Where to?", hint="The service that will see the baby", max_length=200)
    someone_sees_baby = radios(
        "Will someone see the baby?",
        YES_NO_ASK,
        hint="If nobody does, the baby is counted as without the help asked for",
    )
    rationale = paragraph("Reasons in words", hint="For the record; the family may read this")
    deciders = line("Who decided?", hint="Names of those at the meeting", max_length=300)
    decided_on = NHSDateField(label="When?", called="The day of the decision")
    told = ticks("Who has been told?", coded("told_whom"), missing="Choose who has been told")
    told_how = select("How were they told?", coded("told_how"))

    looks: Mapping[str, Look] = {
        "outcome": Look(
            size="m",
            reveals={
                "decline": ("decline_reason",),
                "redirect": ("redirect_reason", "redirected_to"),
                "consultation_only": ("someone_sees_baby",),
            },
        ),
        "decline_reason": Look(optional=False),
        "redirect_reason": Look(optional=False),
        "redirected_to": Look(optional=False),
        "someone_sees_baby": Look(optional=False, inline=True),
        "told_how": Look(optional=False, width=20),
    }

    def __init__(
        self,
        *args: Any,
        legal: Collection[ReferralState],
        babies: Sequence[BabyDates],
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        lost = any(baby.lost for baby in babies)
        reasons = coded("decline_reasons", without=() if lost else (LOSS,))
        self._offer("outcome", outcomes(legal, babies=babies))
        self._offer("decline_reason", [("", "Choose one"), *reasons])
        self._offer("redirect_reason", [("", "Choose one"), *reasons])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """What each decision needs."""
        values = super().clean() or self.cleaned_data
        needed = {
            "decline": {"decline_reason": "Choose why the baby is turned away"},
            "redirect": {
                "redirect_reason": "Choose why the baby is sent elsewhere",
                "redirected_to": "Enter where the baby is sent",
            },
            "consultation_only": {"someone_sees_baby": "Choose whether someone will see the baby"},
        }
        for name, words in needed.get(str(values.get("outcome")), {}).items():
            ask_for(self, name, words=words)
        check_past(self, "decided_on", on=self.on, called="The day of the decision")
        self._check_told(set(values.get("told") or ()))
        return values

    def _check_told(self, told: set[str]) -> None:
        if "no_one" in told and len(told) > 1:
            self.add_error("told", "Choose “No one yet”, or those who were told")
        elif told - {"no_one"}:
            ask_for(self, "told_how", words="Choose how they were told")

    def details(self) -> DecisionDetails:
        """The decision as `decide` wants it, without answers to folded questions."""
        values = self.cleaned_data
        outcome = values["outcome"]
        reason = {"decline": "decline_reason", "redirect": "redirect_reason"}.get(outcome, "")
        return DecisionDetails(
            outcome=outcome,
            reason=values[reason] if reason else "",
            rationale=values["rationale"],
            deciders=values["deciders"],
            redirected_to=values["redirected_to"] if outcome == "redirect" else "",
            someone_sees_baby=(
                values["someone_sees_baby"] if outcome == "consultation_only" else ""
            ),
        )

    def told_whom(self) -> list[str]:
        """Those who were told; nobody where no one was."""
        return [whom for whom in self.cleaned_data["told"] if whom != "no_one"]


def outcomes(
    legal: Collection[ReferralState], *, babies: Sequence[BabyDates]
) -> list[tuple[str, str]]:
    """The decisions that the state allows; holding for a birth only where one is to come."""
    without = [code for code, state in OUTCOME_STATES.items() if state not in legal]
    if not any(baby.born_on is None and not baby.lost for baby in babies):
        without.append("hold_for_birth")
    return coded("decisions", without=without)


class ToldForm(forms.Form):
    """That someone was told of a decision."""

    whom = radios(
        "Who was told?", coded("told_whom", without=("no_one",)), missing="Choose who was told"
    )
    how = radios("How?", coded("told_how"), missing="Choose how they were told")
    told_on = NHSDateField(label="When?", called="The day they were told")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean(self) -> dict[str, Any]:
        """A day that has come."""
        values = super().clean() or self.cleaned_data
        check_past(self, "told_on", on=self.on, called="The day they were told")
        return values


class PauseForm(forms.Form):
    """From when the family asks for a delay."""

    from_on = NHSDateField(label="From when?", called="The beginning of the delay")
    words = paragraph(
        "What did the family ask for?", hint="Only a delay that the family asks for stops the clock"
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean(self) -> dict[str, Any]:
        """A day that has come."""
        values = super().clean() or self.cleaned_data
        check_past(self, "from_on", on=self.on, called="The beginning of the delay")
        return values


class ResumeForm(forms.Form):
    """Until when the family wanted to wait."""

    until_on = NHSDateField(label="Until when?", called="The end of the delay")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean(self) -> dict[str, Any]:
        """A day that has come."""
        values = super().clean() or self.cleaned_data
        check_past(self, "until_on", on=self.on, called="The end of the delay")
        return values


class RedirectOutcomeForm(forms.Form):
    """What became of a baby who was sent elsewhere."""

    taken_up = radios(
        "Was the baby seen there?",
        YES_NO_ASK,
        hint="If not, the baby is counted as without the help asked for",
        missing="Choose whether the baby was seen there",
    )
