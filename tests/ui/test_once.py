"""A sent form does its thing once, and what it said is never lost."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import Settings

import nestling
from nestling.accounts.models import User
from nestling.accounts.roles import Role
from nestling.foundation.models import AuditEvent
from nestling.foundation.models_forms import Draft, UsedKey
from nestling.ui.once import AGAIN, NO_KEY, NOT_DONE, OTHER_WORDS
from tests.conftest import SignIn
from tests.keys import WITHOUT

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ANN = {"given_name": "Ann", "family_name": "O'Hara", "email": "ann@example.org"}


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


def opened(browser: Client, page: str) -> dict[str, str]:
    """Ann's answers with the key that the page gave."""
    return {**ANN, "form_key": key_in(browser.get(page))}


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def anns() -> int:
    return User.objects.filter(email=ANN["email"]).count()


def shown(answer: Any, name: str) -> str:
    found = BeautifulSoup(answer.content, "html.parser").select_one(f"main [name={name}]")
    assert found is not None
    return str(found["value"])


def test_a_form_sent_twice_acts_once_and_leads_to_the_same_place(
    browser: Client, page: str
) -> None:
    sent = opened(browser, page)

    first, second = browser.post(page, sent), browser.post(page, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == first["Location"]
    assert AGAIN in said(second)
    assert anns() == 1


def test_the_audit_trail_has_the_change_once(browser: Client, page: str) -> None:
    sent = opened(browser, page)
    before = AuditEvent.objects.count()
    browser.post(page, sent)
    after = AuditEvent.objects.count()

    browser.post(page, sent)

    assert after > before
    assert AuditEvent.objects.count() == after


def test_other_words_under_a_used_key_come_back_and_are_not_saved(
    browser: Client, page: str
) -> None:
    sent = opened(browser, page)
    browser.post(page, sent)

    answer = browser.post(page, {**sent, "given_name": "Anneliese", "email": "b@example.org"})

    assert answer.status_code == 422
    assert shown(answer, "given_name") == "Anneliese"
    assert OTHER_WORDS in answer.content.decode()
    assert not User.objects.filter(email="b@example.org").exists()


def test_what_came_back_can_be_sent_with_the_key_that_it_was_given(
    browser: Client, page: str
) -> None:
    sent = opened(browser, page)
    browser.post(page, sent)
    other = {**sent, "email": "b@example.org"}
    back = browser.post(page, other)

    answer = browser.post(page, {**other, "form_key": key_in(back)})

    assert answer.status_code == 302
    assert User.objects.filter(email="b@example.org").count() == 1


def test_a_form_with_faults_gives_its_key_back(browser: Client, page: str) -> None:
    sent = opened(browser, page)

    wrong = browser.post(page, {**sent, "email": "no address"})
    right = browser.post(page, sent)

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert anns() == 1


def test_a_form_without_a_key_is_refused_in_words_with_all_that_was_typed(
    browser: Client, page: str
) -> None:
    answer = browser.post(page, ANN, headers={WITHOUT: "yes"})

    assert answer.status_code == 422
    assert NO_KEY in answer.content.decode()
    assert {name: shown(answer, name) for name in ANN} == ANN
    assert anns() == 0
    assert browser.post(page, {**ANN, "form_key": key_in(answer)}).status_code == 302


def test_another_users_key_is_no_key(client_as: SignIn, browser: Client, page: str) -> None:
    sent = opened(client_as(Role.SYSTEM_ADMINISTRATOR), page)

    answer = browser.post(page, sent)

    assert answer.status_code == 422
    assert anns() == 0


def test_a_visitor_without_a_key_is_refused_in_words(client: Client) -> None:
    url = reverse("referrals:public_stop")

    answer = client.post(url, {}, headers={WITHOUT: "yes"})

    assert answer.status_code == 422
    assert "Delete what I wrote" in answer.content.decode()


def test_a_button_without_a_key_leads_back_to_its_page(client_as: SignIn) -> None:
    browser = client_as(Role.SERVICE_MANAGER)
    url = reverse("need:what_if_remove", args=["01900000-0000-7000-8000-000000000000"])
    headers = {WITHOUT: "yes", "Referer": "http://testserver/need/"}

    answer = browser.post(url, {}, headers=headers)

    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/need/")
    next_page = browser.get(reverse("desk:home")).content.decode()
    assert NOT_DONE in next_page
    assert NO_KEY not in next_page


def test_what_a_refused_form_had_stored_is_taken_back(
    browser: Client, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_late(*_: object, **__: object) -> HttpResponse:
        return HttpResponse("too late", status=409)

    sent = opened(browser, page)
    monkeypatch.setattr("nestling.accounts.views.redirect", refuse_late)

    answer = browser.post(page, sent)

    assert answer.status_code == 409
    assert anns() == 0
    assert not UsedKey.objects.exists()


def test_a_refused_form_of_staff_is_kept_as_a_draft(browser: Client, page: str) -> None:
    sent = opened(browser, page)

    browser.post(page, {**sent, "email": "no address"})

    assert Draft.objects.count() == 1
    assert "began to write this" in browser.get(page).content.decode()


def test_saving_puts_an_end_to_the_draft(browser: Client, page: str) -> None:
    sent = opened(browser, page)
    back = browser.post(page, {**sent, "email": "no address"})

    browser.post(page, {**ANN, "form_key": key_in(back)})

    assert not Draft.objects.exists()


def test_a_step_of_the_public_form_is_answered_anew(client: Client, team: object) -> None:
    url = reverse("referrals:public_start")
    key = key_in(client.get(url))
    sent = {"audience": "professional", "team": "willowbrook", "form_key": key}

    first = client.post(url, sent)
    second = client.post(url, {**sent, "audience": "parent"})

    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == first["Location"]


def test_a_key_that_grew_old_brings_the_form_back(
    browser: Client, page: str, settings: Settings
) -> None:
    sent = opened(browser, page)
    settings.FORM_KEY_HOURS = 0

    answer = browser.post(page, sent)

    assert answer.status_code == 422
    assert shown(answer, "given_name") == "Ann"


def test_every_page_outside_a_room_belongs_to_signing_in() -> None:
    outside = {entry.name: entry.callback.__module__ for entry in _entries(get_resolver())}

    assert outside
    assert {name for name, module in outside.items() if module.startswith("nestling.")} == set()


def _entries(resolver: Any) -> Iterator[Any]:
    """Every page that no room's name stands before."""
    for entry in resolver.url_patterns:
        if not hasattr(entry, "url_patterns"):
            yield entry
        elif not entry.namespace:
            yield from _entries(entry)


POST_FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL | re.IGNORECASE)
ROOMS = Path(nestling.__file__).parent
TEMPLATES = sorted([*ROOMS.rglob("*.jinja"), *ROOMS.rglob("jinja2/**/*.html")])
UNKEYED = {
    "ui/jinja2/ui/header_staff.jinja": "signing out is sign-in's own page",
    "ui/jinja2/ui/drafts.jinja": "says only which draft is meant; saying it twice changes nothing",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOMS)))
def test_every_form_in_a_template_carries_a_key(path: Path) -> None:
    forms = POST_FORM.findall(path.read_text(encoding="utf-8"))

    without = [form for form in forms if "{{ csrf_input }}" not in form]

    assert bool(without) == (str(path.relative_to(ROOMS)) in UNKEYED)
