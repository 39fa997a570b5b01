"""The design system and htmx as they are kept in the package."""

import hashlib
import importlib.metadata
import json
import re
import runpy
from pathlib import Path

import nestling.ui

VENDOR = Path(nestling.ui.__file__).parent / "static" / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
TEXTS = {
    path.relative_to(VENDOR).as_posix(): path.read_text(encoding="utf-8")
    for path in VENDOR.rglob("*")
    if path.suffix in {".css", ".js", ".svg"}
}
# An XML name, which nothing fetches.
NAMESPACE = "http://www.w3.org/2000/svg"


def test_every_vendored_file_is_the_one_that_was_vendored() -> None:
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }

    assert found == MANIFEST["sha256"]


def test_the_templates_are_those_written_for_the_stylesheet() -> None:
    installed = importlib.metadata.version("nhsuk-frontend-jinja")

    assert (
        MANIFEST["versions"]["nhsuk-frontend-jinja"],
        MANIFEST["versions"]["nhsuk-frontend"],
    ) == (
        installed,
        "10.6.1",
    )
    assert '--nhsuk-frontend-version:"10.6.1"' in TEXTS["nhsuk/nhsuk-frontend.min.css"]


def test_nothing_vendored_has_a_remote_address() -> None:
    addresses = {
        (name, address)
        for name, text in TEXTS.items()
        for address in re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z][^\s\"')]*", text)
        if address != NAMESPACE
    }

    assert addresses == set()


def test_no_font_source_map_or_absolute_address_is_left_in_the_stylesheet() -> None:
    css = TEXTS["nhsuk/nhsuk-frontend.min.css"]

    assert not re.search(r"@font-face|Frutiger|sourceMappingURL|url\(/", css)
    for address in re.findall(r"url\((?!data:)([^)]+)\)", css):
        assert (VENDOR / "nhsuk" / address.strip("\"'")).is_file()


def test_the_tool_leaves_only_the_stylesheets_own_folder() -> None:
    css = (
        "@font-face{font-family:Frutiger W01;src:url(https://assets.nhs.uk/f.woff2)}"
        "a{font-family:Frutiger W01,Arial;background:url(/assets/images/x.svg)}"
        "\n/*# sourceMappingURL=x.css.map */"
    )

    tool = runpy.run_path(str(VENDOR.parents[4] / "tools" / "vendor_nhsuk.py"))

    assert tool["safe_css"](css) == "a{font-family:Arial;background:url(assets/images/x.svg)}"


def test_no_logo_is_kept() -> None:
    names = {path.name for path in VENDOR.rglob("*") if path.suffix in {".svg", ".png", ".ico"}}

    assert names == {
        "nhsuk-icon-arrow-down.svg",
        "nhsuk-icon-arrow-up-down.svg",
        "nhsuk-icon-arrow-up.svg",
        "nhsuk-icon-cross.svg",
    }


def test_both_licences_are_kept() -> None:
    assert (VENDOR / "nhsuk" / "LICENSE.txt").is_file()
    assert (VENDOR / "htmx" / "LICENSE.txt").is_file()
