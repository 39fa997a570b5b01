"""The error pages as answers."""

import re
from typing import Any

import pytest
from csp.constants import NONCE, SELF
from csp.middleware import CSPMiddleware
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from jinja2 import Environment
from pytest_django import Settings

from nestling.ui import views

REQUEST = RequestFactory().get("/babies/7/")


def test_each_handler_answers_with_its_status(env: Environment) -> None:
    answers = [
        views.bad_request(REQUEST, BadRequest()),
        views.forbidden(REQUEST, PermissionDenied()),
        views.not_found(REQUEST, Http404()),
        views.not_allowed(REQUEST),
        views.too_many(REQUEST),
        views.server_error(REQUEST),
        views.unavailable(None),
    ]

    assert [answer.status_code for answer in answers] == [400, 403, 404, 405, 429, 500, 503]


def test_too_many_requests_says_when_to_try_again(env: Environment) -> None:
    assert views.too_many(REQUEST)["Retry-After"] == "300"


def test_under_a_policy_the_scripts_carry_the_nonce_of_the_header(
    env: Environment, settings: Settings
) -> None:
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": [SELF, NONCE]}}
    middleware = CSPMiddleware(lambda request: views.not_found(request, Http404()))

    answer: Any = middleware(RequestFactory().get("/"))

    in_header = re.findall("'nonce-([^']+)'", answer["Content-Security-Policy"])
    in_page = re.findall('<script[^>]* nonce="([^"]+)"', answer.content.decode())
    assert len(in_header) == 1
    assert set(in_page) == set(in_header)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 429, 500, 503])
def test_an_error_page_says_nothing_of_what_was_asked_for(env: Environment, status: int) -> None:
    answer = views.error_page(REQUEST, status=status)

    assert b"babies" not in answer.content
