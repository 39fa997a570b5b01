"""Every write of the room goes through the audit trail; views hold no query."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

import nestling.people
from tests.factories import people as factories
from tests.factories import protection

ROOM = Path(nestling.people.__file__).parent
WRITES = frozenset(
    {"save", "bulk_create", "bulk_update", "update", "delete", "get_or_create", "update_or_create"}
)


def calls(path: Path) -> Iterator[ast.Attribute]:
    """Every method that a module calls."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func


def is_audit(value: ast.expr) -> bool:
    """Whether a method is the audit trail's."""
    return isinstance(value, ast.Name) and value.id == "audit"


@pytest.mark.parametrize("path", sorted((ROOM / "services").glob("*.py")), ids=lambda p: p.stem)
def test_a_service_stores_nothing_but_through_the_audit_trail(path: Path) -> None:
    # The rows under a seal are one list, audited with its count as the adoption's own event.
    allowed = {"bulk_create"} if path.stem == "sealing" else set()
    direct = [call for call in calls(path) if call.attr in WRITES - allowed]
    creates = [call for call in calls(path) if call.attr == "create" and not is_audit(call.value)]

    assert not direct
    assert not creates


@pytest.mark.parametrize("path", sorted((ROOM / "views").glob("*.py")), ids=lambda p: p.stem)
def test_a_view_holds_no_query(path: Path) -> None:
    source = path.read_text()

    assert ".objects" not in source
    assert "get_object_or_404" not in source


def test_every_model_of_the_room_has_a_factory() -> None:
    made = {
        factory._meta.model
        for factory in (*vars(factories).values(), *vars(protection).values())
        if isinstance(factory, type) and hasattr(factory, "_meta")
    }

    assert set(apps.get_app_config("people").get_models()) <= made


def factories_of_the_room() -> list[Any]:
    """The factories that this room's module declares."""
    found = [one for one in vars(factories).values() if isinstance(one, type)]
    return [one for one in found if one.__module__ == factories.__name__]


@pytest.mark.django_db
@pytest.mark.parametrize("factory", factories_of_the_room(), ids=lambda one: one.__name__)
def test_a_factory_makes_a_row_that_every_constraint_takes(factory: Any) -> None:
    row = factory.create()

    assert type(row)._base_manager.filter(pk=row.pk).exists()
