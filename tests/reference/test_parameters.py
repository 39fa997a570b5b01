"""Tests of the model's parameters: each has a source, a unit and the stated values."""

from pathlib import Path
from shutil import copytree

import pytest

from nestling.reference.base import ReferenceDataError
from nestling.reference.parameters import need_parameters
from nestling.reference.parameters.loader import HERE
from nestling.reference.parameters.rows import DistributionRow
from nestling.reference.parameters.staffing import CostFileError, read_costs, staffing_file
from nestling.science.staffing import CostBasis

RULES = need_parameters()
#: Stated intervals of each share in need, in percent.
INTERVALS = {
    "policy_floor": (6, 14),
    "disorganised_low_risk": (10, 21),
    "disorganised_all_samples": (20, 27),
}
POINTS = {
    "policy_floor": 0.10,
    "disorganised_low_risk": 0.15,
    "disorganised_all_samples": 0.235,
    "relationship_disturbance": 0.08,
    "any_problem": 0.18,
    "regulatory": 0.20,
    "risk_weighted": 0.15,
    "distorted_relationships": None,
}


def test_the_scenarios_have_their_names_and_points() -> None:
    assert {name: one.prevalence.point for name, one in RULES.scenarios.items()} == POINTS


@pytest.mark.parametrize(("name", "ends"), INTERVALS.items())
def test_a_shares_interval_is_the_stated_one(name: str, ends: tuple[int, int]) -> None:
    low, high = RULES.scenarios[name].prevalence.limits()

    assert (round(low * 100), round(high * 100)) == pytest.approx(ends, abs=1)


def test_the_default_scenario_is_labelled() -> None:
    assert RULES.default_scenario.name == "disorganised_low_risk"


def test_distorted_relationships_is_our_uniform_without_a_centre() -> None:
    share = RULES.scenarios["distorted_relationships"].prevalence

    assert share.point is None
    assert share.assumption is True
    assert share.limits() == pytest.approx((0.10375, 0.24625))


def test_regulatory_has_no_interval() -> None:
    assert RULES.scenarios["regulatory"].interval_known is False


def test_risk_weighted_states_its_four_weak_points() -> None:
    assert len(RULES.scenarios["risk_weighted"].cautions) == 4


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("identified", 0.5),
        ("accepted", 0.65),
        ("families_per_team", 130),
        ("cost_per_team_pence", 47_700_000),
        ("benefit_per_child_pence", 4_000_000),
    ],
)
def test_point_values_are_those_stated(name: str, point: float) -> None:
    assert RULES.parameters[name].point == point


def test_every_number_has_a_source() -> None:
    every = [*RULES.parameters.values(), *RULES.avoided_cost.values()]

    assert [one.name for one in every if not one.sources] == []


def test_help_with_no_effect_is_one_of_the_effects() -> None:
    assert RULES.effect_scenarios[0].drop_in_poor_outcome == 0


def test_the_multi_risk_check_is_a_third() -> None:
    check = RULES.multi_risk_check

    assert round((check.two_factors + check.three_factors) / (0.15 * 646_794), 2) == 0.34
    assert check.reach_at_most == 0.34


@pytest.mark.parametrize("row", [{}, {"beta_mean": 0.5}, {"cv": 0.1}], ids=str)
def test_half_a_distribution_is_refused(row: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="all the numbers of one shape"):
        DistributionRow.model_validate(row)


def test_a_normal_may_be_stated() -> None:
    assert DistributionRow(normal=(0.02, 0.01)).build().mean == 0.02


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("need.yaml", "sources: [pif_self_audit]", "sources: [nobody]", "unknown source 'nobody'"),
        ("need.yaml", "unit: share", "unit: furlongs", "unknown unit 'furlongs'"),
        ("scenarios.yaml", "default: true", "default: false", "exactly one scenario"),
    ],
)
def test_a_fault_in_a_file_is_named_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, reason: str
) -> None:
    copytree(HERE, tmp_path / "copy")
    path = tmp_path / "copy" / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ReferenceDataError, match=reason) as error:
        need_parameters(tmp_path / "copy")

    assert f"{file}:" in str(error.value)


def test_shares_of_roles_sum_to_one(tmp_path: Path) -> None:
    copy = tmp_path / "staffing.yaml"
    text = (HERE / "staffing.yaml").read_text("utf-8")
    copy.write_text(text.replace("share: 0.40", "share: 0.50"), encoding="utf-8")

    with pytest.raises(ReferenceDataError, match="must sum to 1"):
        staffing_file(copy)


def test_phases_rise_to_all(tmp_path: Path) -> None:
    copy = tmp_path / "staffing.yaml"
    text = (HERE / "staffing.yaml").read_text("utf-8")
    copy.write_text(text.replace("[0.5, 0.8, 1.0]", "[0.5, 0.4, 1.0]"), encoding="utf-8")

    with pytest.raises(ReferenceDataError, match="must rise to 1"):
        staffing_file(copy)


def costs(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "costs.csv"
    path.write_text("\n".join(["item,pounds_a_year,as_of,source", *rows]), encoding="utf-8")
    return path


def test_a_cost_is_read_with_its_date_source_and_what_it_is_for(tmp_path: Path) -> None:
    path = costs(tmp_path, 'clinical_lead,"£70,000",2026-04,pay scale', "premises,500,2026,lease")

    found = read_costs(path)

    assert found["clinical_lead"].pence_a_year == 7_000_000
    assert found["clinical_lead"].per is CostBasis.WTE
    assert found["premises"].per is CostBasis.TEAM


def test_every_fault_of_a_cost_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = costs(
        tmp_path,
        "clinical_lead,70000,,pay scale",
        "wizard,1,2026,x",
        "premises,lots,2026,x",
        "training,-1,2026,x",
        "overheads,1,2026,x",
        "overheads,2,2026,x",
    )

    with pytest.raises(CostFileError) as error:
        read_costs(path)

    assert [fault.split(" ")[0] for fault in error.value.faults] == [
        "costs.csv:2:",
        "costs.csv:3:",
        "costs.csv:4:",
        "costs.csv:5:",
        "costs.csv:7:",
    ]


def test_a_cost_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "head.csv").write_text("item\n", encoding="utf-8")

    for name, reason in (("none", "no file"), ("bytes", "UTF-8"), ("head", "no column")):
        with pytest.raises(CostFileError, match=reason):
            read_costs(tmp_path / f"{name}.csv")
