"""What holds for the shape of the code: thin views, short modules, one voice."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent.parent / "src" / "nestling"
MODULES = sorted(
    path
    for path in SOURCE.rglob("*.py")
    if "migrations" not in path.parts and "vendor" not in path.parts
)
VIEWS = [path for path in MODULES if path.name == "views.py" or path.parent.name == "views"]


def named(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def words_of(path: Path) -> Iterator[str]:
    """Every attribute and name that a module uses."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id


@pytest.mark.parametrize("path", VIEWS, ids=named)
def test_a_view_asks_services_and_queries_never_the_database(path: Path) -> None:
    assert not {"objects", "_base_manager", "get_object_or_404"} & set(words_of(path))


def test_the_views_were_found() -> None:
    assert len(VIEWS) >= 5


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


#: Free of Django, so without its clock: a command and a manifest ask the machine's own.
OTHER_CLOCKS = ("foundation/clock.py", "analytics/", "cli/")
SERVICE = [path for path in MODULES if not named(path).startswith(OTHER_CLOCKS)]


@pytest.mark.parametrize("path", SERVICE, ids=named)
def test_the_clock_is_asked_in_one_place(path: Path) -> None:
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }

    assert not calls & {"timezone.now", "date.today", "datetime.now", "timezone.localdate"}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_errors_are_never_caught_blindly(path: Path) -> None:
    caught = {
        ast.unparse(node.type) if node.type else ""
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
    }
    swallowed = {"", "Exception"}

    assert not caught & swallowed
