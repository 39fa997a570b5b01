"""The handbook builds without a warning and leaves no picture, command, page or ability out."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from nestling.accounts.roles import ABILITIES, Ability, Role
from nestling.cli import COMMANDS
from tests.docs.told import ABILITY_WORDS, ROOMS, TOLD

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
HANDBOOK = DOCS / "handbook"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_the_website_builds_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]

    built = subprocess.run(  # noqa: S603 - our own documents
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert built.returncode == 0, built.stderr
    assert (tmp_path / "handbook" / "practitioner" / "index.html").exists()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_picture_that_a_page_names_is_there(page: Path) -> None:
    wanted = IMAGE.findall(page.read_text(encoding="utf-8"))

    missing = [image for image in wanted if not (page.parent / image).is_file()]

    assert missing == []


def test_every_picture_that_the_tool_takes_is_light_and_on_a_page() -> None:
    screenshots = tool("screenshots")
    shown = {Path(image).name for page in PAGES for image in IMAGE.findall(page.read_text("utf-8"))}

    for shot in screenshots.SHOTS:
        picture = DOCS / "images" / f"{shot.name}.png"
        assert picture.stat().st_size <= screenshots.LARGEST_BYTES, shot.name
        assert picture.name in shown, f"{picture.name} is on no page"


def test_every_reader_has_a_first_page() -> None:
    readers = [folder for folder in HANDBOOK.iterdir() if folder.is_dir()]

    assert len(readers) == 7
    assert [reader.name for reader in readers if not (reader / "index.md").exists()] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_operators_table(name: str) -> None:
    assert f"| `nestling {name}` |" in (HANDBOOK / "operator" / "index.md").read_text("utf-8")


def names_of_pages() -> set[str]:
    """The names of all pages of the rooms that keep records."""
    groups = get_resolver().url_patterns
    return {
        f"{room}:{pattern.name}"
        for group in groups
        if isinstance(group, URLResolver) and (room := str(group.namespace)) in ROOMS
        for pattern in leaves(group)
    }


def leaves(group: URLResolver) -> Iterator[URLPattern]:
    """The addresses of a group and of the groups in it."""
    for pattern in group.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from leaves(pattern)
        else:
            yield pattern


def test_every_page_of_the_service_is_told_of() -> None:
    assert set(TOLD) == names_of_pages()


@pytest.mark.parametrize("page", sorted(TOLD))
def test_the_handbook_says_the_words(page: str) -> None:
    place, words = TOLD[page]

    assert words in " ".join((HANDBOOK / place).read_text("utf-8").split())


def test_the_table_of_roles_is_the_one_that_the_code_reads() -> None:
    text = (HANDBOOK / "information-governance" / "what-each-role-sees.md").read_text("utf-8")
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    head, *rows = [[cell.strip() for cell in line] for line in lines]

    told = {
        row[0]: {role for role, cell in zip(head[1:], row[1:], strict=True) if cell} for row in rows
    }

    assert head[1:] == [role.label for role in Role]
    assert told == {
        ABILITY_WORDS[ability]: {role.label for role in Role if ability in ABILITIES[role]}
        for ability in Ability
    }


def test_generated_pages_are_fresh(tmp_path: Path) -> None:
    tool("generate_docs").main(tmp_path)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]

    stale = [
        str(path.relative_to(tmp_path))
        for path in written
        if path.read_bytes() != held(DOCS / path.relative_to(tmp_path))
    ]

    assert written
    assert stale == [], "run `make docs`"


def held(path: Path) -> bytes:
    """What the repository holds of a page; nothing where it holds none."""
    return path.read_bytes() if path.exists() else b""
