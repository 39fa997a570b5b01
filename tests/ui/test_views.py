"""The error pages as answers."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from jinja2 import Environment

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


@pytest.mark.parametrize("status", [400, 403, 404, 405, 429, 500, 503])
def test_an_error_page_says_nothing_of_what_was_asked_for(env: Environment, status: int) -> None:
    answer = views.error_page(REQUEST, status=status)

    assert b"babies" not in answer.content
