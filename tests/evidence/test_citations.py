"""Citations for a reference manager."""

import json

import pytest

from nestling.evidence.citations import UnknownFormatError, cite
from nestling.reference.claims import register

REG = register()


def test_a_claim_is_cited_by_its_document_and_by_what_it_rests_on() -> None:
    items = json.loads(cite(REG, "E124", style="csl-json"))

    assert [item["id"] for item in items] == ["S004-2019", "skovgaard-2010"]
    assert items[1]["author"] == [{"family": "Skovgaard", "given": "A. M."}]
    assert items[1]["issued"] == {"date-parts": [[2010]]}


def test_a_claim_without_a_source_is_cited_by_its_document_alone() -> None:
    assert [item["id"] for item in json.loads(cite(REG, "E031", style="csl-json"))] == ["S001-2021"]


def test_a_finding_is_cited_as_the_page_it_was_read_on() -> None:
    (item,) = json.loads(cite(REG, "X20", style="csl-json"))

    assert item["type"] == "webpage"
    assert item["URL"].startswith("https://parentinfantfoundation.org.uk/")
    assert "issued" not in item


def test_bibtex_keeps_a_body_in_one_piece_and_pages_as_a_range() -> None:
    text = cite(REG, "E005", style="bibtex")

    assert "author = {{Parent-Infant Foundation}}," in text
    assert "author = {van IJzendoorn, M. and Schuengel, C. and Bakermans-Kranenburg, M.}," in text
    assert "pages = {225--249}," in text


def test_bibtex_escapes_what_it_would_read_as_markup() -> None:
    assert "Claim E005: 10 to 25\\%" in cite(REG, "E005", style="bibtex")


def test_ris_gives_a_record_with_first_and_last_page() -> None:
    lines = cite(REG, "E005", style="ris").splitlines()

    assert lines[0] == "TY  - RPRT"
    assert "SP  - 225" in lines
    assert "EP  - 249" in lines
    assert lines[-1] == "ER  - "


@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json"])
def test_every_claim_and_finding_can_be_cited_in_every_format(style: str) -> None:
    assert all(cite(REG, name, style=style) for name in (*REG.claims, *REG.findings))


def test_a_format_that_is_not_written_is_refused() -> None:
    with pytest.raises(UnknownFormatError, match="word is not one of bibtex, ris, csl-json"):
        cite(REG, "E001", style="word")


def test_a_contradiction_is_no_work_to_cite() -> None:
    with pytest.raises(KeyError):
        cite(REG, "C01", style="ris")
