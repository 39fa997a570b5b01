"""Drafts: kept while one writes, offered to the writer alone, gone when the form is saved."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as service
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from nestling.accounts.middleware import LAST_SEEN
from nestling.accounts.models import User
from nestling.accounts.roles import Role
from nestling.foundation.clock import now
from nestling.foundation.drafts import clear_old_drafts, words_of
from nestling.foundation.models_forms import Draft, UsedKey
from nestling.foundation.sealing import PREFIX
from tests.conftest import SignIn
from tests.factories.foundation import DraftFactory
from tests.walls import as_application, put_up

pytestmark = [pytest.mark.django_db, pytest.mark.database]
OFFER, BACK = "You began to write this on", "is back in the form"
BACKEND = "nestling.accounts.signed_in.SignInBackend"


@pytest.fixture
def browser(client_as: SignIn) -> Client:
    return client_as(Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def page() -> str:
    return reverse("accounts:member_add")


def key_in(answer: Any) -> str:
    found = BeautifulSoup(answer.content, "html.parser").select_one("main [name=form_key]")
    assert found is not None
    return str(found["value"])


def shown(answer: Any, name: str) -> str:
    found = BeautifulSoup(answer.content, "html.parser").select_one(f"main [name={name}]")
    assert found is not None
    return str(found.get("value", ""))


def html(answer: Any) -> str:
    return str(answer.content.decode())


def keep(browser: Client, page: str, *, key: str = "", **typed: str) -> int:
    """Keep a draft as the script does, and say with what status that ended."""
    sent = {
        "given_name": "",
        "family_name": "",
        "email": "",
        **typed,
        "form_key": key or key_in(browser.get(page)),
        "draft_step": "keep",
    }
    return int(browser.post(page, sent).status_code)


def step(browser: Client, page: str, what: str) -> Any:
    draft = Draft.objects.get()
    return browser.post(page, {"draft_step": what, "draft_id": str(draft.pk)}, follow=True)


def test_a_draft_is_offered_when_the_page_is_opened_again(browser: Client, page: str) -> None:
    status = keep(browser, page, given_name="Ann")

    answer = browser.get(page)

    assert status == 204
    assert OFFER in html(answer)
    assert shown(answer, "given_name") == ""


def test_a_draft_that_is_taken_up_stands_in_the_form(browser: Client, page: str) -> None:
    keep(browser, page, given_name="Zoë <b>")

    answer = step(browser, page, "take_up")

    assert BACK in html(answer)
    assert shown(answer, "given_name") == "Zoë <b>"
    assert not User.objects.filter(given_name="Zoë <b>").exists()


def test_one_goes_on_in_the_same_draft(browser: Client, page: str) -> None:
    keep(browser, page, given_name="Ann")
    back = step(browser, page, "take_up")

    keep(browser, page, key=key_in(back), given_name="Anne")

    assert words_of(Draft.objects.get())["given_name"] == ["Anne"]


def test_a_draft_that_is_put_away_is_gone(browser: Client, page: str) -> None:
    keep(browser, page, given_name="Ann")

    answer = step(browser, page, "put_away")

    assert OFFER not in html(answer)
    assert not Draft.objects.exists()


def test_a_second_draft_does_not_take_the_first_ones_place(browser: Client, page: str) -> None:
    keep(browser, page, given_name="Ann")
    keep(browser, page, given_name="Bea")

    assert html(browser.get(page)).count(OFFER) == 2


def test_a_draft_of_another_address_is_not_offered(browser: Client, page: str) -> None:
    keep(browser, page, given_name="Ann")

    assert OFFER not in html(browser.get(f"{page}?x=1"))
    assert OFFER not in html(browser.get(reverse("accounts:team_add")))


def test_a_draft_is_its_writers_alone(client_as: SignIn, browser: Client, page: str) -> None:
    keep(browser, page, given_name="Ann")
    other = client_as(Role.SYSTEM_ADMINISTRATOR)
    draft = Draft.objects.get()

    offered = html(other.get(page))
    for what in ("take_up", "put_away"):
        other.post(page, {"draft_step": what, "draft_id": str(draft.pk)})

    assert OFFER not in offered
    assert "Ann" not in offered
    assert Draft.objects.filter(is_taken_up=False).count() == 1


def test_a_draft_cannot_be_kept_with_someone_elses_key(
    client_as: SignIn, browser: Client, page: str
) -> None:
    other = client_as(Role.SYSTEM_ADMINISTRATOR)

    status = keep(other, page, key=key_in(browser.get(page)), given_name="Ann")

    assert status == 403
    assert not Draft.objects.exists()


def test_who_may_no_longer_open_the_page_is_not_offered_its_draft(
    browser: Client, page: str
) -> None:
    keep(browser, page, given_name="Ann")
    user = User.objects.get(pk=browser.session["_auth_user_id"])
    user.memberships.update(until_on=now().date())

    answer = browser.get(page)

    assert answer.status_code == 403
    assert "Ann" not in html(answer)


def test_words_stand_sealed_in_the_database_and_the_address_does_not_stand_there(
    browser: Client, page: str
) -> None:
    keep(browser, page, given_name="Annabel")

    with connection.cursor() as cursor:
        cursor.execute("SELECT words, page FROM foundation_draft")
        words, where = cursor.fetchone()

    assert words.startswith(PREFIX)
    assert "Annabel" not in words
    assert page not in where


def test_a_password_is_never_kept(browser: Client, page: str) -> None:
    keep(browser, page, given_name="Ann", new_password="sesame")

    assert "sesame" not in Draft.objects.get().words


def test_more_than_a_draft_holds_is_refused(browser: Client, page: str, settings: Settings) -> None:
    settings.DRAFT_BYTES = 1000

    status = keep(browser, page, given_name="A" * 1000)

    assert status == 413
    assert not Draft.objects.exists()


def test_one_person_cannot_fill_the_table(browser: Client, page: str, settings: Settings) -> None:
    settings.DRAFTS_EACH = 3

    for number in range(5):
        keep(browser, page, given_name=f"Ann {number}")

    assert Draft.objects.count() == 3
    assert f"Ann {4}" in Draft.objects.order_by("-kept_at")[0].words


def test_a_draft_that_comes_after_its_form_was_saved_is_not_kept(
    browser: Client, page: str
) -> None:
    key = key_in(browser.get(page))
    ann = {"given_name": "Ann", "family_name": "O'Hara", "email": "ann@example.org"}
    browser.post(page, {**ann, "form_key": key})

    status = keep(browser, page, key=key, **ann)

    assert status == 205
    assert not Draft.objects.exists()


def test_keeping_a_draft_does_not_use_the_key_up(browser: Client, page: str) -> None:
    key = key_in(browser.get(page))

    keep(browser, page, key=key, given_name="Ann")

    assert not UsedKey.objects.exists()


def test_a_draft_that_nobody_went_on_with_is_gone_in_time(settings: Settings) -> None:
    settings.DRAFT_DAYS = 14
    old = DraftFactory.create(kept_at=now() - timedelta(days=15))
    new = DraftFactory.create()

    cleared = clear_old_drafts()

    assert cleared == 1
    assert list(Draft.objects.all()) == [new]
    assert old != new


def test_a_visitor_keeps_no_draft(client: Client) -> None:
    url = reverse("referrals:public_start")

    answer = client.post(url, {"draft_step": "keep", "audience": "parent"})

    assert answer.status_code == 403
    assert not Draft.objects.exists()


# When the session ends while one writes


def signed_in_again(browser: Client, user: User) -> None:
    browser.force_login(user, backend=BACKEND)


def writer(browser: Client) -> User:
    return User.objects.get(pk=browser.session["_auth_user_id"])


def fall_idle(browser: Client) -> None:
    session = browser.session
    session[LAST_SEEN] = int(now().timestamp()) // 60 - service.IDLE_MINUTES
    session.save()


@pytest.mark.parametrize("lose", [fall_idle, Client.logout], ids=["idle", "signed out"])
def test_a_form_sent_after_the_session_ended_comes_back_after_sign_in(
    lose: Any, browser: Client, page: str
) -> None:
    user, key = writer(browser), key_in(browser.get(page))
    lose(browser)

    refused = browser.post(page, {"given_name": "Ann", "form_key": key})
    signed_in_again(browser, user)
    answer = browser.get(page)

    assert refused.status_code == 302
    assert reverse("account_login") in refused["Location"]
    assert shown(answer, "given_name") == "Ann"
    assert BACK in html(answer)


def test_another_user_who_signs_in_gets_nothing(
    client_as: SignIn, browser: Client, page: str
) -> None:
    key = key_in(browser.get(page))
    other = writer(client_as(Role.SYSTEM_ADMINISTRATOR))
    browser.logout()
    browser.post(page, {"given_name": "Ann", "form_key": key})

    signed_in_again(browser, other)
    answer = browser.get(page)

    assert "Ann" not in html(answer)
    assert OFFER not in html(answer)


def test_a_draft_is_not_kept_for_someone_who_is_signed_out(browser: Client, page: str) -> None:
    key = key_in(browser.get(page))
    browser.logout()

    answer = browser.post(page, {"given_name": "A", "form_key": key, "draft_step": "keep"})

    assert answer.status_code == 302
    assert not Draft.objects.exists()


def test_a_form_that_a_sign_in_elsewhere_made_void_comes_back(browser: Client, page: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    signed_in_again(strict, writer(browser))
    key = key_in(strict.get(page))

    refused = strict.post(page, {"given_name": "Ann", "form_key": key})
    answer = strict.get(page)

    assert (refused.status_code, refused["Location"]) == (302, page)
    assert shown(answer, "given_name") == "Ann"


def test_a_form_from_elsewhere_stays_refused(browser: Client, page: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    signed_in_again(strict, writer(browser))

    refused = strict.post(page, {"given_name": "Ann", "form_key": "made:up"})

    assert refused.status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such wall")
def test_behind_the_wall_the_draft_of_someone_signed_out_is_kept_for_their_organisation(
    browser: Client, page: str
) -> None:
    user, key = writer(browser), key_in(browser.get(page))
    browser.logout()
    put_up()

    with as_application():
        browser.post(page, {"given_name": "Ann", "form_key": key})
    with as_application(user.organisation_id):
        kept = list(Draft.objects.values_list("user_id", flat=True))
    with as_application():
        elsewhere = Draft.objects.count()

    assert kept == [user.pk]
    assert elsewhere == 0


def test_a_user_of_no_organisation_keeps_no_draft(browser: Client, page: str) -> None:
    key = key_in(browser.get(page))
    User.objects.filter(pk=browser.session["_auth_user_id"]).update(organisation=None)

    assert keep(browser, page, key=key, given_name="Ann") == 403
    assert not Draft.objects.exists()
