"""Finding claims."""

from datetime import date

import pytest

from nestling.evidence.browse import ClaimFilter, claims_found, is_past_review, places
from nestling.reference.claims import register

DAY = date(2026, 3, 10)


def ids(wanted: ClaimFilter, *, on: date = DAY) -> set[str]:
    return {claim.id for claim in claims_found(register(), wanted, on=on)}


def test_no_filter_finds_all_139_claims() -> None:
    assert len(ids(ClaimFilter())) == 139


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        (ClaimFilter(document="S004"), lambda claim: claim.document == "S004"),
        (ClaimFilter(kind="training"), lambda claim: claim.kind == "training"),
        (
            ClaimFilter(construct="disorganised_attachment"),
            lambda claim: claim.construct_id == "disorganised_attachment",
        ),
        (ClaimFilter(quality="uncited"), lambda claim: claim.quality.startswith("uncited")),
        (
            ClaimFilter(contradicted=True),
            lambda claim: bool(register().contradictions_of(claim.id)),
        ),
    ],
)
def test_a_filter_finds_those_claims_and_no_others(wanted: ClaimFilter, holds: object) -> None:
    every = register().claims.values()

    assert ids(wanted) == {claim.id for claim in every if holds(claim)}  # type: ignore[operator]
    assert 0 < len(ids(wanted)) < 139


def test_a_word_is_found_whatever_its_case() -> None:
    assert ids(ClaimFilter(word="LEEDS")) == ids(ClaimFilter(word="leeds")) != set()


def test_a_claim_is_past_review_from_the_day_after_its_documents_date() -> None:
    reg = register()
    claim = reg.claims["E001"]
    last = reg.documents[claim.document].review_by

    assert not is_past_review(reg, claim, on=last)
    assert claim.id in ids(ClaimFilter(past_review=True), on=last.replace(year=last.year + 1))


def test_a_claim_of_the_report_is_shown_with_where_it_is_used() -> None:
    assert any("report/words" in place for place in places()["E002"])
