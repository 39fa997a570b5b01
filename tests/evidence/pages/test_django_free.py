"""The register, the checks and the report builder load without Django and need no database."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

ROOM = Path(str(files("nestling.evidence")))
#: What makes the room a Django app; everything else must do without.
SERVICE = {
    *("apps", "models", "services", "queries", "urls"),
    *("migrations", "forms", "presenters", "views"),
}


def free_modules() -> list[str]:
    """Every module of the room but those of the app."""
    return [
        ".".join(("nestling", "evidence", *path.relative_to(ROOM).with_suffix("").parts))
        for path in sorted(ROOM.rglob("*.py"))
        if path.relative_to(ROOM).with_suffix("").parts[0] not in SERVICE
        and path.name != "__init__.py"
    ]


def test_the_register_and_the_report_load_without_django() -> None:
    lines = [f"import {name}" for name in free_modules()]
    said = "print(sorted(m for m in sys.modules if m.split('.')[0] == 'django'))"

    answer = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-c", "\n".join(["import sys", *lines, said])],
        capture_output=True,
        text=True,
        check=True,
    )

    assert len(lines) > 20
    assert answer.stdout.strip() == "[]"
