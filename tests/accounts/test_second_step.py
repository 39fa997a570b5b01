"""A lost second step: reset for a reason, its owner told, and asked for another."""

from smtplib import SMTPException
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.urls import reverse

from nestling.accounts.models import SecondStepReset, User
from nestling.accounts.roles import Role
from nestling.accounts.second_step import ResetNotPossibleError, reset_second_step, tell_waiting
from nestling.foundation.clock import today
from nestling.foundation.models import AuditEvent

pytestmark = pytest.mark.django_db
WHY = "Lost the phone; I rang back at the clinic"
BACKEND = "nestling.accounts.signed_in.SignInBackend"


@pytest.fixture
def owner(user_as) -> User:
    """A practitioner with an app that shows codes."""
    user: User = user_as(Role.PRACTITIONER)
    TOTP.activate(user, generate_totp_secret())
    return user


@pytest.fixture
def keeper(user_as) -> User:
    keeper: User = user_as(Role.SYSTEM_ADMINISTRATOR)
    return keeper


def test_a_reset_takes_every_second_step_away_and_keeps_why(owner: User, keeper: User) -> None:
    reset_second_step(owner, reason=WHY, on=today(), by=keeper)

    row = SecondStepReset.objects.get(user=owner)
    assert not Authenticator.objects.filter(user=owner).exists()
    assert (row.reason, row.reset_by) == (WHY, keeper)
    event = AuditEvent.objects.get(record_id=row.pk, action="second_step_reset")
    assert WHY not in str(event.changes)


def test_the_owner_is_told_by_whom_and_not_why(
    owner: User, keeper: User, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        reset_second_step(owner, reason=WHY, on=today(), by=keeper)

    (message,) = mail.outbox
    assert message.to == [owner.email]
    assert str(keeper) in message.body
    assert WHY not in message.body
    assert SecondStepReset.objects.get().told_at is not None
    assert tell_waiting() == 0


def test_a_message_that_does_not_leave_is_tried_again(
    owner: User, keeper: User, django_capture_on_commit_callbacks
) -> None:
    with (
        patch("nestling.accounts.second_step.send_mail", side_effect=SMTPException),
        django_capture_on_commit_callbacks(execute=True),
    ):
        reset_second_step(owner, reason=WHY, on=today(), by=keeper)
    assert SecondStepReset.objects.get().told_at is None

    assert (tell_waiting(), tell_waiting()) == (1, 0)
    assert len(mail.outbox) == 1


def test_the_owner_sets_up_another_before_a_family_opens(owner: User, keeper: User) -> None:
    client = Client()
    client.force_login(owner, backend=BACKEND)
    assert client.get(reverse("desk:home")).status_code == 200

    reset_second_step(owner, reason=WHY, on=today(), by=keeper)

    assert client.get(reverse("desk:home"))["Location"] == reverse("mfa_index")


def test_nobody_resets_their_own_or_what_is_not_there(owner: User, keeper: User, user_as) -> None:
    with pytest.raises(ResetNotPossibleError, match="their own"):
        reset_second_step(owner, reason=WHY, on=today(), by=owner)
    with pytest.raises(ResetNotPossibleError, match="nothing to reset"):
        reset_second_step(user_as(Role.ANALYST), reason=WHY, on=today(), by=keeper)


def test_an_administrator_resets_it_on_a_page_and_the_owner_reads_it_on_theirs(
    client_as, owner: User, settings
) -> None:
    client = client_as(Role.SYSTEM_ADMINISTRATOR)
    page = reverse("accounts:second_step", args=[owner.pk])

    answer = client.post(page, {"reason": WHY})

    mine = Client()
    mine.force_login(owner, backend=BACKEND)
    assert answer.status_code == 302
    assert "reset your second step on" in mine.get(reverse("accounts:profile")).content.decode()
    assert "nothing to reset" in client.get(page).content.decode()


@pytest.mark.parametrize("reason", ["", "lost", "x" * 301])
def test_a_reset_without_a_true_reason_is_refused_and_stays_typed(
    client_as, owner: User, reason: str
) -> None:
    client = client_as(Role.SYSTEM_ADMINISTRATOR)

    answer = client.post(reverse("accounts:second_step", args=[owner.pk]), {"reason": reason})

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert Authenticator.objects.filter(user=owner).exists()
