"""Signing in: needed by default, with a second step, ended by silence."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from nestling.accounts.roles import Role
from nestling.foundation.clock import now

pytestmark = pytest.mark.django_db
BACKEND = "nestling.accounts.signed_in.SignInBackend"


def test_a_page_needs_a_sign_in_and_comes_back_to_itself(client: Client) -> None:
    answer = client.get(reverse("desk:families") + "?show=all")

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    assert "show%3Dall" in answer["Location"]


def test_the_front_door_needs_none(client: Client) -> None:
    assert client.get("/").status_code == 200


def test_nobody_can_sign_themselves_up(client: Client) -> None:
    answer = client.post(
        reverse("account_signup"),
        {"email": "me@example.org", "password1": "a-long-password", "password2": "a-long-password"},
    )

    assert b"closed" in answer.content.lower()


def test_a_role_that_opens_families_needs_a_second_step(user_as) -> None:
    client = Client()
    client.force_login(user_as(Role.PRACTITIONER), backend=BACKEND)

    answer = client.get(reverse("desk:home"))

    assert answer["Location"] == reverse("mfa_index")


def test_with_a_second_step_the_page_opens(user_as) -> None:
    user = user_as(Role.PRACTITIONER)
    TOTP.activate(user, generate_totp_secret())
    client = Client()
    client.force_login(user, backend=BACKEND)

    assert client.get(reverse("desk:home")).status_code == 200


def test_a_role_for_figures_needs_no_second_step(user_as) -> None:
    client = Client()
    client.force_login(user_as(Role.ANALYST), backend=BACKEND)

    assert client.get(reverse("desk:home")).status_code == 200


def test_silence_ends_a_session(client_as, settings) -> None:
    client = client_as(Role.PRACTITIONER)
    assert client.get(reverse("desk:home")).status_code == 200

    with time_machine.travel(now() + timedelta(minutes=settings.IDLE_MINUTES, seconds=61)):
        answer = client.get(reverse("desk:home"))

    assert answer["Location"].startswith(reverse("account_login"))


def test_without_silence_a_session_goes_on(client_as, settings) -> None:
    client = client_as(Role.PRACTITIONER)

    for minutes in (20, 40, 60):
        with time_machine.travel(now() + timedelta(minutes=minutes)):
            assert client.get(reverse("desk:home")).status_code == 200


def test_a_real_service_refuses_to_start_without_the_second_step(settings) -> None:
    settings.MFA_REQUIRED = False

    assert "nestling.E001" in [fault.id for fault in run_checks()]


def test_the_demo_may_do_without_it(settings) -> None:
    settings.MFA_REQUIRED = False
    settings.DEMO = True

    assert "nestling.E001" not in [fault.id for fault in run_checks()]


def test_five_wrong_passwords_lock_the_door_for_a_while(user_as, settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    user = user_as(Role.ANALYST)
    user.set_password("the-right-password")
    user.save()
    client = Client()
    for _ in range(5):
        client.post(reverse("account_login"), {"login": user.email, "password": "wrong"})

    client.post(reverse("account_login"), {"login": user.email, "password": "the-right-password"})

    assert "_auth_user_id" not in client.session


def test_a_closed_account_opens_nothing(user_as) -> None:
    user = user_as(Role.ANALYST)
    user.is_active = False
    user.save()
    client = Client()
    client.force_login(user, backend=BACKEND)

    assert client.get(reverse("desk:home")).status_code == 302


def test_an_organisation_s_own_sign_in_is_offered_when_it_is_set_up(
    client: Client, settings
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "trust",
                    "name": "Applegarth account",
                    "client_id": "nestling",
                    "secret": "made up",
                    "settings": {"server_url": "https://sign-in.applegarth.example"},
                }
            ]
        }
    }

    page = client.get(reverse("account_login")).content.decode()

    assert "Sign in with Applegarth account" in page
    assert "/accounts/oidc/trust/login/" in page


def test_without_one_no_other_sign_in_is_offered(client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()

    assert "oidc" not in page
    assert 'placeholder="' not in page


def test_a_form_from_elsewhere_gets_a_plain_page() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(reverse("account_login"), {"login": "a@example.org", "password": "x"})

    assert answer.status_code == 403
    assert "Nestling" in answer.content.decode()


def test_the_second_step_is_set_up_and_asked_for(user_as) -> None:
    user = user_as(Role.PRACTITIONER)
    client = Client()
    client.force_login(user, backend=BACKEND)

    page = client.get(reverse("mfa_index"))

    assert page.status_code == 200
    assert "Authenticator App" in page.content.decode()
