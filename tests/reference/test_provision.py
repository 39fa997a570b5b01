"""Tests of statements of provision: unknown is never zero."""

from pathlib import Path

import pytest

from nestling.reference.areas import membership
from nestling.reference.provision import (
    ProvisionError,
    Statement,
    read_statements,
    seen_in,
    shipped_statements,
)

LEEDS, KENT = "E08000035", "E10000016"
HEAD = "lad_code,team_name,service_type,families_per_year,as_of,source"


def statement(
    lad: str = LEEDS, *, families: float | None = 100, kind: str = "specialised"
) -> Statement:
    return Statement(
        lad_code=lad,
        team_name="A team",
        service_type=kind,
        families_per_year=families,
        as_of="2026-03",
        source="made up",
    )


def written(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "provision.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return path


def test_an_area_without_a_statement_is_not_known() -> None:
    seen = seen_in(LEEDS, statements=())

    assert (seen.families, seen.state) == (None, "unknown")


def test_statements_of_one_district_add_up() -> None:
    seen = seen_in(LEEDS, statements=[statement(families=100), statement(families=30)])

    assert (seen.families, seen.state) == (130, "known")


def test_a_team_without_a_number_leaves_the_district_not_known() -> None:
    seen = seen_in(LEEDS, statements=[statement(families=100), statement(families=None)])

    assert (seen.families, seen.at_least, seen.state) == (None, 100, "partial")


def test_nobody_seen_is_known_where_it_is_stated() -> None:
    assert seen_in(LEEDS, statements=[statement(families=0)]).families == 0


def test_another_kind_of_service_is_not_counted_as_seen() -> None:
    seen = seen_in(LEEDS, statements=[statement(kind="foster_care_only")])

    assert (seen.families, seen.at_least, seen.state) == (None, 0, "partial")


def test_a_county_is_known_when_each_of_its_districts_is() -> None:
    districts = list(membership(KENT))
    all_but_one = [statement(lad, families=10) for lad in districts[:-1]]

    partly = seen_in(KENT, statements=all_but_one)
    wholly = seen_in(KENT, statements=[*all_but_one, statement(districts[-1], families=5)])

    assert (partly.families, partly.districts_known) == (None, len(districts) - 1)
    assert wholly.families == 10 * (len(districts) - 1) + 5


def test_the_shipped_list_states_leeds_and_no_other_number() -> None:
    stated = [one for one in shipped_statements() if one.families_per_year is not None]

    assert [(one.lad_code, one.families_per_year) for one in stated] == [(LEEDS, 130)]
    assert all(one.source and one.as_of for one in shipped_statements())


def test_a_file_is_read_with_old_codes_recoded_and_a_note(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "E08000035,One,specialised,120,2026-03,us",
        "E06000028,Two,Perinatal embedded,,2026-03,us",
    )

    found, notes = read_statements(path)

    assert [one.lad_code for one in found] == ["E08000035", "E06000058"]
    assert [one.families_per_year for one in found] == [120, None]
    assert notes == (
        "E06000028 (Bournemouth) is recoded to E06000058 (Bournemouth, Christchurch and Poole)",
    )


def test_every_fault_of_a_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "E99999999,A,specialised,1,2026,us",
        "E08000035,A,magic,1,2026,us",
        "E08000035,A,specialised,many,2026,us",
        "E08000035,A,specialised,-1,2026,us",
        "E08000035,A,specialised,1,2026,",
        "E10000016,A,specialised,1,2026,us",
    )

    with pytest.raises(ProvisionError) as error:
        read_statements(path)

    assert [fault.split(" ")[0] for fault in error.value.faults] == [
        f"provision.csv:{line}:" for line in range(2, 8)
    ]


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "head.csv").write_text("lad_code\n", encoding="utf-8")

    for name, reason in (("none", "no file"), ("bytes", "UTF-8"), ("head", "no column")):
        with pytest.raises(ProvisionError, match=reason):
            read_statements(tmp_path / f"{name}.csv")
