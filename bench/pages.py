"""How long the pages take that are opened all day, through the real server, with the access log.

Made-up services of 1,000, 10,000 and 100,000 families on SQLite and on PostgreSQL. The server is
the one that `nestling serve` starts (gunicorn, two processes of four threads); one visitor signs
in and asks page after page over one connection, each page many times and never the same family or
search twice running. Printed for each page: milliseconds on the wall until the last byte (half of
the answers, 95 in 100, the slowest), the same 95 in 100 of the processor's time alone, of the
access log alone, and SQL statements. A fixed piece of Python is timed between the places, for a
machine that shares its processor is not always as fast.

Two teams are asked for: one of usual size, and one far larger than any that exists.

    .venv/bin/python bench/pages.py [--quick] [--data DIR] [--only sqlite] [--families 10000]

With ``--data`` what was built is kept and used again. The table goes to `docs/performance.md`
unless ``--print`` is given.
"""

import argparse
import http.client
import json
import os
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import _pages_server as pages_server

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
START, END = "<!-- pages: written by bench/pages.py -->", "<!-- pages: end -->"
SIZES, QUICK = (1_000, 10_000, 100_000), (1_000,)
DATABASES = ("sqlite", "postgresql")
PASSWORD = "made-up-people-only"  # noqa: S105 - the demo's, printed on every screen
ROLE = "nestling_pages"
SEED = 11
ASKED = 200
"""Requests for each page."""
WARM = 40
"""Requests before them: each thread of the server has a connection, with plans of its own."""
YARDSTICKS = 20
LIMITS = {"family": {0: 60, 100_000: 60}, "": {0: 40, 100_000: 60}}
LOG_LIMIT = 5
"""Milliseconds, 95 answers in 100: by page and by families from which they hold."""
TEAMS = {pages_server.NORMAL: "usual team", pages_server.BIG: "largest team"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Built data: its folder, database and number of families."""

    database: str
    families: int
    folder: Path
    url: str = ""
    owner: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to work on it."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "nestling.config.settings.demo",
            "NESTLING_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.url,
            "NESTLING_OWNER_DATABASE_URL": "",
            "PYTHONPATH": str(HERE),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A page to be timed: its name, who opens it, and the addresses asked for in turn."""

    name: str
    user: str
    addresses: list[str]
    limited: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: milliseconds on the wall, of the processor and of the log; SQL statements."""

    wall: float
    busy: float
    log: float
    statements: int


class Visitor:
    """Someone who signs in and keeps one connection open."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}

    def ask(self, address: str, form: dict[str, str] | None = None) -> tuple[Answer, bytes]:
        """One request and its whole answer."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        self._connection.request("GET" if form is None else "POST", address, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        wall = (time.perf_counter() - start) * 1000
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status >= 400 or (form is None and answer.status != 200):
            raise SystemExit(f"{address}: {answer.status} {answer.headers.get('Location', '')}")
        busy, log, statements = answer.headers["X-Spent"].split()
        noted = Answer(wall=wall, busy=float(busy), log=float(log), statements=int(statements))
        return noted, content

    def sign_in(self, email: str) -> None:
        """As everyone does: the form, with whatever it hides."""
        _, content = self.ask("/accounts/login/")
        found = re.findall(rb'<input[^>]*type="hidden"[^>]*>', content)
        form = {"login": email, "password": PASSWORD}
        for field in (one.decode() for one in found):
            name, value = (re.search(rf'{key}="([^"]*)"', field) for key in ("name", "value"))
            if name:
                form[name[1]] = unescape(value[1]) if value else ""
        self.ask("/accounts/login/", form)


def main(words: list[str]) -> int:
    """Build, ask, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="1,000 families only")
    parser.add_argument("--data", type=Path, help="keep what is built here, or use it again")
    parser.add_argument("--only", choices=DATABASES, help="one database")
    parser.add_argument("--families", type=int, help="one size")
    parser.add_argument("--asked", type=int, default=ASKED, help="requests for each page")
    parser.add_argument("--print", action="store_true", help="leave docs/performance.md alone")
    wanted = parser.parse_args(words)
    sizes = [wanted.families] if wanted.families else QUICK if wanted.quick else SIZES
    lines: list[str] = []
    yardsticks: list[float] = []
    with ExitStack() as stack:
        home = wanted.data or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home.mkdir(parents=True, exist_ok=True)
        for database in [wanted.only] if wanted.only else DATABASES:
            for families in sizes:
                with built(home.resolve(), database, families) as place:
                    yardsticks += [yardstick() for _ in range(YARDSTICKS)]
                    lines += measured(place, asked=wanted.asked)
                    yardsticks += [yardstick() for _ in range(YARDSTICKS)]
    print(told_of(yardsticks))
    if not wanted.print:
        write(lines, asked=wanted.asked, yardsticks=yardsticks)
    return 0


def yardstick() -> float:
    """Milliseconds for a fixed piece of Python: how fast this machine and its Python are now."""
    start = time.perf_counter()
    made = [Answer(wall=float(one), busy=0.0, log=0.0, statements=one) for one in range(20_000)]
    json.dumps([str(one.statements) for one in made])
    return (time.perf_counter() - start) * 1000


def told_of(yardsticks: list[float]) -> str:
    """The machine's speed during the run, in words."""
    low, middle, high = (at(yardsticks, share) for share in (0.0, 0.5, 0.95))
    took = f"{low:.0f} ms at best, {middle:.0f} mostly, {high:.0f} at p95"
    return f"A fixed piece of Python took {took}."


# Data


@contextmanager
def built(home: Path, database: str, families: int) -> Iterator[Place]:
    """A made-up service, built unless it is there already."""
    folder = home / f"{database}-{families}"
    with ExitStack() as stack:
        url = stack.enter_context(postgresql(home, families)) if database == "postgresql" else ""
        place = Place(database=database, families=families, folder=folder, url=url)
        if not (folder / "built").exists():
            build(place)
        run(place, "-m", "django", "migrate", "--verbosity", "0")
        if database == "postgresql":
            place = walled(place)
        yield place


def build(place: Place) -> None:
    """Make the families up and say how long it took."""
    shutil.rmtree(place.folder, ignore_errors=True)
    start = time.perf_counter()
    nestling = str(Path(sys.executable).parent / "nestling")
    run(place, nestling, "demo", "--families", str(place.families), "--no-serve", *to(place))
    seconds = time.perf_counter() - start
    (place.folder / "built").write_text(f"{seconds:.0f}\n", encoding="ascii")


def to(place: Place) -> list[str]:
    """The option that names the folder."""
    return ["--data-dir", str(place.folder)]


def walled(place: Place) -> Place:
    """The same data as the service sees it: in a role that row-level security holds."""
    owner = place.url
    run(place, "-c", MAKE_ROLE)
    run(place, "-m", "django", "row_security", "--role", ROLE)
    # What the server would do by itself in the next minutes, in the middle of the measuring.
    run(place, "-c", TIDY)
    return replace(place, url=owner.replace("//nestling@", f"//{ROLE}@"), owner=owner)


TIDY = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("VACUUM (ANALYZE)")
"""
MAKE_ROLE = f"""
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", ["{ROLE}"])
    if cursor.fetchone() is None:
        cursor.execute("CREATE ROLE {ROLE} LOGIN")
"""  # noqa: S608 - our own name


def run(place: Place, *words: str) -> str:
    """What one of our own programs printed."""
    command = [sys.executable, *words]
    done = subprocess.run(
        command, env=place.environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


@contextmanager
def postgresql(home: Path, families: int) -> Iterator[str]:
    """A PostgreSQL of our own with a database for so many families; its address."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    folder, port = home / "postgresql", free_port()
    if not folder.exists():
        folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        control(programs, "initdb", "-D", f"{folder}/data", "-U", "nestling", "--auth", "trust")
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c shared_buffers=1GB -c max_wal_size=8GB"
    files = ("pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w")
    control(programs, *files, "-o", options, "start")
    try:
        server = f"postgres://nestling@127.0.0.1:{port}"
        psql = [str(programs / "psql"), f"{server}/postgres", "-Atqc"]
        name = f"pages_{families}"
        known = subprocess.check_output([*psql, "SELECT datname FROM pg_database"], text=True)
        if name not in known.split():
            subprocess.run([*psql, f"CREATE DATABASE {name}"], check=True)
        yield f"{server}/{name}"
    finally:
        control(programs, *files, "-m", "fast", "stop")


def control(programs: Path, program: str, *words: str) -> None:
    """Run one of PostgreSQL's programs, as someone whom it accepts."""
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*user, str(programs / program), *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def free_port() -> int:
    """A port that nothing listens on."""
    import socket  # noqa: PLC0415

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# Asking


@contextmanager
def serving(place: Place) -> Iterator[int]:
    """The service's server on a free port."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "_pages_server:timed()"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"),
        *("--log-level", "warning", "--keep-alive", "30"),
    ]
    with subprocess.Popen(command, env=place.environment) as server:
        try:
            for _ in range(150):
                try:
                    Visitor(port).ask("/health/")
                    break
                except OSError:
                    time.sleep(0.2)
            yield port
        finally:
            server.terminate()


def measured(place: Place, *, asked: int) -> list[str]:
    """The table's rows for one place, printed as they come."""
    # What there is to ask for is read as the owner, whom no wall holds.
    whole = replace(place, url=place.owner or place.url)
    known = json.loads(run(whole, str(HERE / "_pages_server.py"), str(SEED), str(asked)))
    seconds = (place.folder / "built").read_text(encoding="ascii").strip()
    print(f"\n{place.database}, {known['families']:,} families, built in {seconds} s")
    lines = []
    with serving(place) as port:
        for slug, words in TEAMS.items():
            team = known["teams"][slug]
            for task in tasks(team):
                answers = times(port, task, asked=asked)
                lines.append(row(place, f"{words} ({team['size']:,})", task, answers))
                print(lines[-1])
    return lines


def tasks(team: dict) -> Iterator[Task]:  # type: ignore[type-arg]
    """The pages, each with its addresses."""
    users = team["users"]
    lead, worker = users["clinical_lead"], users["practitioner"]
    last = max(-(-team["waiting"] // 50), 1)
    orders = ("share", "days", "limit", "received")
    searches = [f"/search/?{urllib.parse.urlencode({'q': words})}" for words in team["searches"]]
    random.Random(SEED).shuffle(searches)
    yield Task(name="worklist, practitioner", user=worker, addresses=["/home/"])
    yield Task(name="worklist, lead", user=lead, addresses=["/home/"])
    first_pages = [f"/waiting/?order={order}" for order in orders]
    yield Task(name="waiting list, first page", user=lead, addresses=first_pages)
    last_pages = [f"{address}&page={last}" for address in first_pages]
    yield Task(name="waiting list, last page", user=lead, addresses=last_pages)
    yield Task(name="search", user=worker, addresses=searches)
    families = [f"/families/{pk}/" for pk in team["families"]]
    yield Task(name="family page", user=lead, addresses=families)
    shows = [f"/families/?show={show}" for show in ("open", "all")]
    yield Task(name="families", user=lead, addresses=shows, limited=False)
    yield Task(name="referral board", user=lead, addresses=["/referrals/"], limited=False)


def times(port: int, task: Task, *, asked: int) -> list[Answer]:
    """So many answers, after a few that warm the server up."""
    visitor = Visitor(port)
    visitor.sign_in(task.user)
    for number in range(WARM):
        visitor.ask(task.addresses[-1 - number % len(task.addresses)])
    return [visitor.ask(task.addresses[number % len(task.addresses)])[0] for number in range(asked)]


# Telling


def row(place: Place, team: str, task: Task, answers: list[Answer]) -> str:
    """One line of the table; what is over its limit is marked."""
    walls = sorted(answer.wall for answer in answers)
    logs, busy = ([getattr(one, name) for one in answers] for name in ("log", "busy"))
    limit = limit_of(task, place.families) if task.limited else None
    p95 = at(walls, 0.95)
    return " | ".join(
        [
            f"| {place.database} | {place.families:,} | {team} | {task.name}",
            f"{at(walls, 0.5):.0f}",
            f"{p95:.0f}" + (" (over)" if limit is not None and p95 > limit else ""),
            f"{walls[-1]:.0f}",
            "" if limit is None else f"{limit}",
            f"{at(busy, 0.95):.0f}",
            f"{at(logs, 0.95):.1f}" + (" (over)" if at(logs, 0.95) > LOG_LIMIT else ""),
            f"{max(answer.statements for answer in answers)} |",
        ]
    )


def limit_of(task: Task, families: int) -> int:
    """The milliseconds that 95 answers in 100 may take."""
    limits = next(found for name, found in LIMITS.items() if task.name.startswith(name))
    return limits[max(size for size in limits if size <= families)]


def at(values: list[float], share: float) -> float:
    """The value below which a share of them lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def write(lines: list[str], *, asked: int, yardsticks: list[float]) -> None:
    """Put the table between its marks."""
    names = (
        *("database", "families", "team", "page", "p50", "p95", "slowest", "limit of p95"),
        *("processor p95", "log p95", "statements"),
    )
    day = datetime.now(tz=UTC).date().isoformat()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    head = f"Milliseconds; {day}, seed {SEED}, {machine}, {asked} requests for each page."
    head += f" {told_of(yardsticks)}"
    table = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}", *lines]
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    PAGE.write_text(
        "\n".join([f"{before}{START}\n", head, "", *table, "", f"{END}{after}"]), encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
