"""Made-up extracts of many small cases.

One a board's area, so that one run of an engine answers them all.
"""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from nestling.reference.access import areas, extract_tables
from tests.analytics.reference_engine import Extract, Row, month_id

START, END = date(2025, 1, 1), date(2025, 12, 31)
KINDS = {"text": pa.string(), "whole": pa.int64(), "date": pa.date32()}


def years(birth: date, day: date) -> int:
    """Completed years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


class Maker:
    """Draws people with referrals and contacts, with every oddity that the definitions speak of."""

    def __init__(self, draw: Random) -> None:
        self.draw, self.extract, self.number = draw, Extract(), 0

    def next(self, word: str) -> str:
        self.number += 1
        return f"{word}{self.number:06d}"

    def one_of(self, *choices: Any) -> Any:
        return self.draw.choice(choices)

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.draw.randint(0, max((last - first).days, 0)))

    def record(self, person: str, birth: date | None, area: str | None, day: date) -> str:
        number = self.next("rec")
        draw = self.draw.random()
        self.extract.people.append(
            {
                "RecordNumber": number,
                "UniqMonthID": month_id(day),
                "OrgIDProv": "X01",
                "Person_ID": person,
                "PersonBirthDate": birth,
                "LADistrictAuth": "W06000001"
                if draw < 0.08
                else None
                if draw < 0.2
                else ""
                if draw < 0.3
                else "E08000001",
                "OrgIDSubICBLocResidence": self.one_of(area, area, area, area, None, "ZZZ"),
                "AgeRepPeriodEnd": None if birth is None else years(birth, day),
                "Gender": self.one_of("1", "2", None),
                "GenderIDCode": self.one_of("1", "2", "3", None),
                "GenderSameAtBirth": self.one_of("Y", "N", None),
                "EthnicCategory": self.one_of("A", "B", None),
            }
        )
        if self.draw.random() < 0.5:
            self.extract.practices.append(
                {
                    "RecordNumber": number,
                    "UniqMonthID": month_id(day),
                    "Person_ID": person,
                    "GMPReg": self.one_of("G1", "G2", "V81999"),
                    "OrgIDSubICBLocGP": self.one_of(
                        *(a.code for a in areas().of_type("sub_icb")[:8])
                    ),
                    "EndDateGMPRegistration": self.one_of(None, None, date(2024, 1, 1)),
                }
            )
        return number

    def person(self, area: str) -> None:
        person = self.next("per")
        birth = self.one_of(
            date(2024, 2, 29),
            self.day(date(2021, 6, 1), date(2025, 10, 1)),
            self.day(date(2010, 1, 1), date(2022, 1, 1)),
        )
        known = birth if self.draw.random() < 0.9 else None
        for _ in range(self.one_of(1, 1, 2)):
            self.referral(person, birth, known, area)

    def referral(self, person: str, birth: date, known: date | None, area: str) -> None:
        referral, provider = self.next("ref"), self.one_of("X01", "X02", "DFC", None)
        received = self.day(date(2024, 6, 1), END)
        rejected = self.day(received, END) if self.draw.random() < 0.2 else None
        left = self.day(received, date(2026, 3, 1)) if self.draw.random() < 0.4 else None
        team, ages = self.one_of("T1", "T2", "T3", None), self.one_of("01", "02", "03", "04", None)
        days = sorted({received, *(self.day(received, END) for _ in range(self.one_of(0, 1, 2)))})
        records = [
            self.record(person, known, area if self.draw.random() < 0.9 else "00L", day)
            for day in days
        ]
        for day, record in zip(days, records, strict=True):
            for _ in range(self.one_of(1, 1, 2)):
                self.extract.referrals.append(
                    {
                        "MHS101UniqID": self.next("r"),
                        "RecordNumber": record,
                        "UniqMonthID": month_id(day),
                        "OrgIDProv": provider,
                        "Person_ID": person,
                        "ServiceRequestID": referral[-5:],
                        "UniqServReqID": referral,
                        "ReferralRequestReceivedDate": received,
                        "AgeServReferRecDate": None if known is None else years(birth, received),
                        "ReferRejectionDate": rejected if rejected and rejected <= day else None,
                        "ServDischDate": left if left and self.draw.random() < 0.5 else None,
                        "ServTeamType": self.one_of("A06", "C02", "E03", "C05"),
                        "ServTeamIntAgeGroup": ages,
                        "UniqCareProfTeamLocalID": team,
                    }
                )
        for _ in range(self.one_of(0, 1, 2, 3, 5)):
            self.contact(
                person,
                referral,
                provider,
                birth=birth,
                records=list(zip(days, records, strict=True)),
            )
        if self.draw.random() < 0.2:
            self.further_team(person, referral, records[0])
        if self.draw.random() < 0.2:
            self.extract.indirect.append(
                {
                    "RecordNumber": records[-1],
                    "Person_ID": person,
                    "UniqServReqID": referral,
                    "IndirectActDate": days[-1],
                }
            )

    def further_team(self, person: str, referral: str, record: str) -> None:
        self.extract.others.append(
            {
                "MHS102UniqID": self.next("o"),
                "RecordNumber": record,
                "Person_ID": person,
                "UniqServReqID": referral,
                "ServTeamTypeRefToMH": self.one_of("A06", "F02"),
            }
        )

    def contact(
        self,
        person: str,
        referral: str,
        provider: str | None,
        *,
        birth: date,
        records: list[tuple[date, str]],
    ) -> None:
        day, record = self.one_of(*records)
        day = self.one_of(
            day,
            day + timedelta(days=self.draw.randint(-5, 20)),
            START,
            END,
            END + timedelta(days=1),
        )
        row: Row = {
            "MHS201UniqID": self.next("c"),
            "RecordNumber": record if self.draw.random() < 0.97 else "gone",
            "UniqMonthID": month_id(day),
            "OrgIDProv": provider,
            "Person_ID": person if self.draw.random() < 0.97 else None,
            "UniqServReqID": referral if self.draw.random() < 0.95 else "other",
            "UniqCareContID": self.next("con"),
            "CareContDate": day,
            "AgeCareContDate": years(birth, day) if self.draw.random() < 0.95 else None,
            "AttendStatus": self.one_of("5", "5", "5", "6", "7", "3", None),
            "ConsMechanismMH": self.one_of("01", "01", "02", "11", "04", "09", "05", None),
        }
        self.extract.contacts.append(row)
        if self.draw.random() < 0.1:
            self.extract.contacts.append(
                {**row, "MHS201UniqID": self.next("c"), "RecordNumber": self.one_of(*records)[1]}
            )
        if self.draw.random() < 0.1:
            self.extract.contacts.append(
                {**row, "MHS201UniqID": self.next("c"), "CareContDate": self.one_of(day, START)}
            )


def make(seed: int, *, cases: int, rounds: int = 1) -> Extract:
    """An extract of so many cases, each in an area of its own, one after the other from the list.

    ``rounds`` puts further cases into the same areas, for an engine that is slow to begin.
    """
    draw = Random(seed)
    maker = Maker(draw)
    firsts = {icb: sub for sub, icb, _region in reversed(areas().chain())}
    for area in list(firsts.values())[:cases] * rounds:
        for _ in range(draw.randint(1, 4)):
            maker.person(area)
    maker.further_team("none", "none", "none")
    for rows in maker.extract.tables().values():
        draw.shuffle(rows)
    return maker.extract


def write(extract: Extract, folder: Path) -> Path:
    """The extract as Parquet, every column in its kind; a table without rows is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in extract.tables().items():
        kinds = extract_tables()[name].columns
        present = [column for column in kinds if any(column in row for row in rows)]
        if rows:
            columns = {c: pa.array([row.get(c) for row in rows], KINDS[kinds[c]]) for c in present}
            required = [c for c in extract_tables()[name].required if c not in columns]
            columns |= {c: pa.nulls(len(rows), KINDS[kinds[c]]) for c in required}
            pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    return folder
