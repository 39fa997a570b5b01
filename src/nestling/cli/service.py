"""Commands that keep a service: demo, web server, first administrator, daily round."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer
from rich.console import Console

from nestling.cli.base import BadInputError, app

DataDir = Annotated[
    Path, typer.Option("--data-dir", help="Folder of the database (nestling.sqlite3) and its keys.")
]
DEMO_SETTINGS = "nestling.config.settings.demo"
SERVICE_SETTINGS = "nestling.config.settings.service"
console = Console(stderr=True)


@app.command(
    epilog="Example: nestling demo --families 60 --seed 7 --data-dir demo-data --port 8000"
)
def demo(
    *,
    families: Annotated[int, typer.Option(min=1, help="How many families to make up.")] = 60,
    seed: Annotated[int, typer.Option(help="The same seed makes the same people.")] = 1001,
    data_dir: DataDir = Path("demo-data"),
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Make the data, then stop.")] = False,
    as_at: Annotated[str, typer.Option(help="The day that counts as today, YYYY-MM-DD.")] = "",
) -> None:
    """Make a wholly fictional service and serve it on this machine."""
    day = parse_day(as_at)
    if not no_serve:
        refuse_taken_port(port)
    start_django(DEMO_SETTINGS, data_dir)
    from nestling.demo.build import DemoSettings, build_demo, logins  # noqa: PLC0415 - needs Django

    wanted = DemoSettings(families=families, seed=seed, as_at=day)
    with console.status("Making up families…") as status:
        made = build_demo(wanted, on_progress=status.update)
    typer.echo(made.words)
    if not no_serve:
        serve_until_stopped(DEMO_SETTINGS, data_dir, port=port, ready=demo_words(port, logins()))


@app.command(epilog="Example: nestling serve --data-dir /srv/nestling --port 8000 --workers 2")
def serve(
    *,
    data_dir: DataDir = Path("var"),
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64)] = 2,
) -> None:
    """Bring the database up to date and serve a real team."""
    refuse_taken_port(port)
    start_django(SERVICE_SETTINGS, data_dir)
    words = f"Nestling answers at http://127.0.0.1:{port}"
    serve_until_stopped(SERVICE_SETTINGS, data_dir, port=port, ready=words, workers=workers)


@app.command(
    epilog="Example: nestling first-administrator ann@example.org --organisation 'A Trust'"
)
def first_administrator(
    email: Annotated[str, typer.Argument(help="The administrator's email address.")],
    *,
    organisation: Annotated[str, typer.Option(help="Name of the organisation.")],
    nation: Annotated[str, typer.Option(help="england, scotland, wales, northern_ireland")],
    data_dir: DataDir = Path("var"),
) -> None:
    """Make the organisation and the account from which all others are made."""
    start_django(SERVICE_SETTINGS, data_dir)
    from nestling.accounts.setup import SetupError, make_first_administrator  # noqa: PLC0415

    try:
        password = make_first_administrator(email, organisation=organisation, nation=nation)
    except SetupError as error:
        raise BadInputError(str(error)) from error
    typer.echo(f"{email} signs in with {password} and must change it.")


@app.command(epilog="Example: nestling daily --data-dir /srv/nestling")
def daily(*, data_dir: DataDir = Path("var")) -> None:
    """The day's round: tasks that fall due, drafts that expire, messages that wait."""
    start_django(SERVICE_SETTINGS, data_dir)
    from nestling.desk.daily import run_daily_round  # noqa: PLC0415 - needs Django
    from nestling.foundation.clock import today  # noqa: PLC0415

    for line in run_daily_round(on=today()):
        typer.echo(line)


def parse_day(words: str) -> date | None:
    """The day that a user typed, or nothing when none was."""
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as error:
        raise BadInputError(f"--as-at: {words} is not a date such as 2026-03-10") from error


def start_django(settings: str, data_dir: Path) -> None:
    """Set Django up on a folder and bring the database up to date."""
    if data_dir.exists() and not data_dir.is_dir():
        raise BadInputError(f"--data-dir: {data_dir} is a file, not a folder")
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    os.environ["NESTLING_DATA_DIR"] = str(data_dir.resolve())
    import django  # noqa: PLC0415 - settings must be named first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    with console.status("Preparing the database…"):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        wall_up()


def wall_up() -> None:
    """On PostgreSQL renew the wall between organisations, and say so if nothing is behind it."""
    from nestling.foundation import row_security  # noqa: PLC0415 - needs Django
    from nestling.foundation.row_security import policies, roles  # noqa: PLC0415

    if not row_security.is_walled():
        return
    owner = os.environ.get("NESTLING_OWNER_DATABASE_URL", "")
    role = urlsplit(os.environ.get("DATABASE_URL", "")).username or ""
    policies.put_in_place()
    try:
        if owner:
            roles.grant_to(unquote(role))
    except roles.RoleError as error:
        raise BadInputError(f"DATABASE_URL: {error}") from error
    if not owner:
        console.print("Row-level security holds nobody: name an owner of the tables (handbook).")


def refuse_taken_port(port: int) -> None:
    """Say at once that a port is in use, before minutes of work."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise BadInputError(f"port {port} is in use: choose another with --port")


def serve_until_stopped(
    settings: str, data_dir: Path, *, port: int, ready: str, workers: int = 2
) -> None:
    """Run the web server, say when it answers, and wait until it is stopped."""
    command = [
        *(sys.executable, "-m", "gunicorn", "nestling.config.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", "4"),
        *("--log-level", "warning"),
    ]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "NESTLING_DATA_DIR": str(data_dir.resolve()),
    }
    signal.signal(signal.SIGTERM, stop_as_by_hand)
    with subprocess.Popen(command, env=environment) as server:  # noqa: S603 - our own server
        try:
            wait_until_it_answers(port, server)
            typer.echo(ready)
            server.wait()
        except KeyboardInterrupt:
            typer.echo("Stopped.")
        finally:
            server.terminate()


def stop_as_by_hand(*_: object) -> None:
    """Stop on a signal from the system as on Control and C, so that no server is left behind."""
    raise KeyboardInterrupt


def wait_until_it_answers(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Return when the health page answers.

    Raises:
        BadInputError: the server stopped, or did not answer for half a minute.
    """
    for _ in range(150):
        if server.poll() is not None:
            raise BadInputError("the web server stopped: see the lines above")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise BadInputError("the web server does not answer")


def demo_words(port: int, logins: list[tuple[str, str, str]]) -> str:
    """The address and one login for each role, as lines to print."""
    lines = [
        f"Nestling answers at http://127.0.0.1:{port}",
        "Everyone in it is made up. Sign in as:",
    ]
    width = max(len(role) for role, _, _ in logins)
    lines += [f"  {role:<{width}}  {email}  {password}" for role, email, password in logins]
    return "\n".join([*lines, "Stop with Control and C."])
