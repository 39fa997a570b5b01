"""Keys of forms: signed, for one visitor, used once, forgotten in time."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from nestling.accounts.models import User
from nestling.foundation import form_keys
from nestling.foundation.clock import now
from nestling.foundation.models_forms import UsedKey
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def opened(user: User | AnonymousUser, path: str = "/a/?b=1") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user
    return request


def key_for(user: User | AnonymousUser) -> form_keys.FormKey:
    key = form_keys.read_key(form_keys.new_key(opened(user)))
    assert key is not None
    return key


def test_a_key_says_for_whom_and_where_its_form_was_drawn() -> None:
    user = UserFactory.create()

    key = key_for(user)

    assert key.user_id == user.pk
    assert key.page == form_keys.page_digest("/a/?b=1")
    assert key_for(user).nonce != key.nonce


def test_a_visitors_key_belongs_to_nobody_by_name() -> None:
    assert key_for(AnonymousUser()).user_id is None


def test_two_visitors_have_different_owners() -> None:
    one, other = opened(AnonymousUser()), opened(AnonymousUser())
    one.META["CSRF_COOKIE"], other.META["CSRF_COOKIE"] = "a" * 32, "b" * 32

    assert form_keys.owner_of(one) != form_keys.owner_of(other)


@pytest.mark.parametrize("text", ["", "x", "a/b/c/d", "a" * 10_000, "ü/\x00:1:2"])
def test_what_we_did_not_sign_is_no_key(text: str) -> None:
    assert form_keys.read_key(text) is None


def test_a_key_that_was_altered_is_no_key() -> None:
    text = form_keys.new_key(opened(UserFactory.create()))

    assert form_keys.read_key(text.replace(text[3], "A" if text[3] != "A" else "B", 1)) is None


def test_a_key_grows_old(settings: Settings) -> None:
    settings.FORM_KEY_HOURS = 24
    text = form_keys.new_key(opened(UserFactory.create()))

    with time_machine.travel(now() + timedelta(hours=25)):
        assert form_keys.read_key(text) is None


def test_the_second_use_finds_what_the_first_left() -> None:
    key = key_for(UserFactory.create())

    first = form_keys.claim(key, said="a")
    form_keys.remember(key, redirect="/there/")
    second = form_keys.claim(key, said="b")

    assert first is None
    assert second is not None
    assert (second.said, second.redirect) == ("a", "/there/")


def test_a_key_that_was_freed_is_used_as_if_it_were_new() -> None:
    key = key_for(UserFactory.create())
    form_keys.claim(key, said="a")

    form_keys.free(key)

    assert form_keys.claim(key, said="a") is None


def test_used_keys_are_cleared_once_nobody_can_send_them(settings: Settings) -> None:
    settings.FORM_KEY_HOURS = 24
    old, new = key_for(UserFactory.create()), key_for(UserFactory.create())
    for key in (old, new):
        form_keys.claim(key, said="a")
    UsedKey.objects.filter(pk=old.nonce).update(used_at=now() - timedelta(hours=25))

    form_keys.remember(new, redirect="/there/")

    assert list(UsedKey.objects.values_list("pk", flat=True)) == [new.nonce]


def test_the_same_words_have_the_same_digest_whatever_the_form_carries() -> None:
    posts = [
        RequestFactory().post("/", {"a": ["1", "2"], "b": "3", form_keys.FIELD: key})
        for key in ("one", "two")
    ]
    other = RequestFactory().post("/", {"a": ["2", "1"], "b": "3"})

    first, second = (form_keys.digest_of(post) for post in posts)

    assert first == second
    assert form_keys.digest_of(other) != first
