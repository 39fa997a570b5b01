"""A served demo, a browser, and what every step of a journey must hold."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from nestling.demo.people import DOMAIN, PASSWORD
from tests.browser import WIDTHS, axe, sideways

STARTS_WITHIN_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Site:
    """A served demo: its address and the folder of its database."""

    address: str
    folder: Path

    def count(self, question: str, *values: str) -> int:
        """The answer to a question in SQL that asks how many."""
        with closing(sqlite3.connect(self.folder / "nestling.sqlite3")) as database:
            return int(database.execute(question, values).fetchone()[0])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demo of its own, with every kind of story in it."""
    if running := os.environ.get("NESTLING_RUNNING_SITE"):
        address, _, place = running.partition("|")
        yield Site(address, Path(place))  # a demo served by hand, to try a journey quickly
        return
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-c", "from nestling.cli import main; raise SystemExit(main())", "demo"),
        *("--families", "24", "--seed", "7", "--data-dir", str(folder), "--port", str(port)),
    ]
    log = (folder / "server.log").open("w", encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    with log, subprocess.Popen(command, stdout=log, stderr=log, env=environment) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}", server, folder)
            yield Site(f"http://127.0.0.1:{port}", folder)
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(address: str, server: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Return when the site answers; fail with its log when it stopped."""
    end = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/health/", timeout=2).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
        else:
            return
    pytest.fail((folder / "server.log").read_text(encoding="utf-8")[-4000:])


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Callable[..., "Visitor"]]:
    """Someone with a browser: `visit(width="phone")`, or `visit("lead")` who signs in first."""
    contexts = []

    def opened(login: str = "", *, width: str = "desktop") -> Visitor:
        context = chromium.new_context(
            base_url=site.address,
            viewport={"width": WIDTHS[width], "height": 900},
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        visitor = Visitor(context.new_page())
        if login:
            visitor.sign_in(login)
        return visitor

    yield opened
    for context in contexts:
        context.close()


class Visitor:
    """A page in a window, and the checks that hold on each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.refused: list[str] = []
        page.on("console", self._hear)

    def _hear(self, message: object) -> None:
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        # A form with faults answers 422, which the browser also calls an error.
        if kind == "error" and "422" not in text:
            self.refused.append(text)

    def sign_in(self, login: str) -> None:
        """Sign in as one of the demo's members of staff."""
        self.page.goto("/accounts/login/")
        self.sign_in_here(login)
        self.page.wait_for_url("**/home/")

    def sign_in_here(self, login: str) -> None:
        """Sign in on the page that asks for it."""
        self.page.fill("[name=login]", f"{login}@{DOMAIN}")
        self.page.fill("[name=password]", PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_load_state("networkidle")

    def fine(self) -> None:
        """No break of WCAG 2.2 AA, no sideways scroll, nothing that the policy refused."""
        assert axe(self.page) == [], self.page.url
        assert sideways(self.page) <= 0, self.page.url
        assert self.refused == [], self.page.url

    def says(self, *words: str) -> None:
        """Each of these words stands on the page."""
        text = self.page.inner_text("body")
        for one in words:
            assert one in text, f"{one!r} is not on {self.page.url}"

    def press(self, name: str) -> None:
        """Press a button and wait for the page that comes."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state("networkidle")

    def follow(self, name: str) -> None:
        """Follow a link, also one drawn as a button, and wait for the page that comes."""
        self.page.locator("a:visible", has_text=name).first.click()
        self.page.wait_for_load_state("networkidle")

    def choose(self, label: str) -> None:
        """Choose a radio or tick by its words."""
        self.page.get_by_label(label, exact=True).first.check()

    def date(self, name: str, day: object) -> None:
        """Type a date into its three boxes; `day` has day, month and year."""
        for part in ("day", "month", "year"):
            self.page.fill(f"[name={name}-{part}]", str(getattr(day, part)))
