"""Reference files read so that every fault names its file and line.

A room's loader declares its entries as `Entry` models and calls ``load(path, Model,
checks=[...])``. Whatever is wrong (text that is not YAML, a key twice, a missing or unknown key, a
value of the wrong kind, a rule broken across fields) comes back as one `ReferenceDataError` with
all faults, each as ``file:line: reason``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

#: Where in a document something stands: keys and list positions from the top.
Place = tuple[str | int, ...]
#: A text that says something: not empty, not blank.
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Entry(BaseModel):
    """One thing in a reference file: frozen, and no key that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True, order=True)
class FileFault:
    """One thing that is wrong in a file; lines count from 1."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        """The fault as one plain line: file, line, reason."""
        return f"{self.path.name}:{self.line}: {self.reason}"


class ReferenceDataError(ValueError):
    """A reference file does not say what it must: all its faults, each with file and line."""

    def __init__(self, faults: Iterable[FileFault]) -> None:
        """Keep the faults in the order of the file."""
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML file says, and the line on which each part of it starts."""

    path: Path
    content: object
    lines: dict[Place, int]

    def line_of(self, place: Place) -> int:
        """The line on which a part starts, or the nearest part around it that the file has."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, place: Place, reason: str) -> FileFault:
        """A fault at a place in this file."""
        return FileFault(self.path, self.line_of(place), reason)


EntryType = TypeVar("EntryType", bound=BaseModel)
Content = TypeVar("Content")
#: A rule across fields: yields each place that breaks it, with a plain reason.
Check = Callable[[EntryType], Iterator[tuple[Place, str]]]


def load(
    path: Path, model: type[EntryType], *, checks: Sequence[Check[EntryType]] = ()
) -> EntryType:
    """The one entry that a file holds. Raises `ReferenceDataError` with every fault found."""
    document = read_yaml(path)
    entry = validated(document, TypeAdapter(model))
    faults = [document.fault(place, reason) for check in checks for place, reason in check(entry)]
    if faults:
        raise ReferenceDataError(faults)
    return entry


def validated(document: Document, adapter: "TypeAdapter[Content]") -> Content:
    """A document's content as the type it should have: an entry, or a list or table of entries."""
    try:
        return adapter.validate_python(document.content)
    except ValidationError as error:
        raise ReferenceDataError(
            document.fault(tuple(found["loc"]), in_words(found)) for found in error.errors()
        ) from error


def read_yaml(path: Path) -> Document:
    """A YAML file with the line of each of its parts; numbers with a point are exact decimals."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=ExactLoader)
        lines: dict[Place, int] = {}
        twice = list(walk(node, (), lines)) if node else [(1, "the file is empty")]
        content = None if twice else ExactLoader("").construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = f"this cannot be read as YAML: {error.problem}"
        raise ReferenceDataError([FileFault(path, line, reason)]) from error
    if twice:
        raise ReferenceDataError(FileFault(path, line, reason) for line, reason in twice)
    return Document(path, content, lines)


class ExactLoader(yaml.SafeLoader):
    """YAML without binary floats: 7.70 is the decimal 7.70."""


def _decimal(loader: ExactLoader, node: yaml.ScalarNode) -> Decimal:
    try:
        return Decimal(str(loader.construct_scalar(node)).replace("_", ""))
    except InvalidOperation as error:
        raise yaml.constructor.ConstructorError(
            None, None, f"{node.value} is not a decimal number", node.start_mark
        ) from error


ExactLoader.add_constructor("tag:yaml.org,2002:float", _decimal)


def walk(node: yaml.Node, place: Place, lines: dict[Place, int]) -> Iterator[tuple[int, str]]:
    """Note the line of every part below a node, and yield each key that stands twice."""
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for position, child in enumerate(node.value):
            yield from walk(child, (*place, position), lines)
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            here = (*place, key_of(key))
            if here in lines:
                yield key.start_mark.line + 1, f"“{key.value}” stands twice"
            lines[here] = key.start_mark.line + 1
            yield from walk(child, here, lines)


def key_of(node: yaml.Node) -> str | int:
    """A key as pydantic reports it: whole numbers as numbers, all else as text."""
    is_number = node.tag == "tag:yaml.org,2002:int"
    return int(node.value) if is_number else str(node.value)


def in_words(found: "ErrorDetails") -> str:
    """What pydantic found, as a plain reason that names the key."""
    loc = found["loc"]
    if loc[-1:] == ("source",) and found["type"] in ("missing", "string_too_short"):
        of = ".".join(str(part) for part in loc[:-1]) or "the file"
        return f"“{of}” gives a figure without a source"
    name = ".".join(str(part) for part in loc) or "the file"
    plain = {
        "missing": f"“{name}” is missing",
        "extra_forbidden": f"“{name}” is not a known key",
        "string_too_short": f"“{name}” is blank",
    }
    return plain.get(found["type"], f"“{name}”: {found['msg']}")
