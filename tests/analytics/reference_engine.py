"""The measures in plain Python, from their written definitions.

Slow, obvious, and not from the expressions.

Rows are dictionaries with the extract's own column names. Every function gives a counter of
(geography type, code, age).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nestling.reference.access import areas

Row = dict[str, Any]
Where = tuple[str, str]
Counts = Counter[tuple[str, str, str]]
SPOKEN = {"01", "02", "04", "11"}
SEEN = {"5", "6"}


@dataclass
class Extract:
    """The rows of each table."""

    referrals: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    others: list[Row] = field(default_factory=list)
    indirect: list[Row] = field(default_factory=list)
    practices: list[Row] = field(default_factory=list)

    def tables(self) -> dict[str, list[Row]]:
        """The rows by the tables' official names."""
        return {
            "MHS101Referral": self.referrals,
            "MHS001MPI": self.people,
            "MHS201CareContact": self.contacts,
            "MHS102OtherServiceType": self.others,
            "MHS204IndirectActivity": self.indirect,
            "MHS002GP": self.practices,
        }


class Reference:
    """Answers about one extract and one period."""

    def __init__(
        self,
        extract: Extract,
        start: date,
        end: date,
        *,
        basis: str = "residence",
        ages: Iterable[int] = (0, 1, 2),
    ) -> None:
        self.extract, self.start, self.end, self.basis, self.ages = (
            extract,
            start,
            end,
            basis,
            list(ages),
        )
        self.records = {row["RecordNumber"]: row for row in extract.people}
        self.chain = {sub: (icb, region) for sub, icb, region in areas().chain()}
        self.pairs = {(row["Person_ID"], row["UniqServReqID"]) for row in extract.referrals}
        self.referral = self.first_rows()
        self.rows_of: dict[str, list[Row]] = defaultdict(list)
        for row in extract.referrals:
            self.rows_of[row["UniqServReqID"]].append(row)

    def first_rows(self) -> dict[str, Row]:
        """One row a referral: its earliest, lowest month and then lowest id."""
        first: dict[str, Row] = {}
        for row in sorted(
            self.extract.referrals, key=lambda r: (r["UniqMonthID"], r["MHS101UniqID"])
        ):
            first.setdefault(row["UniqServReqID"], row)
        return first

    def in_england(self, record: str) -> bool:
        district = self.records.get(record, {}).get("LADistrictAuth")
        return not district or str(district).startswith("E")

    def sub_icb(self, record: str) -> str | None:
        if self.basis == "gp":
            for row in self.extract.practices:
                real = row["GMPReg"] not in ("V81997", "V81998", "V81999")
                current = row["EndDateGMPRegistration"] is None
                if row["RecordNumber"] == record and real and current:
                    return str(row["OrgIDSubICBLocGP"])
        found = self.records.get(record, {}).get("OrgIDSubICBLocResidence")
        return None if found is None else str(found)

    def places(self, record: str, provider: str | None) -> list[Where]:
        sub = self.sub_icb(record)
        icb, region = self.chain.get(sub or "", ("UNKNOWN", "UNKNOWN"))
        known = sub if sub in self.chain else "UNKNOWN"
        return [
            ("country", "England"),
            ("region", region),
            ("icb", icb),
            ("sub_icb", str(known)),
            ("provider", provider or "UNKNOWN"),
        ]

    def in_window(self, day: date) -> bool:
        return self.start <= day <= self.end

    def is_attended(self, row: Row) -> bool:
        return (
            row["AttendStatus"] in SEEN
            and row["ConsMechanismMH"] in SPOKEN
            and row["AgeCareContDate"] is not None
            and row["Person_ID"] is not None
            and (row["Person_ID"], row["UniqServReqID"]) in self.pairs
        )

    def attended(self, *, window: bool = True, england: bool = True) -> list[Row]:
        """Attended contacts, each once.

        Two rows with the same person, contact and day are one, the earliest.
        """
        rows = [
            row
            for row in self.extract.contacts
            if self.is_attended(row)
            and (not window or self.in_window(row["CareContDate"]))
            and (not england or self.in_england(row["RecordNumber"]))
        ]
        once: dict[tuple[str, str, date], Row] = {}
        for row in sorted(rows, key=lambda r: (r["UniqMonthID"], r["MHS201UniqID"])):
            once.setdefault((row["Person_ID"], row["UniqCareContID"], row["CareContDate"]), row)
        return list(once.values())

    def by_person_and_place(self, rows: Iterable[Row]) -> dict[tuple[Where, str], list[Row]]:
        found: dict[tuple[Where, str], list[Row]] = defaultdict(list)
        for row in rows:
            for where in self.places(row["RecordNumber"], row["OrgIDProv"]):
                found[where, row["Person_ID"]].append(row)
        return found

    def count(self, found: Iterable[tuple[Where, int]]) -> Counts:
        """Numbers by single age, and everyone of the ages asked for."""
        counts: Counts = Counter()
        for (kind, code), age in found:
            if age in self.ages:
                counts[kind, code, str(age)] += 1
                counts[kind, code, "all"] += 1
        return counts

    def at_first(
        self, enough: Callable[[list[Row]], bool], rows: Iterable[Row] | None = None
    ) -> Counts:
        """People at the age of their first contact in the place.

        Lowest age where the first day has several.
        """
        grouped = self.by_person_and_place(self.attended() if rows is None else rows)
        return self.count(
            (where, min((r["CareContDate"], r["AgeCareContDate"]) for r in theirs)[1])
            for (where, _person), theirs in grouped.items()
            if enough(theirs)
        )


def month_id(day: date) -> int:
    return 12 * (day.year - 1900) + day.month - 3
