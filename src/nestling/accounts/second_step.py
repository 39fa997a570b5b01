"""A lost second step: taken away for a reason, so that its owner sets up another, and told so."""

from datetime import date
from smtplib import SMTPException

import structlog
from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.db import transaction

from nestling.accounts.models import SecondStepReset, User
from nestling.foundation import audit
from nestling.foundation.clock import now
from nestling.science.ages import day_words

log = structlog.get_logger(__name__)
SUBJECT = "Your second step for Nestling was reset"
BODY = """Hello {user},

On {day} {by} reset the second step of your account. No app, passkey or code that you had set up
opens Nestling any more. When you sign in next, you are asked to set up another.

If you did not ask for this, tell {by} or your information governance today: somebody may know your
password. Then choose a new one with "Forgot your password?" on the sign-in page.
"""


class ResetNotPossibleError(ValueError):
    """A second step cannot be reset; the words say why."""

    def __init__(self, words: str) -> None:
        """Keep the words."""
        self.words = words
        super().__init__(words)


def has_second_step(user: User) -> bool:
    """Whether an app or a passkey is set up."""
    return bool(Authenticator.objects.filter(user=user).exists())


@transaction.atomic
def reset_second_step(user: User, *, reason: str, on: date, by: User) -> SecondStepReset:
    """No app, passkey or code of the user opens anything any more; they are told by email.

    Raises:
        ResetNotPossibleError: it is one's own, or none is set up.
    """
    if user.pk == by.pk:
        raise ResetNotPossibleError(
            "Nobody resets their own second step here. Ask another administrator"
        )
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise ResetNotPossibleError("No second step is set up: there is nothing to reset")
    row = SecondStepReset(user=user, reason=reason, reset_by=by, reset_on=on)
    audit.create(row, by=by, action="second_step_reset")
    transaction.on_commit(lambda: tell(row))
    return row


def tell(row: SecondStepReset) -> bool:
    """Tell the owner that their second step was reset, and by whom; whether the message left.

    One that did not leave stays and is tried again by the day's round.
    """
    body = BODY.format(user=row.user, by=row.reset_by, day=day_words(row.reset_on))
    try:
        send_mail(SUBJECT, body, None, [row.user.email])
    except (SMTPException, OSError) as fault:
        log.warning("second_step_reset_not_told", reset=str(row.pk), fault=type(fault).__name__)
        return False
    audit.change(row, {"told_at": now()}, by=None, action="told")
    log.info("second_step_reset_told", reset=str(row.pk), user=str(row.user_id))
    return True


def tell_waiting() -> int:
    """Tell those whose message has not left yet; how many were told."""
    rows = SecondStepReset.objects.filter(told_at__isnull=True).select_related("user", "reset_by")
    return sum(tell(row) for row in rows.order_by("created_at", "pk"))


def newest_reset(user: User) -> SecondStepReset | None:
    """The newest reset of the user's own second step, for their own page."""
    rows = SecondStepReset.objects.filter(user=user).select_related("reset_by")
    return rows.order_by("-created_at", "-pk").first()
