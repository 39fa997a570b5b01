"""The gallery in Chromium: axe, width, policy, and what works without script."""

import pytest
from jinja2 import Environment
from playwright.sync_api import Browser

from tests.browser import WIDTHS, axe, find_chromium, sideways
from tests.ui.gallery import WRONG, EveryKind, gallery, page
from tests.ui.served import Served

pytestmark = pytest.mark.browser

PHONE = WIDTHS["phone"]
EACH_WIDTH = [
    (name, width)
    for name in ("staff", "form", "form-errors", "parent")
    for width in WIDTHS.values()
]
PHONE_ONLY = [(name, PHONE) for name in ("print", "message", "message-public", "error-404")]


@pytest.mark.parametrize(("name", "width"), EACH_WIDTH + PHONE_ONLY)
def test_a_page_passes_axe_fits_its_window_and_keeps_the_policy(
    env: Environment, served: Served, name: str, width: int
) -> None:
    shown = served.open(gallery(env)[name](), width=width)

    assert axe(shown) == []
    assert sideways(shown) <= 0
    assert served.broken == []


def test_axe_does_find_what_is_wrong(served: Served) -> None:
    shown = served.open("<html lang=en><title>x</title><main><input name=nameless></main></html>")

    assert [found.split(":")[0] for found in axe(shown)] == ["label"]


def test_an_option_opens_its_question_with_script(env: Environment, served: Served) -> None:
    shown = served.open(page(env, "gallery/public.jinja", form=EveryKind()))

    shown.check("#id_born-2", force=True)

    assert shown.is_visible("#id_due_on-day")
    assert not shown.is_visible("#id_born_on-day")


def test_an_option_opens_its_question_without_script(env: Environment, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    shown = Served(context.new_page()).open(page(env, "gallery/public.jinja", form=EveryKind()))

    hidden_before = shown.is_visible("#id_born_on-day")
    shown.check("#id_born", force=True)

    assert (hidden_before, shown.is_visible("#id_born_on-day")) == (False, True)
    context.close()


def test_the_summary_takes_one_to_the_faulty_box(env: Environment, served: Served) -> None:
    shown = served.open(page(env, "gallery/public.jinja", form=EveryKind(WRONG)))

    shown.click("text=Due date must be a real date >> nth=0")

    assert shown.evaluate("document.activeElement.id") == "id_due_on-day"


def test_leaving_quickly_empties_the_page_and_back_does_not_return(
    env: Environment, served: Served
) -> None:
    shown = served.open(page(env, "gallery/parent.jinja", leave_url="/elsewhere/"))

    shown.click("text=Leave this page quickly")
    shown.wait_for_url("**/elsewhere/")
    shown.go_back()

    assert "Asha" not in shown.content()


def test_leaving_quickly_is_a_plain_link_without_script(env: Environment, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    shown = Served(context.new_page()).open(
        page(env, "gallery/parent.jinja", leave_url="/elsewhere/")
    )

    shown.click("text=Leave this page quickly")

    assert shown.url.endswith("/elsewhere/")
    context.close()


def test_the_menu_of_a_phone_opens_without_script(env: Environment, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    shown = Served(context.new_page()).open(page(env, "ui/message.jinja"), width=390)

    shown.click("summary:has-text('Menu')")

    assert shown.is_visible(".nl-menu a:has-text('Waiting list')")
    context.close()


def test_on_paper_the_story_reads_forwards_and_the_links_drop_out(
    env: Environment, served: Served
) -> None:
    shown = served.open(gallery(env)["staff"]())
    shown.emulate_media(media="print")

    places = shown.eval_on_selector_all(".nl-tl > li", "all => all.map(li => li.offsetTop)")

    assert places == sorted(places, reverse=True)
    assert not shown.is_visible(".nl-nav")


def test_a_named_chromium_is_taken_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NESTLING_CHROMIUM", "/opt/other/chromium")

    assert find_chromium() == "/opt/other/chromium"
