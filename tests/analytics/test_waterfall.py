"""Does this baby count? Each rule loses one baby here.

And finds it again when the rule is dropped.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nestling.analytics.access import run
from nestling.analytics.access.safe_waterfalls import safe_waterfalls
from nestling.analytics.access.tally import Place
from nestling.analytics.access.waterfall import TOTAL, Waterfall, waterfall
from nestling.analytics.engines.duckdb import DuckDBEngine
from nestling.reference.access import definitions, disclosure_rules
from tests.analytics.agreement import opened, scope_of
from tests.analytics.cases import write
from tests.analytics.reference_engine import Extract, Row, month_id

SCOPE = replace(scope_of(), geographies=("country",))
DAY = date(2025, 5, 1)
Change = Callable[[Extract], None]


def change(table: str, **values: object) -> Change:
    def apply(extract: Extract) -> None:
        for row in getattr(extract, table)[-2 if table == "contacts" else -1 :]:
            row.update(values)

    return apply


def one_contact(extract: Extract) -> None:
    extract.contacts.pop()


LOST: dict[str, dict[str, Change]] = {
    "children_ge2": {
        "contact_in_window": change("contacts", CareContDate=date(2024, 1, 1)),
        "attended": change("contacts", AttendStatus="3"),
        "spoken_contact": change("contacts", ConsMechanismMH="09"),
        "on_a_referral": change("contacts", UniqServReqID="elsewhere"),
        "in_england": change("people", LADistrictAuth="W06000001"),
        "counted_once": change("contacts", UniqCareContID="same", CareContDate=DAY),
        "at_least_two": one_contact,
    },
    "referrals_accepted": {
        "received_in_window": change("referrals", ReferralRequestReceivedDate=date(2024, 1, 1)),
        "in_england": change("people", LADistrictAuth="W06000001"),
        "never_rejected": change("referrals", ReferRejectionDate=DAY),
    },
    "caseload": {
        "in_england": change("people", LADistrictAuth="W06000001"),
        "not_rejected_by_date": change("referrals", ReferRejectionDate=DAY),
        "not_discharged_by_date": change("referrals", ServDischDate=DAY),
    },
}
CASES = [(measure, rule) for measure, rules in LOST.items() for rule in rules]


def baby(extract: Extract, name: str) -> None:
    extract.people.append(
        {
            "RecordNumber": name,
            "UniqMonthID": month_id(DAY),
            "OrgIDProv": "X01",
            "Person_ID": name,
            "PersonBirthDate": date(2024, 1, 1),
            "LADistrictAuth": "E08000001",
            "OrgIDSubICBLocResidence": "00L",
        }
    )
    extract.referrals.append(
        {
            "MHS101UniqID": name,
            "RecordNumber": name,
            "UniqMonthID": month_id(DAY),
            "OrgIDProv": "X01",
            "Person_ID": name,
            "ServiceRequestID": name,
            "UniqServReqID": name,
            "ReferralRequestReceivedDate": date(2025, 2, 1),
            "AgeServReferRecDate": 1,
            "ServTeamType": "A06",
            "ServTeamIntAgeGroup": "02",
        }
    )
    contact: Row = {
        "MHS201UniqID": name,
        "RecordNumber": name,
        "UniqMonthID": month_id(DAY),
        "OrgIDProv": "X01",
        "Person_ID": name,
        "UniqServReqID": name,
        "AgeCareContDate": 1,
        "AttendStatus": "5",
        "ConsMechanismMH": "01",
    }
    extract.contacts += [
        {**contact, "UniqCareContID": f"{name}{n}", "CareContDate": date(2025, 4 + n, 1)}
        for n in (0, 1)
    ]


def extract_with(*changes: Change) -> Extract:
    """Two babies who count, and one more for each change, to whom it happened."""
    extract = Extract()
    for number, happened in enumerate((None, None, *changes)):
        baby(extract, f"baby{number}")
        if happened:
            happened(extract)
    return extract


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine()
    yield engine
    engine.close()


def falls(engine: DuckDBEngine, folder: Path, measure: str) -> Waterfall:
    opened(engine, write(extract_with(*LOST[measure].values()), folder))
    return waterfall(engine, definitions().measures[measure], SCOPE)


@pytest.mark.parametrize("measure", list(LOST))
def test_each_rule_loses_its_own_baby_and_the_rows_sum(
    engine: DuckDBEngine, tmp_path: Path, measure: str
) -> None:
    found = falls(engine, tmp_path, measure)

    lost = {step.rule: step.lost[TOTAL] for step in found.steps if step.rule}
    merged = {"at_least_two": 2, "counted_once": 0} if measure == "children_ge2" else {}
    assert lost == {rule: merged.get(rule, int(rule in LOST[measure])) for rule in lost}
    assert found.steps[-1].left[TOTAL] == 2
    for before, after in zip(found.steps, found.steps[1:], strict=False):
        assert all(before.left[age] == after.left[age] + after.lost[age] for age in found.ages)


@pytest.mark.parametrize(("measure", "rule"), CASES)
def test_dropping_a_rule_finds_its_baby_again(
    engine: DuckDBEngine, tmp_path: Path, measure: str, rule: str
) -> None:
    opened(engine, write(extract_with(LOST[measure][rule]), tmp_path))
    england = (Place("country", "England"), SCOPE.ages.totals[0])

    with_rule = run.count(engine, [measure], SCOPE)[measure][england]
    without = run.count(engine, [measure], replace(SCOPE, without=frozenset({rule})))[measure][
        england
    ]

    assert (with_rule, without) == (2, 3)


def test_a_shown_waterfall_hides_small_steps(engine: DuckDBEngine, tmp_path: Path) -> None:
    found = falls(engine, tmp_path, "caseload")

    (shown,) = safe_waterfalls([(found, SCOPE.period)], disclosure_rules()["strict"])

    assert {str(value) for value in shown.values()} <= {"*", "0", "5", "10"}
