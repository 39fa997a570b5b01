"""A server that is killed while people save, and what must be in the database afterwards."""

import http.client
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup

from nestling.demo.people import DOMAIN, PASSWORD

FAMILIES = 6
WRITERS = 3
LEAST, MOST = 0.0, 2.0
"""Seconds of saving, after the first save, before the server is killed."""
STARTS_WITHIN = 120
SETTINGS = "nestling.config.settings.demo"
Form = dict[str, str]


@dataclass
class Site:
    """A demo's folder, served for a while by the server that Nestling runs."""

    folder: Path
    port: int

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.folder / "nestling.sqlite3"

    def rows(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """The answer to a question in SQL."""
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(question, values).fetchall()

    def count(self, question: str, *values: object) -> int:
        """The answer to a question that asks how many."""
        return int(str(self.rows(question, *values)[0][0]))


def build(folder: Path) -> Site:
    """Make the demo's data."""
    words = "from nestling.cli import main; raise SystemExit(main())"
    command = [sys.executable, "-c", words, "demo", "--no-serve", "--families", str(FAMILIES)]
    command += ["--data-dir", str(folder)]
    subprocess.run(command, check=True, env=own_environment())  # noqa: S603 - our own command
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Site(folder, int(probe.getsockname()[1]))


def own_environment() -> dict[str, str]:
    """This process's environment, with SQLite in the site's folder."""
    return {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}


@contextmanager
def served(site: Site) -> Iterator["subprocess.Popen[bytes]"]:
    """The server with its workers in a group of its own, killed at the end without a word."""
    command = [
        *(sys.executable, "-m", "gunicorn", "nestling.config.wsgi:application"),
        *("--bind", f"127.0.0.1:{site.port}", "--workers", "2", "--threads", "4"),
        *("--log-level", "critical"),
    ]
    named = {"DJANGO_SETTINGS_MODULE": SETTINGS, "NESTLING_DATA_DIR": str(site.folder)}
    with (site.folder / "server.log").open("ab") as log:
        server = subprocess.Popen(  # noqa: S603 - our own server
            command,
            env=own_environment() | named,
            start_new_session=True,
            stdout=log,
            stderr=log,
        )
    try:
        wait_until_it_answers(site, server)
        yield server
    finally:
        kill(server)


def kill(server: "subprocess.Popen[bytes]") -> None:
    """kill -9 of the server and all its workers."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGKILL)
    server.wait(timeout=30)


def wait_until_it_answers(site: Site, server: "subprocess.Popen[bytes]") -> None:
    """Return when the health page answers."""
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and server.poll() is None:
        try:
            if Browser(site).open("/health/").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError((site.folder / "server.log").read_text(encoding="utf-8")[-2000:])


@dataclass
class Answer:
    """What a server answered, wholly received."""

    status: int
    location: str
    html: str

    def form(self, *, holding: str) -> Form:
        """What stands in the form that has a certain input."""
        page = BeautifulSoup(self.html, "html.parser")
        for form in page.find_all("form"):
            if form.select_one(f"[name={holding}]"):
                found = form.select("input[name], textarea[name]")
                return {str(one["name"]): str(one.get("value", "")) or one.text for one in found}
        raise LookupError(f"no form with {holding}: {page.get_text(' ', strip=True)[:500]}")


@dataclass
class Browser:
    """A browser that follows no redirect, so that what was acknowledged is known."""

    site: Site
    cookies: dict[str, str] = field(default_factory=dict)

    def open(self, path: str) -> Answer:
        """A page."""
        return self._ask("GET", path, "")

    def send(self, path: str, form: Form) -> Answer:
        """A form."""
        return self._ask("POST", path, urlencode(form))

    def _ask(self, method: str, path: str, body: str) -> Answer:
        link = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        with closing(link):
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
            link.request(method, path, body=body, headers=headers)
            answer = link.getresponse()
            html = answer.read().decode()
            for header in answer.headers.get_all("Set-Cookie") or []:
                name, _, rest = header.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return Answer(answer.status, answer.headers.get("Location", ""), html)

    def sign_in(self, login: str) -> None:
        """As one of the demo's staff."""
        page = "/accounts/login/"
        form = self.open(page).form(holding="password")
        answer = self.send(page, form | {"login": f"{login}@{DOMAIN}", "password": PASSWORD})
        if answer.status != 302:
            raise RuntimeError(f"no sign-in: {answer.status}")


@dataclass
class Sent:
    """A form that was sent, and the redirect that came back, if any did."""

    page: str
    form: Form
    location: str = ""


@dataclass
class Round:
    """One life of the server: what was sent, what was acknowledged, what was kept as a draft."""

    sent: list[Sent] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    drafts: dict[str, tuple[str, str]] = field(default_factory=dict)


class Writer(threading.Thread):
    """Someone who writes notes and drafts, one after the other, until the server is gone."""

    def __init__(self, site: Site, cookies: dict[str, str], page: str, done: Round) -> None:
        super().__init__(daemon=True)
        self.browser = Browser(site, dict(cookies))
        self.page = page
        self.done = done

    def run(self) -> None:
        try:
            while True:
                self.write()
        except (OSError, http.client.HTTPException):
            return

    def write(self) -> None:
        """Open the page, keep a draft half way, save."""
        form = self.browser.open(self.page).form(holding="body") | note_values(self.page)
        half = form | {"body": form["body"][:20], "draft_step": "keep"}
        if self.browser.send(self.page, half).status == 204:
            self.done.drafts[self.page] = (form["form_key"], half["body"])
        sent = Sent(self.page, form)
        self.done.sent.append(sent)
        answer = self.browser.send(self.page, form)
        if answer.status == 302:
            sent.location = answer.location
        else:
            self.done.odd.append(f"{answer.status} {self.page}")


def note_values(page: str) -> Form:
    """A note with words of its own."""
    day = datetime.now(tz=UTC).date()
    return {
        "about": ABOUT[page],
        "kind": "session",
        "happened_on-day": str(day.day),
        "happened_on-month": str(day.month),
        "happened_on-year": str(day.year),
        "body": f"{random.getrandbits(64):016x} She looked at him for a long time.",
    }


ABOUT: dict[str, str] = {}
"""By the page of a new note: whom it may be about."""


def note_pages(site: Site, browser: Browser) -> list[str]:
    """Pages on which notes are written, one for each writer."""
    found = []
    for (pk,) in site.rows("SELECT id FROM people_family ORDER BY id"):
        text = str(pk)
        page = (
            f"/families/{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}/notes/add/"
        )
        answer = browser.open(page)
        if answer.status == 200:
            options = BeautifulSoup(answer.html, "html.parser").select("[name=about] option[value]")
            ABOUT[page] = next(str(one["value"]) for one in options if one["value"])
            found.append(page)
    return found[:WRITERS]


def one_round(site: Site, cookies: dict[str, str], pages: list[str], *, lasts: float) -> Round:
    """Let people write from the first acknowledged save on for so many seconds; then they stop."""
    done = Round()
    writers = [Writer(site, cookies, page, done) for page in pages]
    for writer in writers:
        writer.start()
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and not any(sent.location for sent in done.sent):
        time.sleep(0.01)
    time.sleep(lasts)
    return done


def faults_of(site: Site, done: Round) -> Iterator[str]:
    """What is missing, halved or doubled in the database of a killed server."""
    yield from done.odd
    check = site.rows("PRAGMA integrity_check")
    if check != [("ok",)]:
        yield f"the database is broken: {check[:3]}"
    for sent in done.sent:
        if sent.location and not site.count(
            NOTE, urlsplit(sent.location).path.split("/")[-2].replace("-", "")
        ):
            yield f"acknowledged and not there: {sent.location}"
    for question, words in HALVES.items():
        if found := site.count(question):
            yield f"{found} {words}"


NOTE = "SELECT count(*) FROM people_note WHERE id = ?"
HALVES = {
    "SELECT count(*) FROM people_note WHERE id NOT IN (SELECT record_id FROM foundation_auditevent "
    "WHERE kind = 'people.note')": "notes without their audit event",
    "SELECT count(*) FROM foundation_auditevent WHERE kind = 'people.note' AND record_id NOT IN "
    "(SELECT id FROM people_note)": "audit events without their note",
    "SELECT count(*) FROM foundation_usedkey WHERE redirect = ''": "used keys without a redirect",
}


def repeated(site: Site, done: Round, browser: Browser) -> Iterator[str]:
    """Send again all that was not acknowledged: each note is there once, each draft is offered."""
    before = site.count("SELECT count(*) FROM people_note")
    waiting = [sent for sent in done.sent if not sent.location]
    stored = sum(bool(site.rows(BY_KEY, nonce_of(sent))) for sent in waiting)
    for sent in waiting:
        answer = browser.send(sent.page, sent.form)
        if answer.status != 302:
            yield f"sent again and refused: {answer.status}"
    after = site.count("SELECT count(*) FROM people_note")
    if after != before + len(waiting) - stored:
        yield f"{len(waiting)} sent again, {stored} stored before: {before} notes became {after}"


BY_KEY = "SELECT nonce FROM foundation_usedkey WHERE nonce = ?"


def nonce_of(sent: Sent) -> str:
    """The single-use part of a form's key."""
    return sent.form["form_key"].split("/")[0]


def drafts_to_come(site: Site, done: Round) -> dict[str, str]:
    """By page: the words of drafts that were acknowledged, of forms that were not saved."""
    return {
        page: words
        for page, (key, words) in done.drafts.items()
        if not site.rows(BY_KEY, key.split("/")[0])
    }


def drafts_missing(site: Site, done: Round, browser: Browser) -> Iterator[str]:
    """Drafts that do not come back."""
    for page, words in drafts_to_come(site, done).items():
        form = browser.open(page).form(holding="draft_id")
        browser.send(page, {**form, "draft_step": "take_up"})
        back = browser.open(page).form(holding="body")
        if back["body"].strip() != words:
            yield f"a draft is not back on {page}"
        browser.send(page, {**form, "draft_step": "put_away"})


@dataclass
class Outcome:
    """What so many kills showed: faults, and how much there was to lose."""

    faults: list[str] = field(default_factory=list)
    acknowledged: int = 0
    drafts_back: int = 0


def crashes(site: Site, *, times: int, seed: int) -> Outcome:
    """Kill the server so many times while people write; check what each life left in the next."""
    rng, browser, outcome = random.Random(seed), Browser(site), Outcome()
    pages: list[str] = []
    done = Round()
    for number in range(times + 1):
        with served(site) as server:
            if not pages:
                browser.sign_in("practitioner")
                pages = note_pages(site, browser)
            check(site, done, browser, outcome)
            if number < times:
                lasts = rng.uniform(LEAST, MOST)
                done = one_round(site, browser.cookies, pages, lasts=lasts)
            kill(server)
        outcome.faults += faults_of(site, done)
    return outcome


def at_once(site: Site, *, times: int) -> tuple[set[tuple[int, str]], int]:
    """One form sent so many times at once: what was answered, and how many notes it made."""
    browser = Browser(site)
    with served(site):
        browser.sign_in("practitioner")
        page = note_pages(site, browser)[0]
        form = browser.open(page).form(holding="body") | note_values(page)
        before = site.count("SELECT count(*) FROM people_note")
        with ThreadPoolExecutor(times) as senders:
            answers = list(senders.map(lambda _: browser.send(page, form), range(times)))
        made = site.count("SELECT count(*) FROM people_note") - before
    return {(one.status, one.location) for one in answers}, made


def check(site: Site, done: Round, browser: Browser, outcome: Outcome) -> None:
    """Hold the last life of a server to what it had acknowledged."""
    outcome.acknowledged += sum(bool(sent.location) for sent in done.sent)
    outcome.drafts_back += len(drafts_to_come(site, done))
    outcome.faults += drafts_missing(site, done, browser)
    outcome.faults += repeated(site, done, browser)
