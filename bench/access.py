"""How long access by age takes, and how much memory.

`children_ge1` and `children_ge2` by single year and ICB.

Made-up extracts of 0.5 and 5 million referrals (one row each; 1.8 and 18 million contacts) in
Parquet, ages 0 to 17. Measured, each in a
process of its own: Nestling on DuckDB; SQL written by hand for the same answer on DuckDB with the
same settings; pandas and Spark beside
them, at every size, each once; a way that does not finish says so. The answers are compared
before any time is printed. At full size Spark takes minutes. Run:
`.venv/bin/python bench/access.py [--quick]`.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
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
LONGEST_SECONDS = 3 * 60 * 60
#: The Java machine of Spark has memory of its own, which the column of memory does not hold.
SPARK_MEMORY = {"PYSPARK_SUBMIT_ARGS": "--driver-memory 4g pyspark-shell"}
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
    """The answer by pandas, with everything in memory."""
    seen = pd.read_parquet(
        folder / "MHS201CareContact.parquet", columns=CONTACT_COLUMNS, dtype_backend="pyarrow"
    )
    day = seen["CareContDate"]
    kept = seen[
        seen["AttendStatus"].isin(["5", "6"])
        & seen["ConsMechanismMH"].isin(["01", "02", "04", "11"])
        & day.between(date(2025, 1, 1), UNTIL)
        & seen["AgeCareContDate"].notna()
    ]
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
    """Run one way and print its seconds, largest memory and the fingerprint of its answer.

    The memory is the process's own: that of a Java machine is not in it.
    """
    start = time.perf_counter()
    answer = WAYS[way](folder)
    seconds = time.perf_counter() - start
    mark = hashlib.sha256(repr(sorted(answer.items())).encode()).hexdigest()
    print(
        json.dumps(
            {"seconds": seconds, "bytes": peak_bytes(), "mark": mark, "people": answer.total()}
        )
    )


def peak_bytes() -> int:
    """The largest memory of this process since it began; what it was started from is left out."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


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


def main(*, quick: bool) -> int:
    """Print the table; 1 where an answer differs or a limit is passed."""
    sizes = QUICK if quick else FULL
    faults, per_size = [], {}
    with tempfile.TemporaryDirectory(prefix="nestling-bench-") as place:
        for size in sizes:
            folder = Path(place) / str(size)
            rows = write_demo(Demo(referrals=size, monthly=False), folder, step=lambda _words: None)
            print(f"\n{size:,} referrals, {rows['MHS201CareContact']:,} contacts")
            print(f"{'way':<10}{'seconds':>9}{'memory MB':>11}{'same answer':>13}")
            best: dict[str, dict[str, float | str]] = {}
            for way in [*WAYS, "nestling", "hand"]:
                found = measured(way, folder)
                if not found:
                    print(f"{way:<10}{'did not finish':>29}")
                    faults += [f"{way} did not finish at {size:,}"] if way in NEEDED else []
                elif way not in best or float(found["seconds"]) < float(best[way]["seconds"]):
                    best[way] = found
            for way, found in best.items():
                same = found["mark"] == best["nestling"]["mark"]
                faults += [] if same else [f"{way} differs at {size:,}"]
                memory = float(found["bytes"]) / 2**20
                print(f"{way:<10}{found['seconds']:>9.2f}{memory:>11.0f}{same!s:>13}")
            per_size[size] = float(best["nestling"]["seconds"])
            ratio = per_size[size] / float(best["hand"]["seconds"])
            print(f"nestling / hand: {ratio:.2f} (allowed {RATIO_ALLOWED})")
            if size == sizes[-1]:
                faults += [f"ratio {ratio:.2f}"] if ratio > RATIO_ALLOWED else []
                faults += ["memory"] if float(best["nestling"]["bytes"]) >= BYTES_ALLOWED else []
    growth = per_size[sizes[1]] / per_size[sizes[0]]
    print(f"\ntime grows by {growth:.1f} for {sizes[1] / sizes[0]:.0f} times the referrals")
    faults += ["growth"] if growth > sizes[1] / sizes[0] else []
    print("faults: " + ("; ".join(faults) or "none"))
    return 1 if faults else 0


if __name__ == "__main__":
    if "--child" in sys.argv:
        child(sys.argv[-2], Path(sys.argv[-1]))
    else:
        sys.exit(main(quick="--quick" in sys.argv))
