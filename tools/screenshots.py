"""Take the handbook's pictures again: `python tools/screenshots.py`, or some of them by name.

A demo is made in a temporary folder and served on a free port; a browser signs in as each role and
looks at its pages. Everyone in the pictures is made up.
"""

import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import WIDTHS, launch  # noqa: E402 - the folder above must be known first

IMAGES = ROOT / "docs" / "images"
LARGEST_BYTES = 250_000
COLOURS = 200
PASSWORD = "made-up-people-only"  # noqa: S105 - the demo prints it; it opens made-up people
MONTH = f"{datetime.now(tz=UTC):%Y/%m}".replace("/0", "/")
READY = "Stop with Control and C."


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A served demo: its address, an email address for each role, and ids of what to look at."""

    address: str
    logins: dict[str, str]
    places: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: whose eyes, which page, what they do first, and how much of the page is kept."""

    name: str
    page: str
    by: str = ""
    width: str = "desktop"
    height: int = 1000
    first: Callable[[Page], None] | None = None


#: Where each story of the demo is: a question that gives one id.
PLACES = {
    "family": """
        SELECT e.family_id FROM care_episode e
        JOIN accounts_team t ON t.id = e.team_id AND t.slug = 'willowbrook'
        WHERE e.ended_on IS NULL AND 2 = (
            SELECT count(DISTINCT r.kind) FROM people_relationship r
            JOIN people_familymember m ON m.person_id = r.baby_id
            WHERE m.family_id = e.family_id AND r.kind IN ('mother', 'father'))
        ORDER BY e.taken_up_on LIMIT 1""",
    "relationship": """
        SELECT r.id FROM people_relationship r
        JOIN people_familymember m ON m.person_id = r.baby_id
        WHERE m.family_id = :family AND r.kind = 'father' LIMIT 1""",
    "episode": "SELECT id FROM care_episode WHERE family_id = :family LIMIT 1",
    "baby": """
        SELECT person_id FROM people_familymember
        WHERE family_id = :family AND role = 'baby' LIMIT 1""",
    "surname": "SELECT family_name FROM people_person WHERE id = :baby",
    "adult_family": """
        SELECT n.family_id FROM people_note n JOIN people_person p ON p.id = n.about_person_id
        JOIN accounts_team t ON t.id = n.team_id AND t.slug = 'willowbrook'
        WHERE p.kind = 'adult' AND NOT n.restricted ORDER BY n.created_at LIMIT 1""",
    "adult": """
        SELECT n.about_person_id FROM people_note n JOIN people_person p ON p.id = n.about_person_id
        WHERE n.family_id = :adult_family AND p.kind = 'adult' AND NOT n.restricted LIMIT 1""",
    "unborn_family": """
        SELECT r.family_id FROM referrals_referral r
        JOIN accounts_team t ON t.id = r.team_id AND t.slug = 'willowbrook'
        JOIN people_familymember m ON m.family_id = r.family_id
        JOIN people_person p ON p.id = m.person_id AND m.role = 'baby'
        WHERE r.state = 'waiting' AND p.born_on IS NULL AND coalesce(p.loss, '') = ''
        ORDER BY p.due_on DESC LIMIT 1""",
    "unborn": """
        SELECT person_id FROM people_familymember
        WHERE family_id = :unborn_family AND role = 'baby' LIMIT 1""",
    "lost_family": """
        SELECT m.family_id FROM people_familymember m JOIN people_person p ON p.id = m.person_id
        WHERE p.loss <> '' LIMIT 1""",
    "new_referral": """
        SELECT r.id FROM referrals_referral r
        JOIN accounts_team t ON t.id = r.team_id AND t.slug = 'willowbrook'
        WHERE r.state = 'received' AND r.route <> 'self' ORDER BY r.received_on, r.id LIMIT 1""",
    "for_meeting": """
        SELECT r.id FROM referrals_referral r
        JOIN accounts_team t ON t.id = r.team_id AND t.slug = 'willowbrook'
        WHERE r.state = 'for_meeting' ORDER BY r.received_on, r.id LIMIT 1""",
    "wait": """
        SELECT r.id FROM referrals_referral r
        JOIN accounts_team t ON t.id = r.team_id AND t.slug = 'willowbrook'
        JOIN people_familymember m ON m.family_id = r.family_id AND m.role = 'baby'
        JOIN people_person p ON p.id = m.person_id
        WHERE r.state = 'waiting' AND p.born_on IS NOT NULL
        ORDER BY r.received_on, r.id LIMIT 1""",
}


def date_typed(page: Page, name: str, *, days: int) -> None:
    """Type a day, so many days from now, into its three boxes."""
    day = datetime.now(tz=UTC) + timedelta(days=days)
    for part in ("day", "month", "year"):
        page.fill(f"[name={name}-{part}]", str(getattr(day, part)))


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that comes."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state("networkidle")


def begin_referral(page: Page) -> None:
    """Choose a team: the first page asks what the family knows."""
    page.check("[name=team][value=willowbrook]")
    press(page, "Start")


def say_that_the_family_agrees(page: Page) -> None:
    """Go on to the page about the baby."""
    begin_referral(page)
    page.check("[name=family_knows][value=agrees]")
    press(page, "Continue")


def slip_of_the_year(page: Page) -> None:
    """Enter a due date that cannot be."""
    say_that_the_family_agrees(page)
    page.fill("[name=family_name]", "Fernihough")
    page.check("[name=born][value=no]")
    date_typed(page, "due_on", days=-310)
    page.select_option("[name=due_source]", "scan")
    page.check("[name=another][value=no]")
    press(page, "Continue")


def ask_for_help(page: Page) -> None:
    """A parent agrees, and is asked how it is safe to reply."""
    page.check("[name=team][value=willowbrook]")
    press(page, "Start")
    page.check("[name=agrees][value=yes]")
    press(page, "Continue")


def enter_password_again(page: Page) -> None:
    """Before the second step is changed the password is asked for again."""
    if page.locator("main [type=password]").count():
        page.fill("[type=password]", PASSWORD)
        press(page, "Confirm")


def lock_and_list(page: Page) -> None:
    """Lock the record with the names that are offered, and look at the list of locks."""
    page.fill("[name=reason]", "A cousin of the mother works in this team")
    press(page, "Lock the record")
    page.goto("/locks/")


FAMILY = "/families/{family}/"
VISITORS = (
    Shot(name="start", page="/", height=1150),
    Shot(name="start-phone", page="/", width="phone", height=1000),
    Shot(name="sign-in", page="/accounts/login/", height=700),
    Shot(
        name="refer-agreement-phone",
        page="/refer/?as=professional",
        width="phone",
        height=900,
        first=begin_referral,
    ),
    Shot(
        name="refer-error-phone",
        page="/refer/?as=professional",
        width="phone",
        height=1150,
        first=slip_of_the_year,
    ),
    Shot(
        name="ask-reply-phone",
        page="/refer/?as=parent",
        width="phone",
        height=1060,
        first=ask_for_help,
    ),
)
LEADS = tuple(
    Shot(name=name, page=page, by="Clinical lead", height=height)
    for name, page, height in (
        ("my-day-lead", "/home/", 760),
        ("board", "/referrals/", 1150),
        ("receive", "/referrals/new/", 1000),
        ("referral", "/referrals/{new_referral}/", 1000),
        ("screen", "/referrals/{new_referral}/screen/", 1300),
        ("decide", "/referrals/{for_meeting}/decide/", 1300),
        ("waiting", "/waiting/", 1100),
        ("unmet-need", "/unmet-need/", 1000),
        ("criteria", "/criteria/", 1100),
        ("consultation", "/consultations/new/", 1000),
        ("staff", "/staff/", 800),
    )
)
PRACTITIONERS = tuple(
    Shot(name=name, page=page, by="Practitioner", height=height)
    for name, page, height in (
        ("my-day-practitioner", "/home/", 1000),
        ("families", "/families/", 1000),
        ("search", "/search/?q={surname}", 800),
        ("wait", "/waiting/{wait}/", 1000),
        ("take-up", "/referrals/{wait}/take-up/", 1200),
        ("family", FAMILY, 1235),
        ("story", "/families/{family}/story/", 1000),
        ("adult", "/families/{adult_family}/people/{adult}/", 1250),
        ("show-to", "/families/{family}/show-to/{relationship}/", 800),
        ("print-for-whom", "/families/{family}/print/", 800),
        ("birth", "/families/{unborn_family}/babies/{unborn}/birth/", 1200),
        ("loss", "/families/{unborn_family}/babies/{unborn}/loss/", 1200),
        ("after-loss", "/families/{lost_family}/", 900),
        ("note", "/families/{family}/notes/add/", 1200),
        ("agreement", "/families/{family}/agreements/add/", 1100),
        ("how-to-reach", "/families/{adult_family}/people/{adult}/contact/", 1100),
        ("risks", "/families/{family}/risks/", 1100),
        ("safeguarding", "/families/{family}/babies/{baby}/safeguarding/", 1000),
        ("restricted", "/families/{family}/restricted/", 800),
        ("episode", "/episodes/{episode}/", 1000),
        ("contact", "/episodes/{episode}/contacts/add/", 1300),
        ("ending", "/episodes/{episode}/end/", 1300),
        ("my-facts", "/staff/me/", 900),
    )
)
OTHERS = (
    Shot(name="family-phone", page=FAMILY, by="Practitioner", width="phone", height=1400),
    Shot(name="family-administrator", page=FAMILY, by="Team administrator", height=900),
    Shot(name="looks", page="/who-has-looked/?q={surname}", by="Information governance"),
    Shot(name="looks-person", page="/who-has-looked/{baby}/", by="Information governance"),
    Shot(name="members", page="/organisation/members/", by="System administrator"),
    Shot(
        name="second-step",
        page="/accounts/2fa/totp/activate/",
        by="Service manager",
        first=enter_password_again,
    ),
)
PROTECTION = (
    Shot(name="emergency", page="/emergency/", by="Practitioner", height=1100),
    Shot(name="lock", page="/families/{family}/lock/", by="Clinical lead", height=1400),
    Shot(name="adoption", page="/families/{family}/babies/{baby}/adoption/", by="Clinical lead"),
    Shot(name="own-looks", page=f"/governance-looks/{MONTH}/", by="Service manager", height=900),
    Shot(
        name="locks",
        page="/families/{family}/lock/",
        by="Clinical lead",
        height=700,
        first=lock_and_list,
    ),
)
# Who has looked comes last, so that there are looks to show; a lock comes after everything.
SHOTS = (*VISITORS, *LEADS, *PRACTITIONERS, *OTHERS, *PROTECTION)


@contextmanager
def served_demo(folder: Path) -> Iterator[Demo]:
    """A demo that answers for as long as the block lasts."""
    port = free_port()
    start = "from nestling.cli import main; raise SystemExit(main())"
    words = ["demo", "--seed", "1001", "--data-dir", str(folder), "--port", str(port)]
    command = [sys.executable, "-u", "-c", start, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        signal.signal(signal.SIGTERM, stop)
        try:
            logins = logins_printed(server)
            places = places_of(folder / "nestling.sqlite3")
            yield Demo(address=f"http://127.0.0.1:{port}", logins=logins, places=places)
        finally:
            server.terminate()


def stop(*_: object) -> None:
    """Leave as on Control and C, so that no server is left behind."""
    raise KeyboardInterrupt


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def logins_printed(server: "subprocess.Popen[str]") -> dict[str, str]:
    """Email address by role, as the demo prints them once it answers."""
    logins: dict[str, str] = {}
    for line in server.stdout or ():
        if line.strip() == READY:
            return logins
        words = line.split()
        if len(words) > 2 and "@" in words[-2]:
            logins[" ".join(words[:-2])] = words[-2]
    raise RuntimeError("the demo did not start")


def places_of(database: Path) -> dict[str, str]:
    """The id of each place, as it stands in addresses."""
    found: dict[str, str] = {}
    with closing(sqlite3.connect(database)) as connection:
        for place, question in PLACES.items():
            row = connection.execute(question, found).fetchone()
            if row is None:
                raise LookupError(f"the demo has no {place}")
            found[place] = row[0]
    return {place: as_in_addresses(key) for place, key in found.items()}


def as_in_addresses(key: str) -> str:
    """An id with its dashes; any other word as it is."""
    return str(UUID(key)) if len(key) == 32 else key


def lightened(path: Path) -> int:
    """Keep a picture in the colours that it has most of, exactly as they are; its size in bytes."""
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    dots = np.asarray(picture).reshape(-1, 3)
    colours, counts = np.unique(dots, axis=0, return_counts=True)
    kept = colours[np.argsort(-counts)][:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette(kept.ravel().tolist())
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size


class Camera:
    """A browser with one signed-in window for each role and width."""

    def __init__(self, browser: Browser, demo: Demo) -> None:
        """Keep the browser and the demo that it looks at."""
        self.browser, self.demo = browser, demo
        self.windows: dict[tuple[str, str], Page] = {}

    def take(self, shot: Shot) -> int:
        """Write one picture; the answer is its size in bytes."""
        page = self.window(shot.by, shot.width)
        answer = page.goto(shot.page.format(**self.demo.places))
        if answer is None or not answer.ok:
            raise RuntimeError(f"{shot.name}: {page.url} did not answer well")
        if shot.first:
            shot.first(page)
        page.wait_for_load_state("networkidle")
        whole = int(page.evaluate("Math.ceil(document.body.getBoundingClientRect().height)"))
        clip = {"x": 0, "y": 0, "width": WIDTHS[shot.width], "height": min(whole, shot.height)}
        path = IMAGES / f"{shot.name}.png"
        page.screenshot(path=path, clip=clip, full_page=True)  # type: ignore[arg-type]
        return lightened(path)

    def window(self, role: str, width: str) -> Page:
        """The window of a role (or of a visitor without an account, always a new one)."""
        if role and (role, width) in self.windows:
            return self.windows[role, width]
        context = self.browser.new_context(
            base_url=self.demo.address,
            viewport={"width": WIDTHS[width], "height": 900},
            reduced_motion="reduce",
        )
        page = context.new_page()
        if role:
            self.windows[role, width] = page
            self.sign_in(page, role)
        return page

    def sign_in(self, page: Page, role: str) -> None:
        """Sign in, and leave the words of welcome behind."""
        page.goto("/accounts/login/")
        page.fill("[name=login]", self.demo.logins[role])
        page.fill("[name=password]", PASSWORD)
        press(page, "Sign in")
        page.wait_for_url("**/home/")


def main(names: list[str]) -> int:
    """Take every picture, or those that are named."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    heavy = []
    with (
        tempfile.TemporaryDirectory(prefix="nestling-pictures-") as folder,
        served_demo(Path(folder)) as demo,
        launch() as browser,
    ):
        camera = Camera(browser, demo)
        for shot in wanted:
            size = camera.take(shot)
            print(f"{shot.name}.png: {size // 1000} kB", flush=True)
            heavy += [shot.name] if size > LARGEST_BYTES else []
    for name in heavy:
        print(f"{name}.png is larger than {LARGEST_BYTES // 1000} kB: keep less of the page")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
