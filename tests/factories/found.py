"""The factory of a model, found among all of them."""

from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from typing import Any

from django.db import models
from factory.django import DjangoModelFactory


def factory_of(model: type[models.Model]) -> type[DjangoModelFactory[Any]]:
    """The factory that makes rows of a model.

    Raises:
        LookupError: there is none, so what is asked of every table cannot be tried on this one.
    """
    for file in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        for _, made in getmembers(import_module(f"tests.factories.{file.stem}"), isclass):
            if issubclass(made, DjangoModelFactory) and made._meta.model is model:
                return made
    raise LookupError(f"{model._meta.label} has no factory")
