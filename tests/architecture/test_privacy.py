"""Every stored field says what it may give away, and sealed means encrypted."""

import pytest
from django.apps import apps
from django.db import models

from nestling.foundation.privacy import Privacy, PrivacyNotDeclaredError, privacy_of
from nestling.foundation.sealing import SealedTextField

OWN = [model for model in apps.get_models() if model.__module__.startswith("nestling.")]
FIELDS = [
    pytest.param(model, field, id=f"{model.__name__}.{field.name}")
    for model in OWN
    for field in model._meta.concrete_fields
]


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_every_field_has_a_privacy_class(
    model: type[models.Model], field: "models.Field[object, object]"
) -> None:
    assert privacy_of(model, field.name) in Privacy


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_a_field_is_sealed_exactly_when_it_is_encrypted(
    model: type[models.Model], field: "models.Field[object, object]"
) -> None:
    declared_sealed = privacy_of(model, field.name) is Privacy.SEALED

    assert declared_sealed == isinstance(field, SealedTextField)


def test_no_privacy_class_names_a_field_that_does_not_exist() -> None:
    unknown = [
        f"{model.__name__}.{name}"
        for model in OWN
        for name in vars(model).get("privacy", {})
        if name not in {field.name for field in model._meta.concrete_fields}
    ]

    assert unknown == []


def test_a_missing_privacy_class_is_an_error() -> None:
    with pytest.raises(PrivacyNotDeclaredError):
        privacy_of(OWN[0], "no_such_field")
