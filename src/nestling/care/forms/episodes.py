"""What is asked when a family is taken up, and on the way to the ending."""

from collections.abc import Iterable, Sequence
from typing import Any

from nestling.accounts.models import Nation, User
from nestling.care.forms.base import CareForm
from nestling.care.services import EndingDetails, StepDetails, TakeUpDetails
from nestling.people.models import Relationship
from nestling.people.presenters import kind_words, relationship_words
from nestling.reference.codes import code_list
from nestling.referrals.forms.fields import YES_NO, coded, paragraph, radios, select, ticks
from nestling.ui.forms import Look, NHSDateField


def relationship_choices(rows: Iterable[Relationship]) -> list[tuple[str, str]]:
    """Each relationship by its names and what the carer is."""
    return [(str(row.pk), f"{relationship_words(row)} ({kind_words(row)})") for row in rows]


def step_choices() -> list[tuple[str, str]]:
    """Services to step to, each with its direction."""
    directions = code_list("step_directions")
    moves = code_list("step_moves").codes
    return [(move.code, f"{directions.label(move.group)}: {move.label}") for move in moves]


def direction_of(destination: str) -> str:
    """Whether a step to a service leads up, down or out."""
    return next(move.group for move in code_list("step_moves").codes if move.code == destination)


class FocusForm(CareForm):
    """The relationships in focus."""

    relationships = ticks(
        "Which relationships do you work with?", (), missing="Tick at least one relationship"
    )

    def __init__(self, *args: Any, offered: Sequence[Relationship], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(row.pk): row for row in offered}
        self.offer_choices("relationships", relationship_choices(offered))

    def chosen(self) -> list[Relationship]:
        """The relationships that were ticked."""
        return [self.offered[pk] for pk in self.cleaned_data["relationships"]]


class TakeUpForm(FocusForm):
    """With whom the work begins, by whom, paid by whom, and when they first meet."""

    practitioner = select("Who works with them?", (), missing="Choose who works with them")
    funders = ticks("Who pays?", coded("funders"), missing="Tick who pays")
    first_session_on = NHSDateField(label="First session agreed for", called="The first session")
    first_session_mode = select("Where or how", coded("contact_modes"))

    def __init__(self, *args: Any, workers: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(user.pk): user for user in workers}
        choices = [(pk, user.full_name) for pk, user in self.workers.items()]
        self.offer_choices("practitioner", [("", "Choose one"), *choices])

    def details(self) -> TakeUpDetails:
        """The take-up as it was filled in."""
        values = self.cleaned_data
        return TakeUpDetails(
            relationships=self.chosen(),
            funders=values["funders"],
            practitioner=self.workers[values["practitioner"]],
            first_session_on=values["first_session_on"],
            first_session_mode=values["first_session_mode"],
        )


class StageForm(CareForm):
    """The stage that the work has reached."""

    stage = radios("Which stage is it now?", coded("episode_stages"), missing="Choose the stage")


class StepForm(CareForm):
    """A step to another service."""

    looks = {"accepted": Look(inline=True)}

    destination = select("To which service?", step_choices(), missing="Choose a service")
    handed_over_on = NHSDateField(label="Day of the hand-over", required=False)
    accepted = radios(
        "Has the service taken them?",
        coded("yes_no_not_known"),
        missing="Say whether the service has taken them",
    )

    def details(self) -> StepDetails:
        """The step as it was filled in; without a day it was made today."""
        values = self.cleaned_data
        return StepDetails(
            direction=direction_of(values["destination"]),
            destination=values["destination"],
            handed_over_on=self.day("handed_over_on"),
            accepted=values["accepted"],
        )


class StepOutcomeForm(CareForm):
    """Whether a step held."""

    looks = {"accepted": Look(inline=True)}

    accepted = radios(
        "Did the service take them?", coded("yes_no_not_known"), missing="Say whether they did"
    )
    came_back_on = NHSDateField(
        label="Day the family came back to us",
        required=False,
        help_text="Leave empty if they have not come back.",
    )


class EndingForm(CareForm):
    """How the work ended."""

    looks = {
        "planned": Look(inline=True),
        "session_held": Look(inline=True),
        "stepped": Look(reveals={"yes": ("destination", "accepted")}),
        "accepted": Look(inline=True),
    }

    reason = radios("Why does the work end?", (), missing="Choose why the work ends")
    planned = radios(
        "Was the ending planned with the family?", YES_NO, missing="Say whether it was planned"
    )
    session_held = radios(
        "Was there an ending session?", YES_NO, missing="Say whether there was an ending session"
    )
    last_contact_on = NHSDateField(
        label="Day of the last contact", required=False, help_text="Leave empty if there was none."
    )
    safeguarding_at_end = select("Safeguarding or legal status at the end", (), empty="Not known")
    stepped = radios(
        "Does another service go on with the family?",
        YES_NO,
        missing="Say whether another service goes on",
    )
    destination = select("Which service?", step_choices())
    accepted = radios("Has it taken them?", coded("yes_no_not_known"))
    words = paragraph("What did the work come to?", hint="In words the family would recognise.")

    def __init__(self, *args: Any, nation: Nation, lost: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = coded("ending_reasons", without=("age_limit",) if lost else ())
        self.offer_choices("reason", reasons)
        statuses = coded("safeguarding_statuses", nation=nation)
        self.offer_choices("safeguarding_at_end", [("", "Not known"), *statuses])

    def clean(self) -> dict[str, Any]:
        """The service, where one goes on."""
        values = super().clean() or {}
        if values.get("stepped") == "yes":
            self.need("destination", "Choose the service that goes on with the family")
        return values

    def details(self) -> EndingDetails:
        """The ending as it was filled in."""
        values = self.cleaned_data
        return EndingDetails(
            planned=values["planned"] == "yes",
            reason=values["reason"],
            session_held=values["session_held"],
            last_contact_on=values["last_contact_on"],
            safeguarding_at_end=values["safeguarding_at_end"],
            words=values["words"],
            step=self.step() if values["stepped"] == "yes" else None,
        )

    def step(self) -> StepDetails:
        """The step that goes with the ending."""
        values = self.cleaned_data
        return StepDetails(
            direction=direction_of(values["destination"]),
            destination=values["destination"],
            handed_over_on=self.on,
            accepted=values["accepted"] or "not_known",
        )


class ReopenForm(CareForm):
    """Nothing to fill in: opening again is one button."""
