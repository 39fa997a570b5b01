"""What stands around a page."""

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment

from nestling.ui.components import Frame
from tests.ui.gallery import page
from tests.ui.served import NONCE

LAYOUTS = [
    "gallery/staff.jinja",
    "gallery/public.jinja",
    "gallery/parent.jinja",
    "gallery/print.jinja",
]


def drawn(env: Environment, name: str, **context: Any) -> BeautifulSoup:
    return BeautifulSoup(page(env, name, **{"form": None, **context}), "html.parser")


def public(env: Environment, **context: Any) -> BeautifulSoup:
    return drawn(env, "gallery/parent.jinja", **context)


@pytest.mark.parametrize("name", ["ui/message.jinja", *LAYOUTS[2:]])
def test_every_script_of_a_page_carries_the_nonce(env: Environment, name: str) -> None:
    shown = drawn(env, name)

    assert shown.select("script")
    assert {tag.get("nonce") for tag in shown.select("script")} == {NONCE}


@pytest.mark.parametrize("name", ["gallery/staff.jinja", "gallery/parent.jinja"])
def test_no_page_has_a_style_or_a_handler_of_its_own(env: Environment, name: str) -> None:
    shown = drawn(env, name)

    assert not shown.select("style, [style]")
    assert not [tag for tag in shown.select("*") if any(key.startswith("on") for key in tag.attrs)]


@pytest.mark.parametrize("name", ["gallery/staff.jinja", "gallery/parent.jinja"])
def test_a_page_asks_only_its_own_service_for_files(env: Environment, name: str) -> None:
    shown = drawn(env, name)

    asked = [tag.get("src") or tag.get("href") for tag in shown.select("link, script[src], img")]
    assert asked
    assert all(str(address).startswith("/static/") for address in asked)


def test_htmx_evaluates_nothing_and_keeps_no_page_in_the_browser(env: Environment) -> None:
    shown = drawn(env, "ui/message.jinja")

    config = shown.select_one("meta[name=htmx-config]")
    assert config is not None
    for word in ('"allowEval":false', '"historyCacheSize":0', '"includeIndicatorStyles":false'):
        assert word in str(config["content"])


def test_leaving_quickly_is_a_link_on_every_public_page(env: Environment) -> None:
    link = public(env).select_one("a[data-nl-leave]")

    assert link is not None
    assert str(link["href"]).startswith("https://")
    assert "noreferrer" in link["rel"]


def test_a_page_may_say_where_leaving_quickly_goes(env: Environment) -> None:
    link = public(env, leave_url="/gone/").select_one("a[data-nl-leave]")

    assert link is not None
    assert link["href"] == "/gone/"


def test_a_public_page_has_no_search_and_no_main_links(env: Environment) -> None:
    assert not public(env).select("[role=search], .nl-nav")


def test_what_the_frame_leaves_empty_is_not_drawn(env: Environment) -> None:
    shown = drawn(env, "ui/message.jinja", frame=Frame())

    assert not shown.select("[role=search], .nl-nav, .nl-menu, .nl-who, .nl-team")


def test_the_footer_says_that_looks_are_logged(env: Environment) -> None:
    assert "Every look at a record is logged." in drawn(env, "ui/message.jinja").get_text()


def test_a_print_says_for_whom_it_is(env: Environment) -> None:
    assert "Printed for: Juniper." in drawn(env, "gallery/print.jinja").get_text()


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 429, 500, 503])
def test_an_error_page_needs_nothing_at_all(
    env: Environment, code: int, no_template_misses: None
) -> None:
    html = env.get_template(f"ui/errors/{code}.jinja").render()

    shown = BeautifulSoup(html, "html.parser")
    assert shown.h1 is not None
    assert shown.title is not None
    assert shown.title.text == f"{shown.h1.text} – Nestling"


def test_a_page_without_a_way_back_has_none(env: Environment) -> None:
    assert not drawn(env, "ui/message.jinja", back=None).select(".nhsuk-back-link")


def test_signing_out_is_a_form_with_the_token(env: Environment) -> None:
    shown = drawn(env, "ui/message.jinja", request=SimpleNamespace(csp_nonce=NONCE))

    forms = shown.select("form[action='/sign-out/']")
    assert [form["method"] for form in forms] == ["post", "post"]
    assert all(form.select("[name=csrfmiddlewaretoken]") for form in forms)
