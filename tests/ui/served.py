"""Puts a page and the room's static files before a browser, under a service's strict policy."""

import mimetypes
from pathlib import Path

from playwright.sync_api import Page, Route

import nestling.ui

STATIC = Path(nestling.ui.__file__).parent / "static"
HOST = "http://nestling.test"
NONCE = "made-up-nonce"
POLICY = (
    f"default-src 'self'; script-src 'self' 'nonce-{NONCE}'; style-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; object-src 'none'"
)


class Served:
    """A page served from memory; `broken` collects what the policy refused or the script threw."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.broken: list[str] = []
        self.html = ""
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.route("**/*", self._answer)

    def open(self, html: str, *, width: int = 1280, height: int = 900) -> Page:
        """Show the page in a window of this width."""
        self.html = html
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.goto(f"{HOST}/")
        self.page.wait_for_load_state("networkidle")
        return self.page

    def _note(self, kind: str, text: str) -> None:
        if kind == "error":
            self.broken.append(text)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST).split("?")[0]
        file = STATIC / path.removeprefix("/static/")
        if path == "/":
            headers = {
                "Content-Security-Policy": POLICY,
                "Content-Type": "text/html; charset=utf-8",
            }
            route.fulfill(body=self.html, headers=headers)
        elif path.startswith("/static/") and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0])
        else:
            route.fulfill(body="<title>Elsewhere</title>", content_type="text/html")
