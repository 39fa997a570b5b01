"""How long access by age takes, and how much memory.

`children_ge1` and `children_ge2` by single year and ICB.

Made-up extracts of 0.5 and 5 million referrals (one row each; 1.8 and 18 million contacts) in
Parquet, ages 0 to 17. Measured, each way in a process of its own: Nestling on DuckDB; SQL written
by hand for the same answer on DuckDB with the same settings; pandas and Spark beside them, at every
size, each once. A way that does not finish in its time says so. The memory is the largest of the
process, and for Spark of its Java machine too. The answers are compared before any time is printed.

    .venv/bin/python bench/access.py [--quick] [--print]

The table goes to `docs/performance.md` unless `--print` is given; `--quick`, with 20,000 and
200,000 referrals, only prints. The whole takes up to half an hour of a quiet machine with two cores
and needs some 16 GB of memory and 10 GB of disk.
"""

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from nestling.analytics.access import run
from nestling.analytics.access.ages import parse_ages
from nestling.analytics.access.periods import period_until
from nestling.analytics.access.scope import Scope
from nestling.analytics.engines import engine_named
from nestling.analytics.engines.duckdb import DuckDBEngine
from nestling.analytics.extract import find_sources
from nestling.analytics.synthetic import Demo, write_demo
from nestling.reference.access import areas

AGES = "0-17"
UNTIL = date(2025, 12, 31)
FULL, QUICK = (500_000, 5_000_000), (20_000, 200_000)
RATIO_ALLOWED = 1.25
BYTES_ALLOWED = 4 * 2**30
LONGEST_SECONDS = 15 * 60
SPARK_MEMORY = {"PYSPARK_SUBMIT_ARGS": "--driver-memory 8g pyspark-shell"}
PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
START, END = "<!-- access: written by bench/access.py -->", "<!-- access: end -->"
TITLES = {
    "nestling": "Nestling on DuckDB",
    "hand": "SQL by hand on DuckDB",
    "pandas": "pandas",
    "spark": "Nestling on Spark, local",
}
CONTACT_COLUMNS = [
    *("Person_ID", "UniqServReqID", "UniqCareContID", "RecordNumber", "UniqMonthID"),
    *("MHS201UniqID", "CareContDate", "AgeCareContDate", "AttendStatus", "ConsMechanismMH"),
]
HAND = """
WITH attended AS (
  SELECT c.Person_ID AS person, c.UniqCareContID AS contact, c.CareContDate AS day,
         c.AgeCareContDate AS age, c.UniqMonthID AS month, c.MHS201UniqID AS uid,
         m.OrgIDSubICBLocResidence AS sub_icb
  FROM '{folder}/MHS201CareContact.parquet' c
  LEFT JOIN '{folder}/MHS001MPI.parquet' m USING (RecordNumber)
  WHERE c.AttendStatus IN ('5', '6') AND c.ConsMechanismMH IN ('01', '02', '04', '11')
    AND c.CareContDate BETWEEN DATE '2025-01-01' AND DATE '2025-12-31' AND c.AgeCareContDate IS NOT
    NULL
    AND (m.LADistrictAuth IS NULL OR m.LADistrictAuth = '' OR m.LADistrictAuth LIKE 'E%')
    AND EXISTS (SELECT 1 FROM '{folder}/MHS101Referral.parquet' r
                WHERE r.Person_ID = c.Person_ID AND r.UniqServReqID = c.UniqServReqID)
), once AS (
  SELECT person, contact, day, arg_min({{'age': age, 'sub_icb': sub_icb}}, {{'m': month, 'u':
  uid}}) AS v
  FROM attended GROUP BY ALL
), placed AS (
  SELECT person, coalesce(icb, 'UNKNOWN') AS icb, (day - DATE '1900-01-01') * 10000 + v.age AS first
  FROM once LEFT JOIN nestling_areas a ON a.sub_icb = v.sub_icb
), by_icb AS (
  SELECT person, icb, min(first) % 10000 AS age, count(*) AS n FROM placed GROUP BY ALL
), england AS (
  SELECT person, 'England' AS icb, min(first) % 10000 AS age, count(*) AS n FROM placed GROUP BY ALL
)
SELECT icb, age, count(*) AS ge1, count(*) FILTER (n >= 2) AS ge2
FROM (SELECT * FROM by_icb UNION ALL SELECT * FROM england) WHERE age BETWEEN 0 AND 17 GROUP BY ALL
"""


def nestling(folder: Path, engine_name: str = "duckdb") -> Counter[tuple[str, str, int]]:
    """The answer by Nestling's own rules."""
    engine = engine_named(engine_name)
    sources = find_sources(folder)
    for name in run.ALWAYS:
        engine.open_table(sources[name])
    run.put_reference(engine)
    scope = Scope(
        period=period_until(UNTIL, months=12),
        ages=parse_ages(AGES),
        geographies=("country", "icb"),
    )
    found = run.count(engine, ["children_ge1", "children_ge2"], scope)
    engine.close()
    return Counter(
        {
            (name, place.code, group.lowest): number
            for name, numbers in found.items()
            for (place, group), number in numbers.items()
            if group.is_single and number
        }
    )


def by_hand(folder: Path) -> Counter[tuple[str, str, int]]:
    """The answer by SQL written by hand, on DuckDB with the same memory."""
    engine = DuckDBEngine()
    run.put_reference(engine)
    rows = engine.sql(HAND.format(folder=folder))
    engine.close()
    found: Counter[tuple[str, str, int]] = Counter()
    for icb, age, first, second in rows:
        found["children_ge1", icb, age] = first
        found["children_ge2", icb, age] = second
    return +found


def by_pandas(folder: Path) -> Counter[tuple[str, str, int]]:
    """The answer by pandas: the rows that may count are chosen as the files are read."""
    kept = pd.read_parquet(
        folder / "MHS201CareContact.parquet",
        columns=CONTACT_COLUMNS,
        filters=[
            ("AttendStatus", "in", ["5", "6"]),
            ("ConsMechanismMH", "in", ["01", "02", "04", "11"]),
            ("CareContDate", ">=", date(2025, 1, 1)),
            ("CareContDate", "<=", UNTIL),
        ],
        dtype_backend="pyarrow",
    ).drop(columns=["AttendStatus", "ConsMechanismMH"])
    kept = kept[kept["AgeCareContDate"].notna()]
    pairs = pd.read_parquet(
        folder / "MHS101Referral.parquet",
        columns=["Person_ID", "UniqServReqID"],
        dtype_backend="pyarrow",
    ).drop_duplicates()
    kept = kept.merge(pairs, on=["Person_ID", "UniqServReqID"])
    people = pd.read_parquet(
        folder / "MHS001MPI.parquet",
        columns=["RecordNumber", "LADistrictAuth", "OrgIDSubICBLocResidence"],
        dtype_backend="pyarrow",
    )
    kept = kept.merge(people, on="RecordNumber", how="left")
    district = kept["LADistrictAuth"].fillna("")
    kept = kept[(district == "") | district.str.startswith("E")]
    kept = kept.sort_values(["UniqMonthID", "MHS201UniqID"])
    kept = kept.drop_duplicates(["Person_ID", "UniqCareContID", "CareContDate"])
    chain = {sub: icb for sub, icb, _region in areas().chain()}
    kept["icb"] = kept["OrgIDSubICBLocResidence"].map(chain).fillna("UNKNOWN")
    kept = kept.sort_values(["CareContDate", "AgeCareContDate"])
    found: Counter[tuple[str, str, int]] = Counter()
    for keys in (["Person_ID", "icb"], ["Person_ID"]):
        grouped = kept.groupby(keys)["AgeCareContDate"].agg(["first", "size"]).reset_index()
        grouped = grouped.assign(icb=grouped.get("icb", "England"))
        for icb, age, size in zip(grouped["icb"], grouped["first"], grouped["size"], strict=True):
            if 0 <= age <= 17:
                found["children_ge1", icb, int(age)] += 1
                found["children_ge2", icb, int(age)] += size >= 2
    return +found


def by_spark(folder: Path) -> Counter[tuple[str, str, int]]:
    """The answer by Nestling's own rules on a local Spark."""
    return nestling(folder, "spark")


WAYS: dict[str, Callable[[Path], Counter[tuple[str, str, int]]]] = {
    "nestling": nestling,
    "hand": by_hand,
    "pandas": by_pandas,
    "spark": by_spark,
}


#: Without these there is nothing to compare; the others are measured beside them.
NEEDED = ("nestling", "hand")


def child(way: str, folder: Path) -> None:
    """Run one way and print its seconds, largest memory and the fingerprint of its answer."""
    start = time.perf_counter()
    answer = WAYS[way](folder)
    seconds = time.perf_counter() - start
    mark = hashlib.sha256(repr(sorted(answer.items())).encode()).hexdigest()
    size = sum(peak_bytes(pid) for pid in ("self", *below(os.getpid())))
    print(json.dumps({"seconds": seconds, "bytes": size, "mark": mark, "people": answer.total()}))


def peak_bytes(pid: str) -> int:
    """The largest memory of a process since it began; what it was started from is left out."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0")
    return int(line.split()[1]) * 1024


def below(pid: int) -> Iterator[str]:
    """The processes that a process started and that still run, such as Spark's Java machine."""
    for place in Path(f"/proc/{pid}/task").glob("*/children"):
        for found in place.read_text(encoding="ascii").split():
            yield found
            yield from below(int(found))


def measured(way: str, folder: Path) -> dict[str, float | str]:
    """One way in a process of its own; nothing where it did not finish."""
    command = [sys.executable, __file__, "--child", way, str(folder)]
    try:
        done = subprocess.run(
            command,
            check=True,
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            env={**os.environ, **(SPARK_MEMORY if way == "spark" else {})},
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return {}
    found: dict[str, float | str] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def at_size(folder: Path, size: int) -> tuple[dict[str, dict[str, float | str]], str, list[str]]:
    """Every way at one size, the better of two for what is compared; a row; what is wrong."""
    rows = write_demo(Demo(referrals=size, monthly=False), folder, step=lambda _words: None)
    contacts = rows["MHS201CareContact"]
    print(f"\n{size:,} referrals, {contacts:,} contacts")
    print(f"{'way':<10}{'seconds':>9}{'memory MB':>11}{'same answer':>13}", flush=True)
    best: dict[str, dict[str, float | str]] = {}
    faults = []
    for way in [*WAYS, *NEEDED]:
        found = measured(way, folder)
        if not found:
            print(f"{way:<10}{'did not finish':>29}", flush=True)
            faults += [f"{way} did not finish at {size:,}"] if way in NEEDED else []
        elif way not in best or float(found["seconds"]) < float(best[way]["seconds"]):
            best[way] = found
    for way, found in best.items():
        same = found["mark"] == best["nestling"]["mark"]
        faults += [] if same else [f"{way} differs at {size:,}"]
        memory = float(found["bytes"]) / 2**20
        print(f"{way:<10}{found['seconds']:>9.2f}{memory:>11.0f}{same!s:>13}", flush=True)
    told = [said(best.get(way)) for way in TITLES]
    told.insert(2, f"{ratio_of(best):.2f}")
    return best, f"| {size:,} | {contacts:,} | {' | '.join(told)} |", faults


def said(found: dict[str, float | str] | None) -> str:
    """A cell of the table: seconds and gigabytes."""
    if found is None:
        return "did not finish"
    return f"{float(found['seconds']):.1f} s, {float(found['bytes']) / 2**30:.1f} GB"


def ratio_of(best: dict[str, dict[str, float | str]]) -> float:
    """The seconds of Nestling for each second by hand."""
    return float(best["nestling"]["seconds"]) / float(best["hand"]["seconds"])


def main(words: list[str]) -> int:
    """Measure, print, write; 1 where an answer differs or a limit is passed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="small extracts; nothing is written")
    parser.add_argument("--print", action="store_true", help="leave docs/performance.md alone")
    wanted = parser.parse_args(words)
    sizes = QUICK if wanted.quick else FULL
    faults, lines, found = [], [], {}
    for size in sizes:
        # One size at a time, so that the disk never holds both.
        with tempfile.TemporaryDirectory(prefix="nestling-bench-") as place:
            found[size], line, wrong = at_size(Path(place), size)
        lines.append(line)
        faults += wrong
    ratio, largest = ratio_of(found[sizes[-1]]), found[sizes[-1]]["nestling"]
    growth = float(largest["seconds"]) / float(found[sizes[0]]["nestling"]["seconds"])
    print(f"\nnestling / hand: {ratio:.2f} (allowed {RATIO_ALLOWED})")
    grown = f"time grows by {growth:.1f} for {sizes[1] / sizes[0]:.0f} times the referrals"
    print(grown)
    faults += [f"ratio {ratio:.2f}"] if ratio > RATIO_ALLOWED else []
    faults += ["memory"] if float(largest["bytes"]) >= BYTES_ALLOWED else []
    faults += ["growth"] if growth > sizes[1] / sizes[0] else []
    print("faults: " + ("; ".join(faults) or "none"))
    if not (wanted.print or wanted.quick):
        write(lines, after=f"Of Nestling on DuckDB {grown}.")
    return 1 if faults else 0


def write(lines: list[str], *, after: str) -> None:
    """Put the table between its marks."""
    titles = [*TITLES.values()]
    titles.insert(2, "ratio")
    names = ("referrals", "contacts", *titles)
    day = datetime.now(tz=UTC).date().isoformat()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    head = f"Seconds, and the largest memory; {day}, {machine}."
    table = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}", *lines]
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, below_it = rest.partition(END)
    text = "\n".join([f"{before}{START}\n", head, "", *table, "", after, "", f"{END}{below_it}"])
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if "--child" in sys.argv:
        child(sys.argv[-2], Path(sys.argv[-1]))
    else:
        sys.exit(main(sys.argv[1:]))
