"""Nothing typed is lost: a browser that dies, a session that ends, a form that is sent twice."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import ARGUMENTS, find_chromium
from tests.journeys.conftest import Site, Visitor

pytestmark = pytest.mark.browser
SECONDS = 5
"""What is older than this is not lost."""
WRITES_FOR = 12
STEP = 0.25


@contextmanager
def mortal(chromium: Browser, folder: Path, *, address: str) -> Iterator[tuple[Visitor, int]]:
    """A Chromium of its own with its process group, to be killed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [find_chromium(), *ARGUMENTS, "--headless=new", f"--user-data-dir={folder}"]
    process = subprocess.Popen(
        [*command, f"--remote-debugging-port={port}", "about:blank"],
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    try:
        browser = connected(chromium, port)
        context = browser.new_context(base_url=address)
        yield Visitor(context.new_page()), process.pid
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


def connected(chromium: Browser, port: int) -> Browser:
    """The other Chromium, once it listens."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return chromium.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
        time.sleep(0.2)
    raise TimeoutError("Chromium does not listen")


def to_a_new_note(visitor: Visitor) -> str:
    """Open the page of a new note, and say where it is."""
    visitor.page.goto("/families/")
    family = visitor.page.locator("main a[href^='/families/']").first.get_attribute("href")
    path = f"{family}notes/add/"
    visitor.page.goto(path)
    return path


def type_on(page: Page) -> list[tuple[float, str]]:
    """Type without a pause, and note when which words stood there."""
    written: list[tuple[float, str]] = []
    text = ""
    end = time.monotonic() + WRITES_FOR
    page.focus("[name=body]")
    while time.monotonic() < end:
        word = f"{len(written)} "
        page.keyboard.type(word)
        text += word
        written.append((time.monotonic(), text))
        time.sleep(STEP)
    return written


def test_a_browser_that_is_killed_loses_nothing_older_than_five_seconds(
    chromium: Browser, site: Site, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    with mortal(chromium, tmp_path, address=site.address) as (writer, process):
        writer.sign_in("practitioner2")
        path = to_a_new_note(writer)
        written = type_on(writer.page)
        os.killpg(process, signal.SIGKILL)
        killed = time.monotonic()

    again = visit("practitioner2")
    again.page.goto(path)
    again.press("Take it up again")
    back = again.page.input_value("[name=body]")

    safe = [text for moment, text in written if moment < killed - SECONDS][-1]
    assert len(safe.split()) > 5
    assert back.startswith(safe.strip())
    assert written[-1][1].startswith(back.strip())
    again.press("Put it away")
    assert again.page.input_value("[name=body]") == ""


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_what_was_begun_is_offered_again(width: str, visit: Callable[..., Visitor]) -> None:
    visitor = visit("lead", width=width)
    path = to_a_new_note(visitor)
    visitor.page.fill("[name=body]", "She smiled & <laughed>.")
    visitor.page.get_by_text("Kept for you at").wait_for()
    visitor.fine()

    visitor.page.goto(path)
    visitor.says("You began to write this on")
    visitor.fine()
    visitor.press("Take it up again")
    visitor.says("is back in the form")
    visitor.fine()

    assert visitor.page.input_value("[name=body]") == "She smiled & <laughed>."
    visitor.press("Put it away")
    assert visitor.page.locator(".nl-draft").count() == 0


def test_leaving_the_page_keeps_what_was_typed_just_before(visit: Callable[..., Visitor]) -> None:
    visitor = visit("lead")
    path = to_a_new_note(visitor)
    visitor.page.fill("[name=body]", "Typed in haste.")

    visitor.page.goto("/home/")
    visitor.page.goto(path)
    visitor.press("Take it up again")

    assert visitor.page.input_value("[name=body]") == "Typed in haste."
    visitor.press("Put it away")


def test_a_session_that_ends_in_the_middle_brings_the_form_back(
    visit: Callable[..., Visitor],
) -> None:
    visitor = visit("lead")
    to_a_new_note(visitor)
    visitor.page.fill("[name=body]", "Written before the session ended.")
    visitor.page.context.clear_cookies(name="sessionid")

    visitor.press("Keep as a draft")
    visitor.says("What you wrote comes back when you have signed in")
    visitor.sign_in_here("lead")

    assert visitor.page.input_value("[name=body]") == "Written before the session ended."
    visitor.says("is back in the form")
    visitor.press("Put it away")


def test_back_and_send_saves_a_note_once(visit: Callable[..., Visitor], site: Site) -> None:
    visitor = visit("lead")
    path = to_a_new_note(visitor)
    page = visitor.page
    page.select_option("[name=about]", index=1)
    page.select_option("[name=kind]", index=1)
    page.fill("[name=body]", "Saved once.")
    before = site.count("SELECT count(*) FROM people_note")
    key = page.input_value("main [name=form_key]")
    visitor.press("Keep as a draft")

    page.go_back()
    page.wait_for_load_state("networkidle")
    if page.input_value("main [name=form_key]") != key:
        page.evaluate("key => { document.querySelector('main [name=form_key]').value = key }", key)
    page.select_option("[name=about]", index=1)
    page.select_option("[name=kind]", index=1)
    page.fill("[name=body]", "Saved once.")
    visitor.press("Keep as a draft")

    visitor.says("This was already saved.")
    assert site.count("SELECT count(*) FROM people_note") == before + 1
    page.goto(path)
    assert page.locator(".nl-draft").count() == 0
