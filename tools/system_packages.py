"""Install what the tests need from the system, where that can be done: Chromium, PostgreSQL, Java.

`python tools/system_packages.py` installs what is missing on a Debian machine for its
administrator. Elsewhere it says what is missing; the tests that need it then say that they were
skipped.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path


def on_path(*names: str) -> bool:
    """Whether one of these programs can be run."""
    return any(shutil.which(name) for name in names)


def has_postgres() -> bool:
    """Whether a PostgreSQL server is installed."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or on_path("initdb")


WANTED: dict[str, Callable[[], bool]] = {
    "chromium": lambda: on_path("chromium", "chromium-browser", "google-chrome"),
    "postgresql": has_postgres,
    "openjdk-17-jre-headless": lambda: on_path("java"),
    "poppler-utils": lambda: on_path("pdftoppm"),
}
APT = ["apt-get", "-qq"]


def main() -> int:
    """Install what is missing, or say what is."""
    missing = [package for package, is_there in WANTED.items() if not is_there()]
    if not missing:
        return 0
    if not on_path("apt-get") or os.geteuid() != 0:
        print(f"Not installed: {', '.join(missing)}. The tests that need them will be skipped.")
        return 0
    print(f"Installing {', '.join(missing)}…", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*APT, "install", "-y", "--no-install-recommends", *missing]
    for command in ([*APT, "update"], install):
        done = subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            print(f"Could not install {', '.join(missing)}: those tests will be skipped.")
            return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
