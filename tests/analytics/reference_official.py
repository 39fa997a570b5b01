"""The official measures MHS95, MHS69 and MHS91, in plain Python."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.analytics.reference_engine import (
    SEEN,
    SPOKEN,
    Counts,
    Reference,
    Row,
    Where,
    month_id,
)


def acts(
    ref: Reference, *, oldest: int, months: tuple[int, int] | None
) -> Iterator[tuple[Row, date, int | None, str]]:
    """Each official contact with the referral row of its own record: row, day, age, contact."""
    rows = [
        row
        for row in ref.extract.referrals
        if row["AgeServReferRecDate"] is not None
        and 0 <= row["AgeServReferRecDate"] <= oldest
        and (months is None or months[0] <= row["UniqMonthID"] <= months[1])
        and ref.in_england(row["RecordNumber"])
    ]
    carried = defaultdict(list)
    for record, referral, *act in official_contacts(ref):
        carried[record, referral].append(act)
    for row in rows:
        end_age = ref.records.get(row["RecordNumber"], {}).get("AgeRepPeriodEnd")
        for day, age, contact in carried[row["RecordNumber"], row["UniqServReqID"]]:
            yield row, day, age if age is not None else end_age, contact


def official_contacts(ref: Reference) -> list[Any]:
    """Record, referral, day, age and id of each contact that the official measures count."""
    direct = {
        (
            r["RecordNumber"],
            r["UniqServReqID"],
            r["CareContDate"],
            r["AgeCareContDate"],
            r["UniqCareContID"],
        )
        for r in ref.extract.contacts
        if (
            r["AttendStatus"] in SEEN
            and r["ConsMechanismMH"] is not None
            and (
                r["ConsMechanismMH"] in SPOKEN
                if r["UniqMonthID"] >= 1459
                else r["ConsMechanismMH"] not in ("05", "06")
            )
        )
        or (r["OrgIDProv"] in ("DFC", "S9X2N") and r["ConsMechanismMH"] in ("05", "09", "10", "13"))
    }
    indirect = [
        (r["RecordNumber"], r["UniqServReqID"], r["IndirectActDate"], None, "~")
        for r in ref.extract.indirect
    ]
    return [*direct, *indirect]


def mhs95(ref: Reference) -> Counts:
    months = (month_id(ref.start), month_id(ref.end))
    grouped: dict[tuple[Where, str], list[tuple[date, int]]] = defaultdict(list)
    for row, day, age, _contact in acts(ref, oldest=17, months=months):
        if age is not None and 0 <= age <= 17:
            for where in ref.places(row["RecordNumber"], row["OrgIDProv"]):
                grouped[where, row["Person_ID"]].append((day, row["AgeServReferRecDate"]))
    return ref.count((where, min(acts)[1]) for (where, _person), acts in grouped.items())


def mhs69(ref: Reference) -> Counts:
    """A second act on one referral in the period, at the age at the first; an act once."""
    pairs: dict[tuple[str, str], dict[tuple[date, str], list[tuple[int, str, int, Row]]]]
    pairs = defaultdict(lambda: defaultdict(list))
    for row, day, age, contact in acts(ref, oldest=18, months=None):
        order = (row["UniqMonthID"], row["MHS101UniqID"], -1 if age is None else age)
        pairs[row["Person_ID"], row["UniqServReqID"]][day, contact].append((*order, row))
    grouped: dict[tuple[Where, str], list[tuple[date, int]]] = defaultdict(list)
    for (person, _referral), theirs in pairs.items():
        if len(theirs) < 2:
            continue
        first, second = sorted(theirs)[:2]
        age = min(theirs[first], key=lambda act: act[:3])[2]
        row = min(theirs[second], key=lambda act: act[:3])[3]
        if 0 <= age < 18 and ref.in_window(second[0]):
            for where in ref.places(row["RecordNumber"], row["OrgIDProv"]):
                grouped[where, person].append((second[0], age))
    return ref.count((where, min(found)[1]) for (where, _person), found in grouped.items())


def is_woman(ref: Reference, record: str) -> bool:
    person = ref.records.get(record, {})
    gender = person.get("GenderIDCode") or None
    return (
        gender in ("2", "3")
        or (gender == "1" and person.get("GenderSameAtBirth") == "N")
        or (gender is None and person.get("Gender") == "2")
    )


def mhs91(ref: Reference) -> Counts:
    months = (month_id(ref.start), month_id(ref.end))
    perinatal = ("C02", "F02")
    further = {
        r["UniqServReqID"] for r in ref.extract.others if r["ServTeamTypeRefToMH"] in perinatal
    }
    women = {
        (row["Person_ID"], row["UniqServReqID"])
        for row in ref.extract.referrals
        if months[0] <= row["UniqMonthID"] <= months[1]
        and (row["ServTeamType"] in perinatal or row["UniqServReqID"] in further)
        and is_woman(ref, row["RecordNumber"])
        and ref.in_england(row["RecordNumber"])
    }
    seen = [
        r
        for r in ref.extract.contacts
        if ref.in_window(r["CareContDate"])
        and r["AttendStatus"] in SEEN
        and r["ConsMechanismMH"] in (("01", "11") if r["UniqMonthID"] >= 1459 else ("01", "03"))
        and r["AgeCareContDate"] is not None
        and (r["Person_ID"], r["UniqServReqID"]) in women
    ]
    return ref.at_first(lambda _rows: True, seen)
