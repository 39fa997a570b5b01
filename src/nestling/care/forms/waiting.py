"""What is asked while a family waits."""

from typing import Any

from nestling.care.forms.base import CareForm
from nestling.care.services import InterimOfferDetails, WaitingContactDetails
from nestling.reference.codes import code_list
from nestling.referrals.forms.fields import coded, line, paragraph, radios, select, ticks
from nestling.referrals.services import CLOSING_KINDS
from nestling.science.waiting import Trigger
from nestling.ui.forms import Look, NHSDateField

WORDS_HINT = "Seen by those who read clinical notes. Write what the family would recognise."
LOSS_LABEL = "The pregnancy or baby was lost"


class WaitingContactForm(CareForm):
    """A contact that was held, or one that is promised."""

    looks = {"kind": Look(reveals={"held": ("held_on",), "planned": ("planned_on",)})}

    kind = radios(
        "Has the contact happened?",
        (("held", "Yes, it was held"), ("planned", "No, it is planned")),
        missing="Say whether the contact has happened",
    )
    held_on = NHSDateField(label="Day it was held", required=False)
    planned_on = NHSDateField(label="Day it is planned for", required=False)
    mode = select("How", coded("contact_modes"), missing="Choose how you are in touch")
    words = paragraph("What was said or promised", hint=WORDS_HINT)

    def clean(self) -> dict[str, Any]:
        """The day that the answer asks for."""
        values = super().clean() or {}
        if values.get("kind") == "held":
            self.need("held_on", "Enter the day on which it was held")
        if values.get("kind") == "planned":
            self.need("planned_on", "Enter the day for which it is planned")
        return values

    def details(self) -> WaitingContactDetails:
        """The contact as it was filled in."""
        values = self.cleaned_data
        held = values["kind"] == "held"
        return WaitingContactDetails(
            mode=values["mode"],
            held_on=values["held_on"] if held else None,
            planned_on=None if held else values["planned_on"],
            words=values["words"],
        )


class InterimOfferForm(CareForm):
    """Something offered meanwhile."""

    looks = {"accepted": Look(inline=True)}

    offer = radios("What do you offer?", coded("interim_offers"), missing="Choose what you offer")
    words = line("More about it", max_length=200, hint="Such as the place and time of a group.")
    offered_on = NHSDateField(label="Day it was offered", required=False)
    accepted = radios(
        "Does the family want it?", coded("yes_no_not_known"), missing="Say whether they want it"
    )

    def details(self) -> InterimOfferDetails:
        """The offer as it was filled in; without a day it was made today."""
        values = self.cleaned_data
        return InterimOfferDetails(
            offer=values["offer"],
            words=values["words"],
            offered_on=self.day("offered_on"),
            accepted=values["accepted"],
        )


class ReferrerUpdateForm(CareForm):
    """News from the referrer."""

    words = paragraph("What is the news?", missing="Write the news", hint=WORDS_HINT)
    heard_on = NHSDateField(label="Day you heard it", required=False)


class TriageAgainForm(CareForm):
    """That the referral was looked at again, for which reasons, and what came of it."""

    triggers = ticks("Which reasons did you look at?", (), missing="Tick at least one reason")
    words = paragraph(
        "What did you decide?",
        missing="Write what you decided",
        hint="Such as: stays on the list, call every week; or: take up next.",
    )

    def __init__(self, *args: Any, triggers: tuple[Trigger, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = triggers or tuple(Trigger)
        labels = code_list("retriage_triggers")
        self.offer_choices("triggers", [(code.value, labels.label(code)) for code in offered])
        self.initial.setdefault("triggers", [trigger.value for trigger in triggers])

    def chosen(self) -> list[Trigger]:
        """The reasons that were ticked."""
        return [Trigger(code) for code in self.cleaned_data["triggers"]]


class CloseWaitingForm(CareForm):
    """Why a wait ends without a first session."""

    kind = radios("Why does the wait end?", (), missing="Choose why the wait ends")

    def __init__(self, *args: Any, lost: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = code_list("unmet_need_kinds")
        kinds = [kind for kind in CLOSING_KINDS if (kind == "loss") is lost]
        self.offer_choices("kind", [(k, LOSS_LABEL if lost else labels.label(k)) for k in kinds])
        if lost:
            self.initial.setdefault("kind", "loss")
