"""Tests of `nestling need`, `nestling place` and `nestling plan-team`."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from nestling.cli import main

GOLDEN = Path(__file__).parent.parent / "golden" / "need"
CHECK: dict[str, Any] = json.loads((GOLDEN / "worked_check.json").read_text("utf-8"))
FIGURES = [
    "need",
    "need_stock",
    "demand",
    "families_seen",
    "coverage",
    "gap",
    "teams",
    "cost_pence",
    "cost_per_family_pence",
    "break_even_share",
]
AREA_KEYS = [
    "code",
    "name",
    "births",
    "births_basis",
    "births_period",
    "age_0",
    "age_1",
    "age_2",
    "population_date",
    "scenarios",
]
SCENARIOS = [
    "distorted_relationships",
    "policy_floor",
    "disorganised_low_risk",
    "disorganised_all_samples",
    "relationship_disturbance",
    "any_problem",
    "regulatory",
    "risk_weighted",
]
Captured = pytest.CaptureFixture[str]


def answer(capsys: Captured, *words: str) -> dict[str, Any]:
    assert main(["need", *words, "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def only(found: dict[str, Any]) -> dict[str, Any]:
    scenario: dict[str, Any] = found["areas"][0]["scenarios"][0]
    return scenario


def faults(capsys: Captured, *words: str) -> str:
    assert main(list(words)) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


def test_the_worked_check_is_exact(capsys: Captured) -> None:
    words = ("--births", "4000", "--exact", "--scenario", "disorganised_low_risk")

    found = only(answer(capsys, *words))

    assert found["need"] == CHECK["exact"]["need"]
    assert found["demand"] == CHECK["exact"]["demand"]
    assert found["teams"] == CHECK["exact"]["teams"]
    assert found["cost_pence"] == CHECK["exact"]["cost_pence"]
    assert round(found["cost_per_family_pence"] / 100) == CHECK["exact"]["cost_per_family_pounds"]
    assert round(found["break_even_share"] * 100, 1) == CHECK["exact"]["break_even_percent"]


@pytest.mark.parametrize("name", ["need", "demand"])
def test_the_worked_checks_intervals_hold_within_three_percent(capsys: Captured, name: str) -> None:
    found = only(answer(capsys, "--births", "4000", "--draws", str(CHECK["draws"])))[name]

    assert [found["low"], found["high"]] == pytest.approx(
        CHECK["intervals"][name], rel=CHECK["within"]
    )


def test_the_keys_are_those_promised_in_their_order(capsys: Captured) -> None:
    found = answer(capsys, "Leeds")

    assert list(found) == ["areas", "parameters", "sources", "notes", "seed", "draws"]
    assert list(found["areas"][0]) == AREA_KEYS
    assert list(only(found)) == ["name", *FIGURES]
    assert list(only(found)["need"]) == ["median", "mean", "low", "high", "mcse"]
    assert (found["seed"], found["draws"]) == (0, 10_000)


def test_all_asks_for_every_scenario(capsys: Captured) -> None:
    found = answer(capsys, "Leeds", "--scenario", "all", "--exact")

    assert [one["name"] for one in found["areas"][0]["scenarios"]] == SCENARIOS


def test_exact_figures_are_plain_numbers_or_nothing(capsys: Captured) -> None:
    found = answer(capsys, "Cardiff", "--scenario", "all", "--exact")

    values = [one[name] for one in found["areas"][0]["scenarios"] for name in FIGURES]
    assert {type(value) for value in values} <= {int, float, type(None)}


def test_distorted_relationships_has_no_exact_figures(capsys: Captured) -> None:
    found = only(answer(capsys, "Leeds", "--scenario", "distorted_relationships", "--exact"))

    assert {found[name] for name in FIGURES} == {None}


def test_coverage_and_gap_are_nothing_where_provision_is_unknown(capsys: Captured) -> None:
    found = only(answer(capsys, "--births", "4000", "--exact"))

    assert (found["families_seen"], found["coverage"], found["gap"]) == (None, None, None)


def test_drawn_regulatory_need_is_a_point_marked_so(capsys: Captured) -> None:
    found = only(answer(capsys, "--births", "1000", "--scenario", "regulatory"))

    assert (found["need"]["low"], found["need"]["median"], found["need"]["high"]) == (200, 200, 200)
    assert found["need"]["interval"] == "not known"
    assert found["interval"] == "not known"


def test_risk_weighted_is_not_available_outside_england(capsys: Captured) -> None:
    found = answer(capsys, "Cardiff", "--scenario", "risk_weighted")

    assert only(found)["need"] is None
    assert only(found)["status"] == "not available"
    assert "Cardiff: risk_weighted is not available outside England." in found["notes"]


def test_an_old_code_is_recoded_with_a_note_in_both_places(capsys: Captured) -> None:
    assert main(["need", "E07000190", "--exact", "--format", "json"]) == 0

    shown = capsys.readouterr()
    note = "E07000190 (Taunton Deane) is recoded to E06000066 (Somerset)"
    assert note in shown.err
    assert note in json.loads(shown.out)["notes"]
    assert json.loads(shown.out)["areas"][0]["code"] == "E06000066"


def test_an_area_asked_for_twice_is_answered_once(capsys: Captured) -> None:
    assert len(answer(capsys, "Leeds", "E08000035", "--exact")["areas"]) == 1


def test_the_same_seed_gives_the_same_bytes(capsys: Captured) -> None:
    words = ["need", "Leeds", "Wales", "--scenario", "all", "--seed", "7", "--format", "json"]

    main(words)
    first = capsys.readouterr().out
    main(words)

    assert capsys.readouterr().out == first


def test_another_seed_gives_other_draws(capsys: Captured) -> None:
    first = only(answer(capsys, "Leeds", "--seed", "1"))["need"]["median"]

    assert only(answer(capsys, "Leeds", "--seed", "2"))["need"]["median"] != first


def test_a_value_can_be_set(capsys: Captured) -> None:
    found = answer(capsys, "--births", "1000", "--exact", "--set", "identified=0.4")

    assert only(found)["demand"] == pytest.approx(1000 * 0.15 * 0.4 * 0.65)
    changed = next(one for one in found["parameters"] if one["name"] == "identified")
    assert changed["sources"] == ["user"]


def test_a_prevalence_can_be_set_for_a_scenario_without_a_point(capsys: Captured) -> None:
    words = ("--scenario", "distorted_relationships", "--set", "prevalence=0.2", "--exact")

    assert only(answer(capsys, "--births", "1000", *words))["need"] == 200


def test_three_shares_of_hours_make_the_direct_share(capsys: Captured) -> None:
    shares = ("system_share=0.2", "supervision_share=0.1", "admin_share=0.1", "wte_per_team=4")
    words = [word for share in shares for word in ("--set", share)]

    found = only(answer(capsys, "--births", "4000", "--exact", *words))

    assert found["teams"] == pytest.approx(195 / (4 * 42 * 37.5 * 0.6 / 30), rel=1e-5)


def test_births_of_ones_own_replace_an_areas(capsys: Captured) -> None:
    area = answer(capsys, "Leeds", "--births", "9000", "--exact")["areas"][0]

    assert (area["births"], area["births_basis"], area["age_0"]) == (9000, "given", 8478)


def test_provision_of_ones_own_replaces_the_shipped_list(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(
        "lad_code,team_name,service_type,families_per_year,as_of,source\n"
        "W06000015,A team,specialised,53,2026-03,us\n",
        encoding="utf-8",
    )

    found = answer(capsys, "Cardiff", "Leeds", "--exact", "--provision", str(path))

    cardiff, leeds = (area["scenarios"][0] for area in found["areas"])
    assert cardiff["families_seen"] == 53
    assert cardiff["coverage"] == pytest.approx(53 / (3524 * 0.15), abs=1e-6)
    assert cardiff["gap"] == pytest.approx(3524 * 0.15 - 53)
    assert leeds["families_seen"] is None


def test_household_risk_of_ones_own_replaces_ours(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "risk.csv"
    risks = ("da_last_year", "alcohol_drug_dependency", "mh_severe")
    rows = [f"{code},{risk},5" for code in ("E92000001", "E08000035") for risk in risks]
    path.write_text("\n".join(["utla_code,indicator,pct_children_0_17", *rows]), encoding="utf-8")
    words = ("--scenario", "risk_weighted", "--exact", "--household-risk", str(path))

    leeds, manchester = (
        area["scenarios"][0]["need"]
        for area in answer(capsys, "Leeds", "Manchester", *words)["areas"]
    )

    assert leeds == pytest.approx(8471 * 0.15)
    assert manchester is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("utla_code\n", "no column indicator"),
        ("utla_code,indicator,pct_children_0_17\nE08000035,mh_severe,x\n", "could not convert"),
        ("utla_code,indicator,pct_children_0_17\n", "no da_last_year"),
    ],
)
def test_household_risk_that_cannot_be_used_says_why(
    capsys: Captured, tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "risk.csv"
    path.write_text(text, encoding="utf-8")

    assert reason in faults(capsys, "need", "Leeds", "--household-risk", str(path))


def test_every_source_of_a_parameter_is_listed(capsys: Captured) -> None:
    found = answer(capsys, "Leeds", "--scenario", "all", "--exact")

    named = {source for one in found["parameters"] for source in one["sources"]}
    assert named <= {source["id"] for source in found["sources"]}


def test_the_proxy_for_births_is_labelled(capsys: Captured) -> None:
    found = answer(capsys, "Glasgow City", "--exact")

    assert found["areas"][0]["births_basis"] == "proxy_population_age_0"
    assert any("stands in for them" in note for note in found["notes"])


def test_multi_risk_homes_are_a_cross_check_beside(capsys: Captured) -> None:
    notes = answer(capsys, "Leeds", "--exact")["notes"]

    assert any("25,000" in note and "at most a third" in note for note in notes)


def test_csv_has_a_row_for_each_figure(capsys: Captured) -> None:
    assert main(["need", "Leeds", "--format", "csv"]) == 0

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["figure"] for row in rows] == FIGURES
    assert float(rows[0]["low"]) < float(rows[0]["median"]) < float(rows[0]["high"])


def test_csv_of_point_values_has_one_value(capsys: Captured) -> None:
    assert main(["need", "Cardiff", "--exact", "--format", "csv"]) == 0

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[0]["value"] == "528.6"
    assert rows[3]["value"] == ""


@pytest.mark.parametrize("how", [[], ["--exact"]])
def test_a_table_says_what_is_not_known(capsys: Captured, how: list[str]) -> None:
    assert main(["need", "Cardiff", "--scenario", "regulatory", *how]) == 0

    shown = capsys.readouterr().out
    assert "Families seen in a year" in shown
    assert "not known" in shown
    assert "Sources" in shown


def test_the_worth_of_knowing_more_is_added_when_asked_for(capsys: Captured) -> None:
    decision = answer(capsys, "Leeds", "--willingness-to-pay", "£4,000")["decision"]

    worth = decision["worth_of_knowing_pence"]
    assert max(worth, key=worth.get) == "families_per_team"
    assert max(worth.values()) <= decision["worth_of_knowing_everything_pence"]
    assert decision["tornado_teams"][0]["name"] == "families_per_team"
    assert decision["savings"][0]["effect"] == "no_effect"
    assert set(decision["savings"][-1]["by_payer_pence"]) == {"family", "public_services"}


def test_the_worth_of_knowing_more_is_said_in_the_table(capsys: Captured) -> None:
    assert main(["need", "Leeds", "--willingness-to-pay", "4000"]) == 0

    assert "worth of knowing everything" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "give an area by its code or name, or --births N"),
        (["Newcastle"], "Newcastle upon Tyne (E08000021)"),
        (["Ceredigon"], "did you mean Ceredigion"),
        (["E06000999"], "no data are held for this code"),
        (["--births", "-1"], "greater than or equal to 0"),
        (["--births", "many"], "valid integer"),
        (["Leeds", "Wales", "--births", "10"], "--births stands for one area"),
        (["Leeds", "--scenario", "wrong"], "there is no scenario 'wrong'"),
        (["Leeds", "--set", "wrong=1"], "there is no parameter 'wrong'"),
        (["Leeds", "--set", "identified"], "write NAME=VALUE"),
        (["Leeds", "--set", "identified=lots"], "not a number"),
        (["Leeds", "--set", "identified=2"], "is a share"),
        (["Leeds", "--set", "prevalence=2"], "is a share"),
        (["Leeds", "--set", "families_per_team=0"], "must be more than 0"),
        (["Leeds", "--set", "identified=1", "--set", "identified=1"], "given twice"),
        (["Leeds", "--scenario", "all", "--set", "prevalence=0.1"], "differs by scenario"),
        (
            ["Leeds", "--set", "wte_per_team=4", "--set", "families_per_team=100"],
            "one is worked out from the other",
        ),
        (["Leeds", "--set", "system_share=0.2"], "set all of"),
        (
            [
                "Leeds",
                "--set",
                "system_share=0.5",
                "--set",
                "supervision_share=0.3",
                "--set",
                "admin_share=0.3",
            ],
            "leave no hours",
        ),
        (["Leeds", "--provision", "nowhere.csv"], "there is no file"),
        (["Leeds", "--household-risk", "nowhere.csv"], "there is no file"),
        (["Leeds", "Wales", "--willingness-to-pay", "1"], "one area and one scenario"),
        (["Leeds", "--exact", "--willingness-to-pay", "1"], "needs draws"),
        (["Leeds", "--willingness-to-pay", "lots"], "give pounds"),
        (["Leeds", "--willingness-to-pay", "0"], "more than nothing"),
    ],
)
def test_bad_input_says_what_is_wrong_and_prints_nothing(
    capsys: Captured, words: list[str], reason: str
) -> None:
    assert reason in faults(capsys, "need", *words)


def test_every_unknown_area_is_named(capsys: Captured) -> None:
    said = faults(capsys, "need", "Atlantis", "Lyonesse")

    assert len(said.splitlines()) == 2


def test_fewer_draws_than_usual_are_noted(capsys: Captured) -> None:
    notes = answer(capsys, "Leeds", "--draws", "1000")["notes"]

    assert "Fewer than 10,000 draws: the ends of the intervals are rough." in notes


def test_sites_are_chosen_with_their_bound(capsys: Captured) -> None:
    assert main(["place", "--teams", "3", "--within", "Wales", "--format", "json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert len(found["sites"]) == 3
    assert found["bound"] >= found["within_reach"] > 0
    assert found["next_site"]["adds"] <= found["sites"][-1]["adds"]
    assert "straight line between centroids" in found["reach"]


def test_a_budget_buys_whole_teams(capsys: Captured) -> None:
    words = ["place", "--budget", "£1,000,000", "--within", "North West", "--format", "json"]

    assert main(words) == 0

    found = json.loads(capsys.readouterr().out)
    assert len(found["sites"]) == 2
    assert found["cost_pence"] == 2 * 47_700_000


def test_sites_as_geojson_are_points(capsys: Captured) -> None:
    assert main(["place", "--teams", "2", "--within", "Wales", "--format", "geojson"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["type"] == "FeatureCollection"
    east, north = found["features"][0]["geometry"]["coordinates"]
    assert -6 < east < -2
    assert 51 < north < 54


@pytest.mark.parametrize("boundary", ["own", "health_area"])
def test_a_site_may_serve_a_boundary(capsys: Captured, boundary: str) -> None:
    words = ["place", "--teams", "2", "--within", "Wales", "--boundary", boundary]

    assert main(words) == 0

    assert "its own" in capsys.readouterr().out


def test_a_fair_share_reaches_the_nations(capsys: Captured) -> None:
    assert main(["place", "--teams", "40", "--fair-share", "--format", "json"]) == 0

    codes = {site["code"][0] for site in json.loads(capsys.readouterr().out)["sites"]}
    assert codes == {"E", "W", "S", "N"}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "--teams K or --budget"),
        (["--teams", "1", "--budget", "9"], "--teams K or --budget"),
        (["--budget", "lots"], "give pounds"),
        (["--budget", "-5"], "more than nothing"),
        (["--budget", "10"], "does not pay for one team"),
        (["--teams", "0"], "greater than or equal to 1"),
        (["--teams", "1", "--within", "Atlantis"], "no area that we hold"),
        (["--teams", "1", "--within", "E07000240"], "no utla lies within"),
        (["--teams", "1", "--km", "5", "--boundary", "own"], "--km or --boundary"),
        (["--teams", "1", "--scenario", "distorted_relationships"], "has no point value"),
    ],
)
def test_sites_that_cannot_be_chosen_say_why(
    capsys: Captured, words: list[str], reason: str
) -> None:
    assert reason in faults(capsys, "place", *words)


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_a_plan_is_written_in_each_format(capsys: Captured, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"plan.{ending}"

    assert main(["plan-team", "Leeds", "--out", str(out)]) == 0

    assert out.stat().st_size > 5000
    assert capsys.readouterr().out == f"{out}\n"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["Leeds", "--out", "plan.txt"], ".pdf, .docx, .xlsx"),
        (["Atlantis", "--out", "plan.pdf"], "no area that we hold"),
        (["E10000006", "--out", "plan.pdf"], "more than one area"),
        (["Cardiff", "--scenario", "risk_weighted", "--out", "p.pdf"], "is not available"),
        (["Leeds", "--costs", "nowhere.csv", "--out", "p.pdf"], "there is no file"),
        (["Leeds", "--out", "nowhere/at/all.pdf"], "cannot be written"),
        (["Leeds", "--set", "identified=0", "--out", "p.pdf"], "at least one family"),
    ],
)
def test_a_plan_that_cannot_be_made_says_why(
    capsys: Captured, words: list[str], reason: str
) -> None:
    assert reason in faults(capsys, "plan-team", *words)
