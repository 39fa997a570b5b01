"""What each stored field may give away about a person, said for every field of every model.

A model says it in ``privacy``; a test fails where a field is missing. Exports, logs and the
audit trail read the class, so the rule is written once.
"""

from enum import StrEnum

from django.db import models


class Privacy(StrEnum):
    """How a field must be handled."""

    IDENTIFIES = "identifies"
    """Says who a person is: name, number, birth date, address."""
    SENSITIVE = "sensitive"
    """Says something about a person's life or health; plain in the database."""
    SEALED = "sealed"
    """Encrypted in the database, the audit trail, drafts and the outbox."""
    OPERATIONAL = "operational"
    """Runs the service and says nothing about a family by itself."""


class PrivacyNotDeclaredError(LookupError):
    """A field without a privacy class: the model must declare it."""


def privacy_of(model: type[models.Model], field_name: str) -> Privacy:
    """The privacy class that a model, or one of its abstract parents, declares for a field."""
    for parent in model.__mro__:
        declared = vars(parent).get("privacy", {})
        if field_name in declared:
            return Privacy(declared[field_name])
    raise PrivacyNotDeclaredError(f"{model.__name__}.{field_name} has no privacy class")


def operational(*names: str) -> dict[str, Privacy]:
    """Fields that say nothing about a family by themselves."""
    return dict.fromkeys(names, Privacy.OPERATIONAL)


def identifies(*names: str) -> dict[str, Privacy]:
    """Fields that say who a person is."""
    return dict.fromkeys(names, Privacy.IDENTIFIES)


def sensitive(*names: str) -> dict[str, Privacy]:
    """Fields that say something about a person's life or health."""
    return dict.fromkeys(names, Privacy.SENSITIVE)


def sealed(*names: str) -> dict[str, Privacy]:
    """Fields that are encrypted wherever they are stored."""
    return dict.fromkeys(names, Privacy.SEALED)
