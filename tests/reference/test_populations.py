"""Tests of births, ages and household risk against the source files."""

import csv
import json
from pathlib import Path

import pytest

from nestling.reference.areas import AreaType, areas, membership
from nestling.reference.populations import babies, context, household_risk, risk_index

GOLDEN = Path(__file__).parent.parent / "golden" / "need"
TEN = list(csv.DictReader((GOLDEN / "ten_authorities.csv").read_text("utf-8").splitlines()))
WEIGHTED: dict[str, float] = json.loads((GOLDEN / "risk_weighted.json").read_text("utf-8"))
NATIONAL = 15.0


@pytest.mark.parametrize("row", TEN, ids=lambda row: row["name"])
def test_births_and_ages_equal_the_source_files(row: dict[str, str]) -> None:
    held = babies()[row["code"]]

    assert held.births == int(row["births"])
    assert [held.age_0, held.age_1, held.age_2] == [int(row[f"age_{age}"]) for age in range(3)]
    assert (held.births_basis, held.births_period) == (row["basis"], row["period"])
    assert held.population_date == row["population_date"]


def test_district_births_add_up_to_every_exact_area() -> None:
    held = babies()
    for area in areas().by_code.values():
        if held[area.code].exact and not area.is_a(AreaType.LAD):
            parts = sum(held[lad].births or 0 for lad in membership(area.code))
            assert held[area.code].births == parts, area.name


def test_children_aged_0_to_2_are_the_sum_of_three_ages() -> None:
    assert babies()["E08000035"].children_0_to_2 == 8478 + 8832 + 8905


@pytest.mark.parametrize("code", ["S12000036", "N09000003", "S92000003", "N92000002"])
def test_scotland_and_northern_ireland_are_labelled_as_proxies(code: str) -> None:
    assert babies()[code].births_basis == "proxy_population_age_0"


def test_wales_has_births() -> None:
    assert babies()["W92000004"].births_basis == "births"


def test_the_uk_is_labelled_as_mixed() -> None:
    uk = babies()["K02000001"]

    assert (uk.births_basis, uk.births_period, uk.population_date) == ("mixed",) * 3


@pytest.mark.parametrize(("code", "percent"), WEIGHTED.items())
def test_risk_weighted_shares_are_those_worked_out_by_hand(code: str, percent: float) -> None:
    index = risk_index(code)

    assert index is not None
    assert round(index * NATIONAL, 2) == percent


def test_wokingham_is_lowest_and_hackney_highest() -> None:
    authorities = [area for area in areas().of_type(AreaType.UTLA) if area.code.startswith("E")]

    ranked = sorted(authorities, key=lambda area: risk_index(area.code) or 0)
    assert (ranked[0].name, ranked[-1].name) == ("Wokingham", "Hackney")


def test_a_district_has_its_countys_index() -> None:
    assert risk_index("E07000240") == pytest.approx(risk_index("E10000015") or 0)


def test_a_region_lies_between_its_authorities() -> None:
    inner = [risk_index(lad) or 0 for lad in membership("E12000007")]

    assert min(inner) < (risk_index("E12000007") or 0) < max(inner)


@pytest.mark.parametrize("code", ["W06000015", "S12000036", "N09000003", "K02000001"])
def test_household_risk_is_not_available_outside_england(code: str) -> None:
    assert risk_index(code) is None


def test_household_risk_is_a_share() -> None:
    assert household_risk()["E92000001"]["da_last_year"] == pytest.approx(0.0646, abs=0.0001)


def test_a_services_own_risk_file_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    rows = [
        (code, one, share)
        for code, scale in (("E92000001", 1), ("E08000035", 2))
        for one, share in (("da_last_year", 5), ("alcohol_drug_dependency", 3), ("mh_severe", 10))
        for share in (share * scale,)
    ]
    text = "utla_code,indicator,pct_children_0_17\n" + "".join(f"{a},{b},{c}\n" for a, b, c in rows)
    own.write_text(text, encoding="utf-8")

    assert (risk_index("E08000035", path=own) or 0) > 1
    assert risk_index("E92000001", path=own) == pytest.approx(1)
    assert risk_index("E08000003", path=own) is None


def test_every_district_has_child_poverty_on_one_basis() -> None:
    held = context()

    missing = [code for code in areas().districts if held[code].poverty_share is None]
    assert missing == []


def test_deprivation_names_its_nations_index() -> None:
    assert context()["E08000035"].deprivation_index == "IoD2025 (England)"
    assert context()["S12000036"].deprivation_index == "SIMD2020 (Scotland)"


def test_leeds_has_thirty_in_a_hundred_in_low_income() -> None:
    assert context()["E08000035"].poverty_share == pytest.approx(0.30, abs=0.015)
