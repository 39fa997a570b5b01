"""The reference pages say what the files say."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from nestling.reference.instruments import instrument, instrument_ids

ROOT = Path(__file__).parent.parent.parent
PAGES = ROOT / "docs" / "reference" / "instruments"


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    path = ROOT / "tools" / "generators" / "instruments.py"
    spec = importlib.util.spec_from_file_location("instrument_pages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_in_the_repository_are_fresh(pages: ModuleType, tmp_path: Path) -> None:
    pages.generate(tmp_path)

    made = sorted((tmp_path / "reference" / "instruments").glob("*.md"))

    assert [path.name for path in made] == sorted(path.name for path in PAGES.glob("*.md"))
    assert [path.name for path in made if path.read_text() != (PAGES / path.name).read_text()] == []


@pytest.mark.parametrize("name", instrument_ids())
def test_a_page_shows_items_key_bands_licence_sources_and_evidence(name: str) -> None:
    measure = instrument(name)
    said = (PAGES / f"{name}.md").read_text(encoding="utf-8")

    assert all(f"| {item.number} | {item.label} |" in said for item in measure.items)
    assert all(f"| `{entry.name}` | {entry.title} |" in said for entry in measure.score_entries())
    bands = [entry.bands for entry in measure.score_entries() if entry.bands]
    assert all(f"| `{step.name}` |" in said for band in bands for step in band.steps)
    assert all(band.source in said for band in bands)
    assert measure.licence.words in said
    assert all(f"- {source}" in said for source in measure.sources)
    assert f"| evidence for the key | {measure.evidence} |" in said
