"""Children seen, in plain Python: at their first contact, at any age, and by the old derivation."""

from collections import Counter

from tests.analytics.reference_engine import Counts, Reference, Row


def children_ge1(ref: Reference) -> Counts:
    return ref.at_first(lambda rows: len(rows) >= 1)


def children_ge2(ref: Reference) -> Counts:
    return ref.at_first(lambda rows: len(rows) >= 2)


def children_ge2_one_referral(ref: Reference) -> Counts:
    return ref.at_first(lambda rows: max(Counter(r["UniqServReqID"] for r in rows).values()) >= 2)


def at_any_age(ref: Reference, least: int) -> Counts:
    counts: Counts = Counter()
    for ((kind, code), _person), rows in ref.by_person_and_place(ref.attended()).items():
        enough = [
            a
            for a, n in Counter(r["AgeCareContDate"] for r in rows).items()
            if n >= least and a in ref.ages
        ]
        for age in enough:
            counts[kind, code, str(age)] += 1
        counts[kind, code, "all"] += bool(enough)
    return counts


def children_ge1_anyage(ref: Reference) -> Counts:
    return at_any_age(ref, 1)


def children_ge2_anyage(ref: Reference) -> Counts:
    return at_any_age(ref, 2)


def suspect_0_2(ref: Reference) -> Counts:
    def adult(row: Row) -> bool:
        return ref.referral[row["UniqServReqID"]]["ServTeamIntAgeGroup"] in ("03", "04")

    found = ref.at_first(lambda rows: all(map(adult, rows)))
    return Counter({key: n for key, n in found.items() if key[0] == "country"})


def old_team(ref: Reference, referral: str) -> bool:
    row = ref.referral[referral]
    team = (row["OrgIDProv"], row["UniqCareProfTeamLocalID"])
    if None in team or row["ServTeamType"] in ("E01", "E02", "E03", "E04", "B02", "C01"):
        return False
    ages = [
        r["AgeServReferRecDate"]
        for r in ref.referral.values()
        if (r["OrgIDProv"], r["UniqCareProfTeamLocalID"]) == team
    ]
    children = [age for age in ages if age is not None and 3 <= age <= 17]
    return len(children) > len(ages) / 2


def children_ge1_old_rule(ref: Reference) -> Counts:
    return ref.at_first(
        lambda _rows: True, [r for r in ref.attended() if old_team(ref, r["UniqServReqID"])]
    )


def children_ge2_old_rule(ref: Reference) -> Counts:
    rows = [r for r in ref.attended() if old_team(ref, r["UniqServReqID"])]
    return ref.at_first(lambda theirs: len(theirs) >= 2, rows)


def blind_spot_0_2(ref: Reference) -> Counts:
    return ref.at_first(lambda rows: not any(old_team(ref, r["UniqServReqID"]) for r in rows))
