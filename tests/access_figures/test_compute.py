"""A made-up extract goes in; published tables come out, and no record is stored."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from nestling.access_figures import compute
from nestling.access_figures.models import PublishedRow, Release, WaterfallStep
from nestling.analytics.synthetic import Demo, write_demo

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A very small made-up extract."""
    folder = tmp_path_factory.mktemp("extract")
    write_demo(Demo(referrals=400), folder, step=lambda _words: None)
    return folder


def test_the_command_stores_published_tables_and_says_each_step(extract: Path) -> None:
    out, steps = StringIO(), StringIO()

    call_command(
        "access_release",
        str(extract),
        until="2025-12-31",
        areas="",
        stdout=out,
        stderr=steps,
    )

    release = Release.objects.get()
    assert release.is_made_up
    assert PublishedRow.objects.filter(release=release, measure="children_ge1").exists()
    assert "Stored: Made-up practice data" in out.getvalue()
    assert "… reading the tables" in steps.getvalue()
    assert WaterfallStep.objects.exists() or release.about["left_out"]


def test_a_folder_that_is_no_extract_is_refused_with_its_faults(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as fault:
        call_command("access_release", str(tmp_path), until="2025-12-31")

    assert fault.value.returncode == 2
    assert not Release.objects.exists()


def test_without_a_folder_the_command_says_how_to_name_one() -> None:
    with pytest.raises(CommandError, match="NESTLING_EXTRACT_DIR"):
        call_command("access_release", until="2025-12-31")


def test_figures_without_disclosure_control_are_never_stored(extract: Path) -> None:
    wanted = compute.Wanted(folder=extract, until="2025-12-31", disclosure="none")

    with pytest.raises(compute.NotForPagesError):
        compute.compute(wanted, step=lambda _words: None)
