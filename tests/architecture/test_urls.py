"""What holds for every address: it asks for a sign-in unless the registry calls its page public."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from nestling.accounts.public import PUBLIC_PAGES, SECOND_STEP_PAGES

PARTS = {
    "uuid": "0190a4e2-7d1b-7c2f-9e57-2f5d0a8f3c11",
    "int": "7",
    "slug": "agreement",
    "str": "words",
}
"""What stands in an address for each kind of part."""
SPELT_OUT = {
    "account_confirm_email": "accounts/confirm-email/abc/",
    "account_reset_password_from_key": "accounts/password/reset/key/1-set-password/",
    "openid_connect_login": "accounts/oidc/nhs/login/",
    "openid_connect_callback": "accounts/oidc/nhs/login/callback/",
}
"""Addresses that allauth writes as regular expressions."""


@dataclass(frozen=True)
class Place:
    """One address and its page's name, or nothing where the library gave none."""

    page: str
    path: str


def places() -> list[Place]:
    """Every address of the house."""
    return list(_walk(get_resolver(), space="", path="/"))


def _walk(resolver: URLResolver, *, space: str, path: str) -> Iterator[Place]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, space=inner, path=here)
        elif isinstance(entry, URLPattern):
            page = f"{space}{entry.name}" if entry.name else ""
            yield Place(page=page, path=_spelt(page, here))


def _spelt(page: str, route: str) -> str:
    if page in SPELT_OUT:
        return f"/{SPELT_OUT[page]}"
    return re.sub(r"<(\w+):\w+>", lambda part: PARTS[part[1]], route)


def is_login(answer: object) -> bool:
    """Whether an answer sends the visitor to sign in."""
    location = getattr(answer, "url", "")
    return str(location).startswith(reverse("account_login"))


def test_every_address_is_spelt_as_its_page() -> None:
    wrong = [
        place for place in places() if place.page and resolve(place.path).view_name != place.page
    ]

    assert wrong == []
    assert len(places()) > 100


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_every_page_that_is_not_public_asks_for_a_sign_in(method: str) -> None:
    visitor = Client(raise_request_exception=False)
    private = [place for place in places() if place.page not in PUBLIC_PAGES]

    answers = {place.path: visitor.generic(method, place.path) for place in private}

    assert [path for path, answer in answers.items() if not is_login(answer)] == []


@pytest.mark.django_db
def test_a_public_page_answers_without_a_sign_in() -> None:
    visitor = Client(raise_request_exception=False)
    public = [place for place in places() if place.page in PUBLIC_PAGES]

    answers = {place.page: visitor.get(place.path).status_code for place in public}

    assert {page: status for page, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("registry", [PUBLIC_PAGES, SECOND_STEP_PAGES])
def test_a_registry_names_only_pages_that_exist(registry: object) -> None:
    known = {place.page for place in places()}

    assert set(registry) - known == set()  # type: ignore[call-overload]


def test_each_public_page_says_why_it_is_public() -> None:
    assert [page for page, why in PUBLIC_PAGES.items() if len(why) < 10] == []
