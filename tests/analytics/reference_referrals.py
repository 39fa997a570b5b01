"""Referrals, the caseload and the first contacts of a referral, in plain Python."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from tests.analytics.reference_engine import Counts, Reference, Row, Where


def received(ref: Reference) -> Iterator[Row]:
    for row in ref.referral.values():
        if ref.in_window(row["ReferralRequestReceivedDate"]) and ref.in_england(
            row["RecordNumber"]
        ):
            yield row


def referral_counts(ref: Reference, rows: Iterable[Row]) -> Counts:
    return ref.count(
        (where, row["AgeServReferRecDate"])
        for row in rows
        for where in ref.places(row["RecordNumber"], row["OrgIDProv"])
    )


def referrals_received(ref: Reference) -> Counts:
    return referral_counts(ref, received(ref))


def referrals_accepted(ref: Reference) -> Counts:
    accepted = (
        row
        for row in received(ref)
        if all(r["ReferRejectionDate"] is None for r in ref.rows_of[row["UniqServReqID"]])
    )
    return referral_counts(ref, accepted)


def caseload(ref: Reference) -> Counts:
    seen: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in ref.attended(window=False, england=False):
        if row["CareContDate"] <= ref.end:
            seen[row["Person_ID"], row["UniqServReqID"]].append(row)
    youngest: dict[tuple[Where, str], int] = {}
    for row in ref.referral.values():
        birth = ref.records.get(row["RecordNumber"], {}).get("PersonBirthDate")
        if birth is None or not is_open(ref, row) or not ref.in_england(row["RecordNumber"]):
            continue
        age = completed_years(ref, birth)
        for contact in seen[row["Person_ID"], row["UniqServReqID"]]:
            for where in ref.places(contact["RecordNumber"], contact["OrgIDProv"]):
                key = (where, row["Person_ID"])
                if age in ref.ages:
                    youngest[key] = min(age, youngest.get(key, age))
    return ref.count((where, age) for (where, _person), age in youngest.items())


def is_open(ref: Reference, row: Row) -> bool:
    rows = ref.rows_of[row["UniqServReqID"]]
    ended = [r[column] for r in rows for column in ("ReferRejectionDate", "ServDischDate")]
    return row["ReferralRequestReceivedDate"] <= ref.end and not any(
        day is not None and day <= ref.end for day in ended
    )


def completed_years(ref: Reference, birth: date) -> int:
    day = ref.end
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def nth_contacts(ref: Reference, nth: int) -> list[Row]:
    grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in ref.attended(window=False):
        grouped[row["Person_ID"], row["UniqServReqID"]].append(row)
    found = []
    for rows in grouped.values():
        rows.sort(key=lambda r: (r["CareContDate"], r["AgeCareContDate"], r["UniqCareContID"]))
        if len(rows) >= nth and ref.in_window(rows[nth - 1]["CareContDate"]):
            found.append(rows[nth - 1])
    return found


def contact_counts(ref: Reference, rows: Iterable[Row]) -> Counts:
    return ref.count(
        (where, row["AgeCareContDate"])
        for row in rows
        for where in ref.places(row["RecordNumber"], row["OrgIDProv"])
    )


def first_contacts(ref: Reference) -> Counts:
    return contact_counts(ref, nth_contacts(ref, 1))


def second_contacts(ref: Reference) -> Counts:
    return contact_counts(ref, nth_contacts(ref, 2))


def waits(ref: Reference, nth: int) -> Counter[int]:
    """Days from referral to the nth contact, England, all the ages asked for."""
    return Counter(
        max(
            (
                row["CareContDate"]
                - ref.referral[row["UniqServReqID"]]["ReferralRequestReceivedDate"]
            ).days,
            0,
        )
        for row in nth_contacts(ref, nth)
        if row["AgeCareContDate"] in ref.ages
    )
