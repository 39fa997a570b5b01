"""A report as plain values that JSON keeps, and back again: what was built stays as built."""

from dataclasses import fields, is_dataclass
from typing import Any

from nestling.evidence.report import model
from nestling.science.figures import Figure, FigureSource, Interval, SourceKind

#: The parts that a stored report may hold, by the name under which each is kept.
PARTS: dict[str, type[Any]] = {
    part.__name__: part
    for part in (
        *(model.Report, model.Section, model.Note, model.Reference),
        *(model.Paragraph, model.Bullets, model.Aside, model.Table, model.Picture),
        *(model.KeyFigures, model.Words, model.Number, model.Mark),
        *(Figure, FigureSource, Interval),
    )
}
NAME = "part"


class StoredReportError(ValueError):
    """What was stored is no report that this version of Nestling can read."""


def to_plain(value: Any) -> Any:
    """A report, or a part of one, as dictionaries, lists, words and numbers."""
    if is_dataclass(value) and not isinstance(value, type):
        held = {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
        return {NAME: type(value).__name__, **held}
    if isinstance(value, tuple):
        return [to_plain(one) for one in value]
    return value.value if isinstance(value, SourceKind) else value


def from_plain(value: Any) -> Any:
    """What `to_plain` was given.

    Raises `StoredReportError` for a part that is not known.
    """
    if isinstance(value, list):
        return tuple(from_plain(one) for one in value)
    if not isinstance(value, dict):
        return value
    held = {name: from_plain(one) for name, one in value.items() if name != NAME}
    part = PARTS.get(value.get(NAME, ""))
    if part is None:
        raise StoredReportError(f"a report has no part called {value.get(NAME)!r}")
    if part is FigureSource:
        held["kind"] = SourceKind(held["kind"])
    try:
        return part(**held)
    except TypeError as error:
        raise StoredReportError(f"{part.__name__}: {error}") from error


def report_from(value: Any) -> model.Report:
    """A stored report. Raises `StoredReportError` for anything else."""
    found = from_plain(value)
    if not isinstance(found, model.Report):
        raise StoredReportError("what was stored is not a report")
    return found
