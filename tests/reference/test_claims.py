"""The register of claims as it is shipped."""

from collections import Counter
from dataclasses import replace

import pytest
from pydantic import ValidationError

from nestling.reference.claims import MixedConstructsError, Value, loader, register, span, words_for
from nestling.reference.claims.rows import Claim, Construct

REG = register()


def test_every_claim_contradiction_and_finding_is_there() -> None:
    assert (len(REG.claims), len(REG.contradictions), len(REG.findings)) == (139, 20, 62)


def test_each_document_has_the_claims_that_were_found_in_it() -> None:
    counted = Counter(claim.document for claim in REG.claims.values())

    assert counted == {"S000": 26, "S001": 7, "S002": 59, "S003": 12, "S004": 35}


@pytest.mark.parametrize("claim", REG.claims.values(), ids=lambda claim: claim.id)
def test_every_claim_has_a_value_a_base_and_a_source(claim: Claim) -> None:
    assert words_for(claim)
    assert claim.base_of
    assert claim.line
    assert claim.rests_on in REG.sources
    assert claim.document in REG.documents


def test_every_share_of_the_survey_says_of_how_many() -> None:
    without = [
        claim.id
        for claim in REG.claims.values()
        if claim.rests_on == "pif-survey-2021" and claim.unit == "per cent" and not claim.base
    ]

    assert without == []


def test_every_money_claim_says_what_is_known_of_its_price_year() -> None:
    money = [claim for claim in REG.claims.values() if claim.unit.startswith("pounds")]

    assert money
    assert all(claim.price_year for claim in money)


def test_every_prevalence_says_what_it_counts() -> None:
    kinds = {"prevalence", "prevalence_subgroup"}

    assert all(claim.construct_id for claim in REG.claims.values() if claim.kind in kinds)


def test_a_claim_names_its_contradictions_and_they_name_it() -> None:
    for claim in REG.claims.values():
        named = {row.id for row in REG.contradictions_of(claim.id)}
        assert set(claim.contradictions) <= named, claim.id


def test_every_contradiction_says_who_differs_why_and_what_to_use() -> None:
    for row in REG.contradictions.values():
        assert row.why, row.id
        assert row.use, row.id
        assert any(side.claims or side.findings for side in row.sides), row.id


def test_figures_of_different_things_are_never_put_together() -> None:
    with pytest.raises(MixedConstructsError, match="disorganised_attachment, distorted"):
        span([REG.claims["E005"], REG.claims["E112"]])


def test_a_figure_that_does_not_say_what_it_counts_is_not_put_together() -> None:
    with pytest.raises(MixedConstructsError):
        span([REG.claims["E011"], REG.claims["E011"]])


def test_figures_of_one_thing_have_a_span() -> None:
    assert span([REG.claims["E112"], REG.findings["X30"].figures[0]]) == (15, 23.5)


def test_words_without_a_number_have_no_span() -> None:
    worded = REG.claims["E104"].model_copy(update={"construct_id": "any_problem"})

    with pytest.raises(MixedConstructsError, match="none of these"):
        span([worded])


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("E005", "10 to 25%"),
        ("E011", "about 130 families a year"),
        ("E013", "£2.3 billion a year"),
        ("E017", "fewer than 40 teams"),
        ("E028", "2015"),
        ("E031", "about 20%"),
        ("E073", "1 respondent"),
        ("E101", "more than 7,000 unborn babies"),
        ("E104", "tens of thousands"),
        ("E106", "age 2"),
        ("E111", "at least 15%"),
        ("E117", "£11,030 to £59,130 a child a year"),
        ("E125", "nearly 18,000 children"),
    ],
)
def test_a_claims_words_keep_its_bound_and_unit(identifier: str, words: str) -> None:
    assert words_for(REG.claims[identifier]) == words


def test_a_series_is_said_with_its_names() -> None:
    assert words_for(REG.claims["E078"]).startswith("parents in pregnancy 38; babies and toddlers")


def test_a_row_without_any_value_is_refused() -> None:
    with pytest.raises(ValidationError, match="a row has a value"):
        Value(unit="people")


def test_limits_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValidationError, match="above the upper limit"):
        Value(low=5, high=3, unit="people")


def test_a_field_that_nobody_declared_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Value.model_validate({"value": 1, "unit": "people", "colour": "red"})


def test_a_reference_to_a_row_that_is_not_there_is_found() -> None:
    broken = REG.claims["E001"].model_copy(update={"rests_on": "nobody"})
    reg = replace(REG, claims={"E001": broken}, contradictions={})

    assert list(loader.broken_links(reg)) == ["E001 names nobody, which is not in the register"]


def test_an_id_given_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "x", "label": "x", "means": "x"}
    monkeypatch.setattr(loader, "read", lambda _: [row, row])

    with pytest.raises(loader.RegisterError, match="x is given twice"):
        loader.by_id(Construct, "constructs")


def test_the_register_knows_its_own_ids_only() -> None:
    assert [REG.knows(name) for name in ("E001", "C01", "X01", "E999")] == [True, True, True, False]
