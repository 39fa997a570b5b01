"""Reads a worked example.

Small text tables of referrals and contacts, and the numbers that follow in England.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.analytics.cases import END, START
from tests.analytics.reference_answers import MEASURES, answer
from tests.analytics.reference_engine import Counts, Extract, Reference, Row, month_id

IDS = {
    "Person_ID",
    "RecordNumber",
    "UniqServReqID",
    "UniqCareContID",
    "UniqCareProfTeamLocalID",
    "MHS101UniqID",
    "MHS201UniqID",
}
FOLDER = Path(__file__).parent / "access"


@dataclass(frozen=True, kw_only=True)
class Example:
    """One worked example."""

    name: str
    extract: Extract
    expected: dict[str, Counts]


def examples() -> Iterator[Example]:
    """Every worked example, in order."""
    for path in sorted(FOLDER.glob("*.txt")):
        tables = tables_of(path.read_text(encoding="utf-8"))
        yield Example(
            name=path.stem, extract=extract_of(tables), expected=expected_of(tables["expected"])
        )


def together(found: Iterable[Example]) -> Example:
    """Every example in one extract, each with people, referrals and teams of its own.

    Where an example does not speak of a measure its numbers are those of the plain reference.
    """
    whole, expected = Extract(), dict[str, Counts]()
    for example in found:
        for name, rows in vars(whole).items():
            rows.extend(renamed(row, example.name) for row in getattr(example.extract, name))
        reference = Reference(example.extract, START, END)
        for measure in MEASURES:
            counts = Counter(
                {k: n for k, n in answer(reference, measure).items() if k[0] == "country"}
            )
            expected[measure] = expected.get(measure, Counter()) + example.expected.get(
                measure, counts
            )
    return Example(name="together", extract=whole, expected=expected)


def renamed(row: Row, prefix: str) -> Row:
    """A row with ids of one example's own."""
    return {
        key: f"{prefix} {value}" if key in IDS and value else value for key, value in row.items()
    }


def tables_of(text: str) -> dict[str, list[dict[str, str]]]:
    """The tables of a text, each under the word above it."""
    found = {}
    for block in text.partition("\n")[2].strip().split("\n\n"):
        name, head, _rule, *lines = block.splitlines()
        columns = [cell.strip() for cell in head.split("|")]
        found[name.strip()] = [
            dict(zip(columns, (cell.strip() for cell in line.split("|")), strict=True))
            for line in lines
        ]
    return found


def day(words: str) -> date | None:
    """A day, or none."""
    return date.fromisoformat(words) if words else None


def extract_of(tables: dict[str, list[dict[str, str]]]) -> Extract:
    """The rows of an extract, with what the example does not say left plain."""
    extract = Extract()
    for number, row in enumerate(tables["referrals"]):
        received = date.fromisoformat(row["received"])
        add_record(extract, row["person"], int(row["age"]), received)
        extract.referrals.append(
            {
                "MHS101UniqID": f"{number:04d}",
                "RecordNumber": f"{row['person']}{month_id(received)}",
                "UniqMonthID": month_id(received),
                "OrgIDProv": "X01",
                "Person_ID": row["person"],
                "ServiceRequestID": row["referral"],
                "UniqServReqID": row["referral"],
                "ReferralRequestReceivedDate": received,
                "AgeServReferRecDate": int(row["age"]),
                "ReferRejectionDate": day(row.get("rejected", "")),
                "ServDischDate": day(row.get("left", "")),
                "ServTeamType": "A06",
                "ServTeamIntAgeGroup": row.get("team_ages", "02"),
                "UniqCareProfTeamLocalID": row.get("team", "T0"),
            }
        )
    records = {row["Person_ID"]: row["RecordNumber"] for row in reversed(extract.referrals)}
    for number, row in enumerate(tables["contacts"]):
        on = date.fromisoformat(row["on"])
        extract.contacts.append(
            {
                "MHS201UniqID": f"{number:04d}",
                "RecordNumber": records[row["person"]],
                "UniqMonthID": month_id(on),
                "OrgIDProv": "X01",
                "Person_ID": row["person"],
                "UniqServReqID": row["referral"],
                "UniqCareContID": row["contact"],
                "CareContDate": on,
                "AgeCareContDate": int(row["age"]),
                "AttendStatus": row["attended"],
                "ConsMechanismMH": row["mechanism"],
            }
        )
    extract.indirect.append(
        {
            "RecordNumber": "none",
            "Person_ID": "none",
            "UniqServReqID": "none",
            "IndirectActDate": date(2025, 1, 1),
        }
    )
    extract.others.append(
        {
            "MHS102UniqID": "none",
            "RecordNumber": "none",
            "Person_ID": "none",
            "UniqServReqID": "none",
            "ServTeamTypeRefToMH": "A06",
        }
    )
    return extract


def add_record(extract: Extract, person: str, age: int, received: date) -> None:
    """A record in England of a person born on 1 January, so that the age holds all year."""
    number = f"{person}{month_id(received)}"
    if any(row["RecordNumber"] == number for row in extract.people):
        return
    extract.people.append(
        {
            "RecordNumber": number,
            "UniqMonthID": month_id(received),
            "OrgIDProv": "X01",
            "Person_ID": person,
            "PersonBirthDate": date(received.year - age, 1, 1),
            "LADistrictAuth": "E08000001",
            "OrgIDSubICBLocResidence": "00L",
            "AgeRepPeriodEnd": age,
        }
    )


def expected_of(rows: list[dict[str, str]]) -> dict[str, Counts]:
    """The numbers of England by measure and age, zeros left out."""
    return {
        row["measure"]: +Counter(
            {("country", "England", age): int(row[age]) for age in ("0", "1", "2", "all")}
        )
        for row in rows
    }
