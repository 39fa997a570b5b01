"""How the rows of each table lead to their organisation, found from the models themselves.

A table has its own organisation, or a team, or hangs on a row that has; what reflection cannot
tell is declared here. A model for which neither says anything is a fault: a test fails on it, and
the policies refuse to be made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import connection, models

FREE: dict[str, str] = {
    "accounts.organisation": "the name of an organisation; known before one is set",
    "accounts.team": "the public form offers the teams; known before an organisation is set",
    "accounts.user": "signing in comes before an organisation is known; staff, no family",
    "accounts.membership": "what a member of staff may do; no family",
    "accounts.user_groups": "Django's own groups, which are not used",
    "accounts.user_user_permissions": "Django's own permissions, which are not used",
    "foundation.usedkey": "a number used once, and where its form led, sealed; visitors use it too",
    "staff.practitioner": "facts about staff; no family",
    "staff.leave": "facts about staff; no family",
    "staff.certificate": "facts about staff; no family",
    "access_figures.release": "published counts, the same for everyone",
    "access_figures.publishedrow": "published counts, the same for everyone",
    "access_figures.waterfallstep": "published counts, the same for everyone",
}
"""Models of Nestling that hold nothing about a family, and why."""

OTHERS_FREE = frozenset(
    {"account", "auth", "contenttypes", "mfa", "sessions", "socialaccount", "usersessions"}
)
"""Apps of the libraries: sign-in, sessions and names of tables."""

BY_FIELD: dict[str, str] = {}
"""Models whose way begins at a field that reflection would not choose."""

LOGS = frozenset({"foundation.auditevent", "foundation.accesslogentry"})
"""Logs: a row may name no organisation of its own; see `policies`."""


class Way(StrEnum):
    """How a row leads to its organisation."""

    ORGANISATION = "organisation"
    """It names the organisation."""
    TEAM = "team"
    """It names a team of the organisation."""
    PARENT = "parent"
    """It hangs on a row that has a way."""
    USER = "user"
    """It is someone's own: it belongs to the organisation of a member of staff."""
    LOG = "log"
    """It is a row of a log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The way of one model and the field at which it begins."""

    model: type[models.Model]
    way: Way
    column: str
    parent: type[models.Model] | None = None


class NoPathError(LookupError):
    """A model that neither is declared free of families nor leads to an organisation."""

    def __init__(self, model: type[models.Model]) -> None:
        """Name the model."""
        super().__init__(f"{model._meta.label} leads to no organisation and is not declared free")


def is_free(model: type[models.Model]) -> bool:
    """Whether a model is declared to hold nothing about a family."""
    return model._meta.label_lower in FREE or model._meta.app_label in OTHERS_FREE


def walled_models() -> list[type[models.Model]]:
    """Every stored model that is not declared free, by reflection."""
    found = apps.get_models(include_auto_created=True)
    return [one for one in found if one._meta.managed and not one._meta.proxy and not is_free(one)]


def path_of(model: type[models.Model]) -> Path:
    """The way from a model's rows to their organisation.

    Raises:
        NoPathError: there is none.
    """
    if model._meta.label_lower in LOGS:
        return Path(model=model, way=Way.LOG, column="organisation_id")
    path = next(_paths(model), None)
    if path is None:
        raise NoPathError(model)
    return path


def references(model: type[models.Model]) -> Iterator[Path]:
    """Each field of a model that names a team, an organisation or a walled row."""
    for field in model._meta.concrete_fields:
        target = field.related_model
        if not isinstance(target, type):
            continue
        way = _way_by(target)
        if way is not None and way is not Way.USER:
            yield Path(model=model, way=way, column=field.column, parent=target)


def _paths(model: type[models.Model]) -> Iterator[Path]:
    """The ways of a model, best first."""
    declared = BY_FIELD.get(model._meta.label_lower)
    fields = sorted(model._meta.concrete_fields, key=lambda field: field.name != declared)
    if declared is None:
        yield from _own(model)
    for field in fields:
        target = field.related_model
        if not isinstance(target, type) or target is model or (field.null and not declared):
            continue
        way = _way_by(target)
        if way is not None and (way is not Way.USER or field.name == "user"):
            yield Path(model=model, way=way, column=field.column, parent=target)


def _own(model: type[models.Model]) -> Iterator[Path]:
    """The ways by a column of the model's own: an organisation first, then a team."""
    columns = {field.column: field for field in model._meta.concrete_fields}
    for column, way in (("organisation_id", Way.ORGANISATION), ("team_id", Way.TEAM)):
        if column in columns:
            yield Path(model=model, way=way, column=column)


def _way_by(target: type[models.Model]) -> Way | None:
    named = {
        "accounts.organisation": Way.ORGANISATION,
        "accounts.team": Way.TEAM,
        "accounts.user": Way.USER,
    }
    label = target._meta.label_lower
    return named.get(label) or (None if is_free(target) else Way.PARENT)


def quoted(model: type[models.Model]) -> str:
    """The name of a model's table, as SQL takes it."""
    return quote(model._meta.db_table)


def quote(name: str) -> str:
    """A name as SQL takes it."""
    return connection.ops.quote_name(name)
