"""What holds for every table: relations point down the house, and signatures are whole."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

ROOT = Path(__file__).parent.parent.parent
OWN = [model for model in apps.get_models() if model.__module__.startswith("nestling.")]


def levels() -> dict[str, int]:
    """The height of each room, from the contract that import-linter holds."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    house = pyproject["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        room.strip(): height
        for height, line in enumerate(reversed(house))
        for room in line.split("|")
    }


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_no_relation_points_upwards() -> None:
    height = levels()
    upwards = [
        f"{model.__name__}.{field.name}"
        for model in OWN
        for field in model._meta.concrete_fields
        if (target := field.related_model)
        and isinstance(target, type)
        and target.__module__.startswith("nestling.")
        and height[room_of(target)] > height[room_of(model)]
    ]

    assert upwards == []


PAIRS = [
    pytest.param(model, who, who.removesuffix("_by") + "_on", id=f"{model.__name__}.{who}")
    for model in OWN
    for who in (field.name for field in model._meta.concrete_fields)
    if who.endswith("_by")
    and who.removesuffix("_by") + "_on" in {field.name for field in model._meta.concrete_fields}
]


@pytest.mark.parametrize(("model", "who", "when"), PAIRS)
def test_who_and_when_stand_together(model: type[models.Model], who: str, when: str) -> None:
    optional = {
        name
        for name in (who, when)
        if model._meta.get_field(name).null  # type: ignore[union-attr]
    }
    constraints = [
        str(constraint.condition)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    ]

    held = any(who in condition and when in condition for condition in constraints)

    # One of them always said means that only the public, or Nestling itself, can be the other.
    assert optional != {who, when} or held


def test_every_who_and_when_was_found() -> None:
    assert len(PAIRS) >= 5


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
