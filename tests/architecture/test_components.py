"""Every component and layout is documented, shown in the gallery, and free of styles of its own."""

import re
from pathlib import Path

import pytest

import nestling
import nestling.ui
from nestling.ui import components

PACKAGE = Path(nestling.__file__).parent
TEMPLATES = Path(nestling.ui.__file__).parent / "jinja2" / "ui"
ROOT = PACKAGE.parent.parent
GUIDE = (ROOT / "docs" / "reference" / "ui" / "components.md").read_text(encoding="utf-8")
GALLERY = "".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "ui" / "pages").rglob("*.jinja")
)
STYLES = (TEMPLATES.parent.parent / "static" / "ui" / "nestling.css").read_text(encoding="utf-8")
# Macros that another macro draws, or that only some pages of other rooms need.
NOT_SHOWN_ALONE = {
    "tags", "link", "back_link", "notes", "life_ruler", "board_card", "sort_links",
    "other_widget", "field", "fields", "error_summary", "button", "buttons",
}  # fmt: skip


def macros(file: str) -> list[str]:
    text = (TEMPLATES / file).read_text(encoding="utf-8")
    return re.findall(r"{% macro (\w+)\(", text)


ALL = sorted({*macros("components.jinja"), *macros("forms.jinja")})


@pytest.mark.parametrize(
    "name", [name for name in ALL if name not in {"sort_links", "other_widget"}]
)
def test_a_macro_is_in_the_guide(name: str) -> None:
    assert f"{name}(" in GUIDE


@pytest.mark.parametrize("name", [name for name in ALL if name not in NOT_SHOWN_ALONE])
def test_a_macro_is_in_the_gallery_that_axe_sees(name: str) -> None:
    assert f"{name}(" in GALLERY


@pytest.mark.parametrize("name", components.__all__)
def test_what_the_macros_take_is_in_the_guide(name: str) -> None:
    assert name in GUIDE


def test_no_template_of_any_room_has_a_style_of_its_own() -> None:
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.jinja")
        if re.search(r"<style|\sstyle=|\son[a-z]+=\"", path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_every_class_of_ours_that_a_template_uses_is_in_the_stylesheet() -> None:
    used = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.jinja")
        for name in re.findall(r"\bnl-[a-z0-9]+(?:(?:__|--|-)[a-z0-9]+)*", _classes(path))
    }

    assert {one for one in used if f".{one[1]}" not in STYLES} == set()


def _classes(path: Path) -> str:
    return " ".join(re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")))
