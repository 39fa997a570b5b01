"""The measures in plain Python, from their written definitions.

Slow, obvious, and not from the expressions.

Rows are dictionaries with the extract's own column names. Every function gives a counter of
(geography type, code, age).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
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

    # what a row says

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

    # attended contacts

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

    def children_ge1(self) -> Counts:
        return self.at_first(lambda rows: len(rows) >= 1)

    def children_ge2(self) -> Counts:
        return self.at_first(lambda rows: len(rows) >= 2)

    def children_ge2_one_referral(self) -> Counts:
        return self.at_first(
            lambda rows: max(Counter(r["UniqServReqID"] for r in rows).values()) >= 2
        )

    def at_any_age(self, least: int) -> Counts:
        counts: Counts = Counter()
        for ((kind, code), _person), rows in self.by_person_and_place(self.attended()).items():
            enough = [
                a
                for a, n in Counter(r["AgeCareContDate"] for r in rows).items()
                if n >= least and a in self.ages
            ]
            for age in enough:
                counts[kind, code, str(age)] += 1
            counts[kind, code, "all"] += bool(enough)
        return counts

    def children_ge1_anyage(self) -> Counts:
        return self.at_any_age(1)

    def children_ge2_anyage(self) -> Counts:
        return self.at_any_age(2)

    def suspect_0_2(self) -> Counts:
        def adult(row: Row) -> bool:
            return self.referral[row["UniqServReqID"]]["ServTeamIntAgeGroup"] in ("03", "04")

        found = self.at_first(lambda rows: all(map(adult, rows)))
        return Counter({key: n for key, n in found.items() if key[0] == "country"})

    # the derivation of children's teams until March 2024

    def old_team(self, referral: str) -> bool:
        row = self.referral[referral]
        team = (row["OrgIDProv"], row["UniqCareProfTeamLocalID"])
        if None in team or row["ServTeamType"] in ("E01", "E02", "E03", "E04", "B02", "C01"):
            return False
        ages = [
            r["AgeServReferRecDate"]
            for r in self.referral.values()
            if (r["OrgIDProv"], r["UniqCareProfTeamLocalID"]) == team
        ]
        children = [age for age in ages if age is not None and 3 <= age <= 17]
        return len(children) > len(ages) / 2

    def children_ge1_old_rule(self) -> Counts:
        return self.at_first(
            lambda _rows: True, [r for r in self.attended() if self.old_team(r["UniqServReqID"])]
        )

    def children_ge2_old_rule(self) -> Counts:
        rows = [r for r in self.attended() if self.old_team(r["UniqServReqID"])]
        return self.at_first(lambda theirs: len(theirs) >= 2, rows)

    def blind_spot_0_2(self) -> Counts:
        return self.at_first(lambda rows: not any(self.old_team(r["UniqServReqID"]) for r in rows))

    # referrals

    def received(self) -> Iterator[Row]:
        for row in self.referral.values():
            if self.in_window(row["ReferralRequestReceivedDate"]) and self.in_england(
                row["RecordNumber"]
            ):
                yield row

    def referral_counts(self, rows: Iterable[Row]) -> Counts:
        return self.count(
            (where, row["AgeServReferRecDate"])
            for row in rows
            for where in self.places(row["RecordNumber"], row["OrgIDProv"])
        )

    def referrals_received(self) -> Counts:
        return self.referral_counts(self.received())

    def referrals_accepted(self) -> Counts:
        return self.referral_counts(
            row
            for row in self.received()
            if all(r["ReferRejectionDate"] is None for r in self.rows_of[row["UniqServReqID"]])
        )

    # caseload

    def caseload(self) -> Counts:
        seen: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.attended(window=False, england=False):
            if row["CareContDate"] <= self.end:
                seen[row["Person_ID"], row["UniqServReqID"]].append(row)
        youngest: dict[tuple[Where, str], int] = {}
        for row in self.referral.values():
            birth = self.records.get(row["RecordNumber"], {}).get("PersonBirthDate")
            if birth is None or not self.is_open(row) or not self.in_england(row["RecordNumber"]):
                continue
            age = self.completed_years(birth)
            for contact in seen[row["Person_ID"], row["UniqServReqID"]]:
                for where in self.places(contact["RecordNumber"], contact["OrgIDProv"]):
                    key = (where, row["Person_ID"])
                    if age in self.ages:
                        youngest[key] = min(age, youngest.get(key, age))
        return self.count((where, age) for (where, _person), age in youngest.items())

    def is_open(self, row: Row) -> bool:
        rows = self.rows_of[row["UniqServReqID"]]
        ended = [r[column] for r in rows for column in ("ReferRejectionDate", "ServDischDate")]
        return row["ReferralRequestReceivedDate"] <= self.end and not any(
            day is not None and day <= self.end for day in ended
        )

    def completed_years(self, birth: date) -> int:
        day = self.end
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))

    # first and second contacts of a referral

    def nth_contacts(self, nth: int) -> list[Row]:
        grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.attended(window=False):
            grouped[row["Person_ID"], row["UniqServReqID"]].append(row)
        found = []
        for rows in grouped.values():
            rows.sort(key=lambda r: (r["CareContDate"], r["AgeCareContDate"], r["UniqCareContID"]))
            if len(rows) >= nth and self.in_window(rows[nth - 1]["CareContDate"]):
                found.append(rows[nth - 1])
        return found

    def contact_counts(self, rows: Iterable[Row]) -> Counts:
        return self.count(
            (where, row["AgeCareContDate"])
            for row in rows
            for where in self.places(row["RecordNumber"], row["OrgIDProv"])
        )

    def first_contacts(self) -> Counts:
        return self.contact_counts(self.nth_contacts(1))

    def second_contacts(self) -> Counts:
        return self.contact_counts(self.nth_contacts(2))

    def waits(self, nth: int) -> Counter[int]:
        """Days from referral to the nth contact, England, all the ages asked for."""
        return Counter(
            max(
                (
                    row["CareContDate"]
                    - self.referral[row["UniqServReqID"]]["ReferralRequestReceivedDate"]
                ).days,
                0,
            )
            for row in self.nth_contacts(nth)
            if row["AgeCareContDate"] in self.ages
        )

    # the official measures

    def acts(
        self, *, oldest: int, months: tuple[int, int] | None
    ) -> Iterator[tuple[Row, date, int | None, str]]:
        """Each official contact with the referral row of its own record: row, day, age, contact."""
        rows = [
            row
            for row in self.extract.referrals
            if row["AgeServReferRecDate"] is not None
            and 0 <= row["AgeServReferRecDate"] <= oldest
            and (months is None or months[0] <= row["UniqMonthID"] <= months[1])
            and self.in_england(row["RecordNumber"])
        ]
        for row in rows:
            end_age = self.records.get(row["RecordNumber"], {}).get("AgeRepPeriodEnd")
            for contact in self.official_contacts():
                if (contact[0], contact[1]) == (row["RecordNumber"], row["UniqServReqID"]):
                    yield (
                        row,
                        contact[2],
                        contact[3] if contact[3] is not None else end_age,
                        contact[4],
                    )

    def official_contacts(self) -> list[tuple[str, str, date, int | None, str]]:
        direct = {
            (
                r["RecordNumber"],
                r["UniqServReqID"],
                r["CareContDate"],
                r["AgeCareContDate"],
                r["UniqCareContID"],
            )
            for r in self.extract.contacts
            if (
                r["AttendStatus"] in SEEN
                and r["ConsMechanismMH"] is not None
                and (
                    r["ConsMechanismMH"] in SPOKEN
                    if r["UniqMonthID"] >= 1459
                    else r["ConsMechanismMH"] not in ("05", "06")
                )
            )
            or (
                r["OrgIDProv"] in ("DFC", "S9X2N")
                and r["ConsMechanismMH"] in ("05", "09", "10", "13")
            )
        }
        indirect = [
            (r["RecordNumber"], r["UniqServReqID"], r["IndirectActDate"], None, "~")
            for r in self.extract.indirect
        ]
        return [*direct, *indirect]

    def mhs95(self) -> Counts:
        months = (month_id(self.start), month_id(self.end))
        grouped: dict[tuple[Where, str], list[tuple[date, int]]] = defaultdict(list)
        for row, day, age, _contact in self.acts(oldest=17, months=months):
            if age is not None and 0 <= age <= 17:
                for where in self.places(row["RecordNumber"], row["OrgIDProv"]):
                    grouped[where, row["Person_ID"]].append((day, row["AgeServReferRecDate"]))
        return self.count((where, min(acts)[1]) for (where, _person), acts in grouped.items())

    def mhs69(self) -> Counts:
        """A second act on one referral in the period, at the age at the first; an act once."""
        acts: dict[tuple[str, str], dict[tuple[date, str], list[tuple[int, str, int, Row]]]]
        acts = defaultdict(lambda: defaultdict(list))
        for row, day, age, contact in self.acts(oldest=18, months=None):
            order = (row["UniqMonthID"], row["MHS101UniqID"], -1 if age is None else age)
            acts[row["Person_ID"], row["UniqServReqID"]][day, contact].append((*order, row))
        grouped: dict[tuple[Where, str], list[tuple[date, int]]] = defaultdict(list)
        for (person, _referral), theirs in acts.items():
            if len(theirs) < 2:
                continue
            first, second = sorted(theirs)[:2]
            age = min(theirs[first], key=lambda act: act[:3])[2]
            row = min(theirs[second], key=lambda act: act[:3])[3]
            if 0 <= age < 18 and self.in_window(second[0]):
                for where in self.places(row["RecordNumber"], row["OrgIDProv"]):
                    grouped[where, person].append((second[0], age))
        return self.count((where, min(found)[1]) for (where, _person), found in grouped.items())

    def is_woman(self, record: str) -> bool:
        person = self.records.get(record, {})
        gender = person.get("GenderIDCode") or None
        return (
            gender in ("2", "3")
            or (gender == "1" and person.get("GenderSameAtBirth") == "N")
            or (gender is None and person.get("Gender") == "2")
        )

    def mhs91(self) -> Counts:
        months = (month_id(self.start), month_id(self.end))
        perinatal = ("C02", "F02")
        further = {
            r["UniqServReqID"] for r in self.extract.others if r["ServTeamTypeRefToMH"] in perinatal
        }
        women = {
            (row["Person_ID"], row["UniqServReqID"])
            for row in self.extract.referrals
            if months[0] <= row["UniqMonthID"] <= months[1]
            and (row["ServTeamType"] in perinatal or row["UniqServReqID"] in further)
            and self.is_woman(row["RecordNumber"])
            and self.in_england(row["RecordNumber"])
        }
        seen = [
            r
            for r in self.extract.contacts
            if self.in_window(r["CareContDate"])
            and r["AttendStatus"] in SEEN
            and r["ConsMechanismMH"] in (("01", "11") if r["UniqMonthID"] >= 1459 else ("01", "03"))
            and r["AgeCareContDate"] is not None
            and (r["Person_ID"], r["UniqServReqID"]) in women
        ]
        return self.at_first(lambda _rows: True, seen)

    # what became of everyone referred

    def outcomes(self) -> dict[tuple[str, str, str], Counter[tuple[str, int]]]:
        """How many came to each end after how many days, by place and age."""
        seen: dict[str, date] = {}
        for row in self.extract.contacts:
            if self.is_attended(row) and row["CareContDate"] <= self.end:
                referral = row["UniqServReqID"]
                seen[referral] = min(row["CareContDate"], seen.get(referral, self.end))
        found: dict[tuple[str, str, str], Counter[tuple[str, int]]] = defaultdict(Counter)
        for row in self.received():
            age = row["AgeServReferRecDate"]
            if age in self.ages:
                end = self.end_of(row, seen)
                for kind, code in self.places(row["RecordNumber"], row["OrgIDProv"]):
                    found[kind, code, str(age)][end] += 1
                    found[kind, code, "all"][end] += 1
        return dict(found)

    def end_of(self, row: Row, seen: dict[str, date]) -> tuple[str, int]:
        """The first end that a referral came to: seen, left, aged out, waiting, in this order."""
        received = row["ReferralRequestReceivedDate"]
        rows = self.rows_of[row["UniqServReqID"]]
        left = [r[c] for r in rows for c in ("ReferRejectionDate", "ServDischDate") if r[c]]
        days = {
            "seen": seen.get(row["UniqServReqID"]),
            "left": min(left, default=None),
            "aged_out": self.aged_out(row),
            "waiting": self.end,
        }
        waited = {
            event: max((day - received).days, 0)
            for event, day in days.items()
            if day is not None and day <= self.end
        }
        event = min(waited, key=lambda name: (waited[name], list(days).index(name)))
        return event, waited[event]

    def aged_out(self, row: Row) -> date | None:
        """The third, 18th or 25th birthday, whichever is next; of 29 February on 1 March."""
        birth = self.records.get(row["RecordNumber"], {}).get("PersonBirthDate")
        if birth is None:
            return None
        received = row["ReferralRequestReceivedDate"]
        age = (
            received.year - birth.year - ((received.month, received.day) < (birth.month, birth.day))
        )
        limit = next((years for years in (3, 18, 25) if age < years), None)
        if limit is None:
            return None
        if (birth.month, birth.day) == (2, 29):
            return date(birth.year + limit, 3, 1)
        return date(birth.year + limit, birth.month, birth.day)

    def providers(self, accepts: dict[str, str]) -> Counter[str]:
        """Paper against practice: how many providers are of each kind."""
        seen = {
            c: n
            for (kind, c, age), n in self.children_ge1().items()
            if (kind, age) == ("provider", "all")
        }
        sent = {r["OrgIDProv"] for r in [*self.extract.referrals, *self.extract.contacts]} - {None}
        names = {"no": "providers_do_not_accept"}
        return Counter(
            (
                "providers_accept_saw_5_or_more"
                if seen.get(p, 0) >= 5
                else "providers_accept_saw_fewer"
            )
            if accepts.get(p) == "yes"
            else names.get(accepts.get(p, ""), "providers_not_known")
            for p in {*sent, *accepts}
        )


def month_id(day: date) -> int:
    return 12 * (day.year - 1900) + day.month - 3


MEASURES = (
    "referrals_received",
    "referrals_accepted",
    "children_ge1",
    "children_ge2",
    "children_ge2_one_referral",
    "children_ge1_anyage",
    "children_ge2_anyage",
    "caseload",
    "suspect_0_2",
    "children_ge1_old_rule",
    "children_ge2_old_rule",
    "blind_spot_0_2",
    "first_contacts",
    "second_contacts",
    "MHS95",
    "MHS69",
    "MHS91",
)


def answer(reference: Reference, measure: str) -> Counts:
    """One measure's numbers."""
    counts: Counts = getattr(reference, measure.lower() if measure.startswith("MHS") else measure)()
    return +counts
