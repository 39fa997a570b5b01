"""What is stored of a release, and what never is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nestling.access_figures import services
from nestling.access_figures.models import PublishedRow, Release, WaterfallStep
from nestling.access_figures.packing import packed, practice_pack, read_pack
from nestling.foundation.models import AuditEvent
from tests.factories.access_figures import END, figure, small_pack

ON = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


def test_rows_that_differ_in_age_alone_become_one_line() -> None:
    release = services.store_release(small_pack(), on=ON, by=None)

    line = release.rows.get(measure="children_ge1", breakdown="country", period_end=END)
    assert line.cells["0-1"] == ["4185", ""]
    assert set(line.cells) == {"0", "1", "2", "0-1", "0-2"}


def test_a_hidden_cell_is_stored_as_hidden_and_never_as_a_number() -> None:
    release = services.store_release(small_pack(), on=ON, by=None)

    line = release.rows.get(measure="children_ge1", code="QJK")
    assert {shown for shown, _note in line.cells.values()} == {"*"}


@pytest.mark.database
def test_a_table_with_exact_values_is_refused_and_nothing_is_stored() -> None:
    exact = figure("children_ge2", END, ("icb", "QWO"), "0", "3").replace(",0,,3,", ",0,3,3,")

    with pytest.raises(services.NotPublishedError):
        services.store_release(small_pack(rows=(exact,)), on=ON, by=None)

    assert not Release.objects.exists()
    assert not PublishedRow.objects.exists()


def test_storing_a_release_leaves_an_audit_event() -> None:
    release = services.store_release(small_pack(), on=ON, by=None)

    assert AuditEvent.objects.get(record_id=release.pk).action == "release_stored"


def test_a_group_stands_beside_the_areas_and_the_first_table_speaks_for_england() -> None:
    by_sex = (
        "measure,period_start,period_end,geography_type,geography,age,sex,value,shown,note\n"
        "children_ge1,2025-01-01,2025-12-31,country,England,0,all,,9999,\n"
        "children_ge1,2025-01-01,2025-12-31,country,England,0,2,,1000,\n"
    )
    pack = small_pack()

    release = services.store_release(replace(pack, figures=(*pack.figures, by_sex)), on=ON, by=None)

    assert release.rows.get(breakdown="sex", code="2").cells == {"0": ["1000", ""]}
    england = release.rows.get(measure="children_ge1", breakdown="country", period_end=END)
    assert england.cells["0"] == ["2125", ""]


def test_the_steps_of_a_waterfall_keep_lost_and_left_by_age() -> None:
    release = services.store_release(small_pack(), on=ON, by=None)

    step = release.steps.get(number=1)
    assert step.cells == {age: ["4000", "5000"] for age in ("0", "1", "2")}


def test_the_practice_release_is_stored_once_and_says_that_it_is_made_up() -> None:
    first = services.load_practice_release(on=ON)
    second = services.load_practice_release(on=ON)

    assert first == second
    assert first.is_made_up
    assert first.is_practice
    assert PublishedRow.objects.filter(release=first).exists()
    assert WaterfallStep.objects.filter(release=first).exists()


def test_the_practice_release_holds_no_exact_value_and_some_hidden_ones() -> None:
    pack = practice_pack()

    lines = [line for text in pack.figures for line in services.lines_of(text)]

    assert any("*" in [shown for shown, _note in line.cells.values()] for line in lines)


def test_every_shown_count_of_the_practice_release_is_hidden_or_rounded() -> None:
    pack = practice_pack()

    counts = [
        int(shown)
        for text in pack.figures
        for line in services.lines_of(text)
        if line.measure.startswith(("children_", "referrals_"))
        for shown, _note in line.cells.values()
        if shown != "*"
    ]

    assert counts
    assert all(count % 5 == 0 for count in counts)


def test_the_practice_release_shows_england_under_three_and_by_month() -> None:
    pack = practice_pack()

    lines = [line for text in pack.figures for line in services.lines_of(text)]

    england = [
        line.cells[age][0]
        for line in lines
        if (line.measure, line.breakdown) == ("children_ge1", "country")
        for age in ("0", "1", "2", "0-2")
    ]
    assert england
    assert "*" not in england
    assert {line.measure for line in lines if line.breakdown == "months"} >= {"children_ge1"}


def test_a_release_is_the_same_after_it_was_kept_in_files(tmp_path: Path) -> None:
    pack = small_pack(made_up=True)

    for name, content in packed(pack).items():
        (tmp_path / name).write_bytes(content)

    assert read_pack(tmp_path) == pack
