"""Finding where claims are used."""

from typing import TYPE_CHECKING

from nestling.evidence.uses import own_roots, references, uses

if TYPE_CHECKING:
    from pathlib import Path


def test_a_reference_may_name_several_claims() -> None:
    assert references("about 1 in 7 [claims E111, E112]") == ["E111", "E112"]


def test_a_bare_identifier_is_no_reference() -> None:
    assert references("area E012 and E07000037") == []


def test_uses_are_found_in_pages_and_named_by_their_place(tmp_path: "Path") -> None:
    page = tmp_path / "docs" / "handbook" / "page.md"
    page.parent.mkdir(parents=True)
    page.write_text("130 families [claim E011].", "utf-8")

    (found,) = uses([tmp_path / "docs"])

    assert (found.identifier, found.place) == ("E011", "docs/handbook/page.md")


def test_a_data_file_may_name_a_claim_by_a_key(tmp_path: "Path") -> None:
    (tmp_path / "rates.yaml").write_text("- rate: 0.15\n  claims: [E111, E112]\n", "utf-8")

    assert [use.identifier for use in uses([tmp_path])] == ["E111", "E112"]


def test_the_words_of_a_report_may_place_a_figure(tmp_path: "Path") -> None:
    (tmp_path / "words.yaml").write_text("- text: from {X20.1} to {E011:range}\n", "utf-8")

    assert [use.identifier for use in uses([tmp_path])] == ["X20", "E011"]


def test_a_page_does_not_name_claims_by_a_key(tmp_path: "Path") -> None:
    (tmp_path / "page.md").write_text("claims: E111\n", "utf-8")

    assert list(uses([tmp_path])) == []


def test_generated_pages_and_the_register_itself_do_not_count(tmp_path: "Path") -> None:
    (tmp_path / "list.md").write_text("<!-- generated -->\n[claim E001]\n", "utf-8")
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "rows.yaml").write_text("claim: E001\n", "utf-8")

    assert list(uses([tmp_path])) == []


def test_the_package_itself_is_always_searched() -> None:
    assert own_roots()[0].name == "nestling"
