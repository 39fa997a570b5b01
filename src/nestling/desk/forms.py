"""Forms of the desk: emergency access, its review, and the reason for following a sealed link."""

from nestling.people.forms.fields import PlainForm, day, radios, reason, text
from nestling.people.models import Verdict


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
