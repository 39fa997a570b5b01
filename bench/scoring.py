"""How long a million EPDS sheets take to score as a table, beside a plain Python loop.

The loop is the least that a program could do for each sheet: turn seven items, add ten, find the
band, look at item 10. The table does all that the register asks: every answer checked, missing
items listed, bands, alerts, faults. Made-up answers.

Run: python bench/scoring.py [--quick]
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from nestling.reference.instruments import instrument
from nestling.science.scoring import score_array, score_sheet

SHEETS = 1_000_000
QUICK_SHEETS = 50_000
ONE_BY_ONE = 20_000
RUNS = 3
LIMIT_SECONDS = 2.0
MISSING = 0.01
TURNED = (2, 4, 5, 6, 7, 8, 9)


def main(words: list[str]) -> int:
    """Print one line for each way, and fail when a million sheets take too long."""
    sheets = QUICK_SHEETS if "--quick" in words else SHEETS
    key = instrument("epds").key()
    rng = np.random.default_rng(11)
    answers = rng.integers(0, 4, (sheets, 10), dtype=np.int8)
    missing = rng.random((sheets, 10)) < MISSING
    table = best_of(lambda: score_array(key, answers, missing=missing))
    listed = [
        [None if gap else int(tick) for tick, gap in zip(*row, strict=True)]
        for row in zip(answers, missing, strict=True)
    ]
    loop = best_of(lambda: [plainly(row) for row in listed])
    some = [{str(at): tick for at, tick in enumerate(row, 1)} for row in listed[:ONE_BY_ONE]]
    single = best_of(lambda: [score_sheet(key, row) for row in some]) * sheets / len(some)
    print("| way | EPDS sheets | seconds | sheets a second | of the loop's time |")
    print("|---|---|---|---|---|")
    for name, seconds in (
        ("score_array (a table at once)", table),
        ("plain Python loop", loop),
        (f"score_sheet (from {len(some):,} sheets)", single),
    ):
        ratio = f"{seconds / loop:.2f}"
        print(f"| {name} | {sheets:,} | {seconds:.2f} | {sheets / seconds:,.0f} | {ratio} |")
    return int(sheets == SHEETS and table >= LIMIT_SECONDS)


def plainly(row: list[int | None]) -> tuple[int | None, str | None, bool | None]:
    """Total, band and alert of one sheet, with nothing checked."""
    turned = [
        None if tick is None else 3 - tick if at in TURNED else tick for at, tick in enumerate(row)
    ]
    last = turned[9]
    alert = None if last is None else last >= 1
    if None in turned:
        return None, None, alert
    total = sum(tick for tick in turned if tick is not None)
    band = "probable" if total >= 13 else "possible" if total >= 10 else "below_possible"
    return total, band, alert


def best_of(work: Callable[[], Any]) -> float:
    """The least seconds of some runs."""
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
