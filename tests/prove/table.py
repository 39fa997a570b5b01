"""Writes what a large count showed into `docs/performance.md`, with date, seed and machine."""

import os
import platform
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "performance.md"
START = "<!-- prove: one row for each subject -->"
NAMES = ("what was proved", "count", "seconds", "found", "seed", "date", "machine")
HEAD = f"| {' | '.join(NAMES)} |\n|{'---|' * len(NAMES)}"


def report(*, subject: str, count: int, seconds: float, detail: str, seed: int = 0) -> None:
    """Put one row into the page's table, in place of an earlier row of the same subject."""
    today = datetime.now(tz=UTC).date().isoformat()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    row = f"| {subject} | {count:,} | {seconds:.1f} | {detail} | {seed} | {today} | {machine} |"
    with PAGE.open("r+", encoding="utf-8") as page:
        # Two workers may end at once: one waits until the other's row is written.
        flock(page, LOCK_EX)
        before, _, table = page.read().partition(START)
        kept = [line for line in table.splitlines() if line.startswith("| ") and line not in HEAD]
        rows = sorted([*(line for line in kept if not line.startswith(f"| {subject} |")), row])
        page.seek(0)
        page.write("\n".join([f"{before}{START}\n", HEAD, *rows, ""]))
        page.truncate()
