"""Where claims are used: in pages, templates, reference data and the words of reports."""

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: `[claim E012]`, `[finding X20, X52]`, `[contradiction C05]`: what a figure rests on.
REFERENCE = re.compile(r"\[(claim|finding|contradiction)s? ([ECX]\d{2,3}(?:, ?[ECX]\d{2,3})*)\]")
#: In reference data a key may name claims: `claim: E112`, `claims: [E111, E112]`.
KEY = re.compile(
    r"\b(?:claims?|findings?|contradictions?):\s*(\[[^\]]*\]|[ECX]\d{2,3}(?:, ?[ECX]\d{2,3})*)"
)
#: In the words of a report a figure of the register stands for itself: `{E112}`, `{X20.3}`.
PLACED = re.compile(r"\{([EX]\d{2,3})(?:\.\d+)?(?::\w+)?\}")
IDENTIFIER = re.compile(r"\b[ECX]\d{2,3}\b")
GENERATED = "<!-- generated"
TEXTS = {".md", ".jinja", ".html", ".yaml", ".csv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One place that names a claim, finding or contradiction."""

    identifier: str
    place: str


def references(text: str) -> list[str]:
    """Every identifier that a text refers to, in order.

    >>> references("seen in 42% of areas [claim E002], see [contradiction C05]")
    ['E002', 'C05']
    """
    return [
        identifier
        for match in REFERENCE.finditer(text)
        for identifier in IDENTIFIER.findall(match.group(2))
    ]


def references_in(text: str, *, suffix: str) -> list[str]:
    """The references of a file; data files may name claims by a key or place them."""
    found = references(text)
    if suffix == ".yaml":
        found += [i for match in KEY.finditer(text) for i in IDENTIFIER.findall(match.group(1))]
        found += PLACED.findall(text)
    return found


def uses(roots: "Sequence[Path]") -> "Iterable[Use]":
    """Every use below some folders; the register itself and generated pages do not count."""
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.suffix not in TEXTS or "claims" in path.relative_to(root).parts:
                continue
            yield from uses_in(path, root=root)


def uses_in(path: Path, *, root: Path) -> "Iterable[Use]":
    """The uses in one file, named by its place below the root's parent."""
    text = path.read_text("utf-8")
    if text.startswith(GENERATED):
        return
    place = path.relative_to(root.parent).as_posix()
    for identifier in references_in(text, suffix=path.suffix):
        yield Use(identifier=identifier, place=place)


def own_roots() -> list[Path]:
    """The installed package and, in a checkout, the handbook beside it."""
    package = Path(str(files("nestling")))
    handbook = package.parent.parent / "docs"
    return [package, *([handbook] if handbook.is_dir() else [])]
