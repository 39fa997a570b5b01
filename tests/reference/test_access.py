"""The reference data of access by age: whole, sourced, and what the documents say."""

import pytest
from pydantic import ValidationError

from nestling.reference.access import (
    Definitions,
    areas,
    breaks,
    deciles,
    definitions,
    disclosure_rules,
    extract_tables,
    meanings,
    populations,
    questions,
)

OF_THE_DEFINITIONS = {
    "referrals_received",
    "referrals_accepted",
    "children_ge1",
    "children_ge2",
    "children_ge2_one_referral",
    "children_ge1_anyage",
    "children_ge2_anyage",
    "caseload",
    "suspect_0_2",
    "MHS95",
    "MHS69",
    "MHS91",
}


def test_every_measure_that_was_asked_for_is_there_by_its_name() -> None:
    assert definitions().measures.keys() >= OF_THE_DEFINITIONS


def test_every_rule_has_words_a_source_and_a_version() -> None:
    rules = definitions().rules.values()

    assert all(rule.words and rule.source and rule.version for rule in rules)


def test_a_measure_with_a_rule_that_is_not_declared_is_refused() -> None:
    known = definitions().model_dump()
    known["measures"]["caseload"]["rules"] = ("no_such_rule",)

    with pytest.raises(ValidationError, match="no_such_rule"):
        Definitions.model_validate(known)


def test_every_measure_needs_only_tables_and_columns_that_are_declared() -> None:
    tables = extract_tables()

    for measure in definitions().measures.values():
        for table, columns in measure.needs.items():
            assert set(columns) <= set(tables[table].columns)


def test_there_are_7_regions_42_boards_and_106_sub_icb_locations() -> None:
    counts = {kind: len(areas().of_type(kind)) for kind in ("region", "icb", "sub_icb")}

    assert counts == {"region": 7, "icb": 42, "sub_icb": 106}


def test_every_area_leads_to_england() -> None:
    for _sub, icb, region in areas().chain():
        assert areas().parent_of(icb) == region
        assert areas().parent_of(region) == "England"


def test_boards_make_up_the_children_of_england() -> None:
    for age in ("0", "1", "2", "3-4"):
        boards = sum(populations()["icb", area.code, age] for area in areas().of_type("icb"))
        whole = populations()["country", "England", age]
        assert boards == pytest.approx(whole, rel=0.001)


def test_no_population_is_held_for_older_ages() -> None:
    assert {age for _kind, _code, age in populations()} == {"0", "1", "2", "0-2", "3-4"}


def test_the_deciles_are_ten_of_about_one_size() -> None:
    found = list(deciles().values())
    sizes = {decile: found.count(decile) for decile in range(1, 11)}

    assert set(found) == set(sizes)
    assert max(sizes.values()) - min(sizes.values()) < 5


def test_the_official_rule_and_the_strict_one_are_what_their_documents_say() -> None:
    official, strict = disclosure_rules()["nhs-england"], disclosure_rules()["strict"]

    assert (official.hide_below, official.hide_zero, official.round_to) == (5, True, 5)
    assert official.exact_at == {"country"}
    assert (strict.hide_below, strict.hide_zero, strict.round_to) == (5, False, 5)
    assert strict.exact_at == set()
    assert (strict.median_needs, strict.ninetieth_needs) == (10, 50)


def test_each_question_asks_for_measures_that_exist_and_has_cautions() -> None:
    for question in questions().values():
        assert set(question.measures) <= definitions().measures.keys()
        assert question.cautions
        assert any("October 2021" in words for words in question.cautions)


def test_question_120765_counts_ages_0_and_1() -> None:
    assert questions()["120765"].ages == "0-1"


def test_the_breaks_are_in_order_and_sourced() -> None:
    days = [entry.since for entry in breaks()]

    assert days == sorted(days)
    assert all(entry.source for entry in breaks())


def test_codes_have_their_meanings() -> None:
    assert meanings("ServTeamIntAgeGroup")["02"] == "Children and young person"
