"""Tests of areas: codes, names, old codes, what lies within what."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.reference.areas import Area, AreaNameError, AreaType, areas, membership, resolve
from nestling.reference.areas.tables import TableError, number, rows_of, whole

HELD = areas()
#: How many areas of each kind the UK has in the set of May 2024.
COUNTS = {
    AreaType.LAD: 361,
    AreaType.UTLA: 218,
    AreaType.ICB: 42,
    AreaType.REGION: 12,
    AreaType.COUNTRY: 4,
    AreaType.HB: 14,
    AreaType.LHB: 7,
    AreaType.HSCT: 5,
    AreaType.NHS_REGION: 7,
    AreaType.UK: 1,
}


@pytest.mark.parametrize(("kind", "count"), COUNTS.items())
def test_every_area_of_a_kind_is_held(kind: AreaType, count: int) -> None:
    assert len(HELD.of_type(kind)) == count


@given(st.sampled_from(sorted(HELD.by_code)))
def test_every_code_is_its_own_area(code: str) -> None:
    assert resolve(code.lower()).areas == (HELD.by_code[code],)


@given(st.sampled_from(sorted(HELD.by_code.values(), key=lambda area: area.code)))
def test_every_full_name_is_understood(area: Area) -> None:
    assert resolve(area.name.upper()).areas == (area,)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("Leeds", "E08000035"),
        ("  leeds ", "E08000035"),
        ("Bristol", "E06000023"),
        ("Edinburgh", "S12000036"),
        ("St Helens", "E08000013"),
        ("Caerdydd", "W06000015"),
        ("London", "E12000007"),
        ("North West", "E12000002"),
        ("West Yorkshire", "E54000054"),
        ("Somerset", "E06000066"),
        ("Highland", "S12000017"),
        ("NHS Highland", "S08000022"),
        ("Lothian", "S08000024"),
        ("England", "E92000001"),
        ("UK", "K02000001"),
        ("shsct", "SHSCT"),
    ],
)
def test_a_name_in_common_use_is_understood(asked: str, code: str) -> None:
    assert [area.code for area in resolve(asked).areas] == [code]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("E06000028", ["E06000058"]),
        ("E07000190", ["E06000066"]),
        ("E10000006", ["E06000063", "E06000064"]),
        ("S12000046", ["S12000049"]),
        ("E08000038", ["E08000016"]),
        ("E10000023", ["E06000065"]),
    ],
)
def test_an_old_or_newer_code_leads_to_the_code_in_use_with_a_note(
    old: str, new: list[str]
) -> None:
    found = resolve(old)

    assert [area.code for area in found.areas] == new
    assert f"{old} (" in found.notes[0]
    assert "is recoded to" in found.notes[0]


def test_an_abolished_name_leads_to_what_took_its_place() -> None:
    assert [area.name for area in resolve("Cumbria").areas] == [
        "Cumberland",
        "Westmorland and Furness",
    ]
    assert [area.name for area in resolve("Aylesbury Vale").areas] == ["Buckinghamshire"]


def test_a_name_of_several_areas_lists_them_with_their_codes() -> None:
    with pytest.raises(AreaNameError, match="could be") as error:
        resolve("Newcastle")

    assert "Newcastle upon Tyne (E08000021)" in str(error.value)
    assert "Newcastle-under-Lyme (E07000195)" in str(error.value)


def test_a_misspelt_name_is_met_with_the_nearest() -> None:
    with pytest.raises(AreaNameError, match=r"did you mean Ceredigion \(W06000008\)"):
        resolve("Ceredigon")


@pytest.mark.parametrize("asked", ["Atlantis zzzz", "", "E06000999", "JE0000001"])
def test_what_is_no_area_is_refused(asked: str) -> None:
    with pytest.raises(AreaNameError):
        resolve(asked)


def test_a_code_without_data_says_so() -> None:
    with pytest.raises(AreaNameError, match="E06000999: no data are held"):
        resolve("E06000999")


def test_the_nations_districts_make_up_the_uk() -> None:
    parts = [membership(area.code) for area in HELD.of_type(AreaType.COUNTRY)]

    assert sum(len(part) for part in parts) == len(membership("K02000001")) == 361


def test_each_districts_shares_in_boards_sum_to_one() -> None:
    boards = {area.code for area in HELD.of_type(AreaType.ICB)}
    for lad, within in HELD.icb_shares.items():
        shares = [share for code, share in within.items() if code in boards]
        assert sum(shares) == pytest.approx(1, abs=1e-3), lad


def test_every_area_is_made_of_districts() -> None:
    assert [code for code in HELD.by_code if not membership(code)] == []


def test_a_split_district_belongs_in_part() -> None:
    assert 0 < membership("E54000023")["E07000244"] < 1


def test_a_table_without_a_column_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(TableError, match="no column c, d"):
        list(rows_of(path, needs=("a", "c", "d")))


def test_an_empty_cell_is_not_available() -> None:
    assert (number(""), whole(" "), whole("12")) == (None, None, 12)
