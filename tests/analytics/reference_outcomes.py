"""What became of everyone referred, and providers on paper and in practice, in plain Python."""

from collections import Counter, defaultdict
from datetime import date

from tests.analytics.reference_engine import Reference, Row
from tests.analytics.reference_people import children_ge1
from tests.analytics.reference_referrals import received


def outcomes(ref: Reference) -> dict[tuple[str, str, str], Counter[tuple[str, int]]]:
    """How many came to each end after how many days, by place and age."""
    seen: dict[str, date] = {}
    for row in ref.extract.contacts:
        if ref.is_attended(row) and row["CareContDate"] <= ref.end:
            referral = row["UniqServReqID"]
            seen[referral] = min(row["CareContDate"], seen.get(referral, ref.end))
    found: dict[tuple[str, str, str], Counter[tuple[str, int]]] = defaultdict(Counter)
    for row in received(ref):
        age = row["AgeServReferRecDate"]
        if age in ref.ages:
            end = end_of(ref, row, seen)
            for kind, code in ref.places(row["RecordNumber"], row["OrgIDProv"]):
                found[kind, code, str(age)][end] += 1
                found[kind, code, "all"][end] += 1
    return dict(found)


def end_of(ref: Reference, row: Row, seen: dict[str, date]) -> tuple[str, int]:
    """The first end that a referral came to: seen, left, aged out, waiting, in this order."""
    received = row["ReferralRequestReceivedDate"]
    rows = ref.rows_of[row["UniqServReqID"]]
    left = [r[c] for r in rows for c in ("ReferRejectionDate", "ServDischDate") if r[c]]
    days = {
        "seen": seen.get(row["UniqServReqID"]),
        "left": min(left, default=None),
        "aged_out": aged_out(ref, row),
        "waiting": ref.end,
    }
    waited = {
        event: max((day - received).days, 0)
        for event, day in days.items()
        if day is not None and day <= ref.end
    }
    event = min(waited, key=lambda name: (waited[name], list(days).index(name)))
    return event, waited[event]


def aged_out(ref: Reference, row: Row) -> date | None:
    """The third, 18th or 25th birthday, whichever is next; of 29 February on 1 March."""
    birth = ref.records.get(row["RecordNumber"], {}).get("PersonBirthDate")
    if birth is None:
        return None
    received = row["ReferralRequestReceivedDate"]
    age = received.year - birth.year - ((received.month, received.day) < (birth.month, birth.day))
    limit = next((years for years in (3, 18, 25) if age < years), None)
    if limit is None:
        return None
    if (birth.month, birth.day) == (2, 29):
        return date(birth.year + limit, 3, 1)
    return date(birth.year + limit, birth.month, birth.day)


def providers(ref: Reference, accepts: dict[str, str]) -> Counter[str]:
    """Paper against practice: how many providers are of each kind."""
    seen = {
        c: n
        for (kind, c, age), n in children_ge1(ref).items()
        if (kind, age) == ("provider", "all")
    }
    sent = {r["OrgIDProv"] for r in [*ref.extract.referrals, *ref.extract.contacts]} - {None}
    names = {"no": "providers_do_not_accept"}
    return Counter(
        ("providers_accept_saw_5_or_more" if seen.get(p, 0) >= 5 else "providers_accept_saw_fewer")
        if accepts.get(p) == "yes"
        else names.get(accepts.get(p, ""), "providers_not_known")
        for p in {*sent, *accepts}
    )
