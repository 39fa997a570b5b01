"""Table and one-sheet scoring agree on ten thousand random sheets of every instrument."""

import time

from nestling.reference.instruments import all_instruments
from tests.prove.table import report
from tests.science.random_sheets import disagreements, orders, random_sheets

SHEETS = 10_000
SEED = 7


def test_ten_thousand_random_sheets_of_each_instrument_score_alike() -> None:
    started = time.perf_counter()
    compared = 0
    found = []
    for measure in all_instruments():
        key = measure.key()
        ways = [(coding, order) for coding in ("raw", "scored") for order in orders(key)]
        for at, (coding, order) in enumerate(ways):
            sheets = random_sheets(key, rows=SHEETS // len(ways) + 1, seed=SEED + at)
            found += disagreements(key, sheets, coding=coding, order=order)
            compared += len(sheets)

    assert found == []
    assert compared >= SHEETS * len(all_instruments())
    report(
        subject="Scoring: a table and one sheet at a time agree",
        count=compared,
        seconds=time.perf_counter() - started,
        detail=f"{len(all_instruments())} instruments, no disagreement",
        seed=SEED,
    )
