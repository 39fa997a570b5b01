"""Forms of the desk: emergency access, sealed links, and the accounts and work of leavers."""

from collections.abc import Sequence
from typing import Any

from nestling.accounts.models import User
from nestling.people.forms.fields import PlainForm, day, radios, reason, select, text
from nestling.people.models import Verdict

AS_IT_IS = "Leave it as it is"
ANYONE = "anyone"


class EmergencyForm(PlainForm):
    """Whose record is needed at once, and why."""

    words = text(
        "NHS number or referral reference",
        most=40,
        missing="Enter an NHS number or a referral reference",
        hint="The whole number or reference. Names are not searched",
    )
    day = day(
        "Birth date of this person or of the referred baby",
        called="The birth date",
        hint="Before birth, the due date",
    )
    reason = reason(
        "Why must you open this record now?",
        hint="The lead of the team is told at once, and someone else reviews it",
    )


class ReviewForm(PlainForm):
    """What a review of emergency access found."""

    verdict = radios("Was it justified?", Verdict.choices, missing="Choose what you found")
    verdict_words = reason("What did you find?", most=1_000, hint="It is kept with the use")


class FollowForm(PlainForm):
    """Why a sealed link must be followed."""

    reason = reason(
        "Why must you follow this link?",
        hint="Your name and your reason are kept, and stand on the service manager's monthly list",
    )


class ClosingForm(PlainForm):
    """The day from which somebody no longer signs in."""

    from_on = day(
        "First day without access",
        called="The first day without access",
        hint="Today closes the account at once",
    )


class HandOverForm(PlainForm):
    """To whom the families and the tasks of somebody who leaves go."""

    families_to = select("Who works with the families?", (), empty=AS_IT_IS)
    tasks_to = select("Who does the tasks?", (), empty=AS_IT_IS)

    def __init__(
        self, *args: Any, workers: Sequence[User], helpers: Sequence[User], **kwargs: Any
    ) -> None:
        """Offer those who stay."""
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in (*workers, *helpers)}
        self.offer("families_to", _named(workers), empty=AS_IT_IS)
        self.offer("tasks_to", [(ANYONE, "Anyone in the team"), *_named(helpers)], empty=AS_IT_IS)

    def clean(self) -> dict[str, Any]:
        """Something is given to somebody."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("families_to") or cleaned.get("tasks_to")):
            self.add_error(None, "Choose who takes over the families, the tasks or both")
        return cleaned

    @property
    def families(self) -> User | None:
        """Who takes over the families."""
        return self.people.get(self.cleaned_data.get("families_to", ""))

    @property
    def tasks(self) -> User | None:
        """Who takes over the tasks."""
        return self.people.get(self.cleaned_data.get("tasks_to", ""))

    @property
    def tasks_for_anyone(self) -> bool:
        """Whether the tasks go to anyone in the team."""
        return self.cleaned_data.get("tasks_to") == ANYONE


def _named(users: Sequence[User]) -> list[tuple[str, str]]:
    return [(str(user.pk), user.full_name) for user in users]
