"""Reads the register's files, checks them against each other and keeps them in memory."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from nestling.reference.claims.rows import (
    Arithmetic,
    Claim,
    Construct,
    Contradiction,
    Document,
    Finding,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

R = TypeVar("R", Claim, Construct, Contradiction, Document, Finding, Source)


class RegisterError(ValueError):
    """The register's files do not agree with each other: one line a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Every claim, contradiction and outside finding, by id and in the order of the files."""

    claims: dict[str, Claim]
    contradictions: dict[str, Contradiction]
    findings: dict[str, Finding]
    documents: dict[str, Document]
    sources: dict[str, Source]
    constructs: dict[str, Construct]
    arithmetic: Arithmetic

    def knows(self, identifier: str) -> bool:
        """Whether a claim, contradiction or finding has this id."""
        return (
            identifier in self.claims
            or identifier in self.contradictions
            or identifier in self.findings
        )

    def contradictions_of(self, identifier: str) -> list[Contradiction]:
        """The contradictions that a claim or finding takes part in."""
        return [
            row
            for row in self.contradictions.values()
            if any(identifier in (*side.claims, *side.findings) for side in row.sides)
        ]

    def measuring(self, measure: str) -> list[Claim]:
        """The claims that count one thing, in the order of their ids."""
        return [claim for claim in self.claims.values() if claim.measure == measure]


@cache
def register() -> Register:
    """The register that is shipped with Nestling."""
    loaded = Register(
        claims=by_id(Claim, "claims"),
        contradictions=by_id(Contradiction, "contradictions"),
        findings=by_id(Finding, "findings"),
        documents=by_id(Document, "documents"),
        sources=by_id(Source, "sources"),
        constructs=by_id(Construct, "constructs"),
        arithmetic=Arithmetic.model_validate(read("arithmetic")),
    )
    if faults := list(broken_links(loaded)):
        raise RegisterError("\n".join(faults))
    return loaded


def read(name: str) -> Any:
    """What a data file holds, unchecked."""
    text = files("nestling.reference.claims").joinpath(f"{name}.yaml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader, the fast one where there is one


def by_id(kind: type[R], name: str) -> dict[str, R]:
    """The rows of one file by their ids; an id given twice is refused."""
    found: dict[str, R] = {}
    for raw in read(name):
        row = kind.model_validate(raw)
        if row.id in found:
            raise RegisterError(f"{name}: {row.id} is given twice")
        found[row.id] = row
    return found


def broken_links(reg: Register) -> "Iterable[str]":
    """Each reference from one file to a row of another that is not there."""
    for claim in reg.claims.values():
        yield from missing(claim.id, [claim.document], reg.documents)
        yield from missing(claim.id, [claim.rests_on], reg.sources)
        yield from missing(claim.id, claim.contradictions, reg.contradictions)
        yield from missing(claim.id, [claim.construct_id], reg.constructs)
    for row in reg.contradictions.values():
        for side in row.sides:
            yield from missing(row.id, side.claims, reg.claims)
            yield from missing(row.id, side.findings, reg.findings)
        yield from missing(row.id, row.prefer, reg.claims)


def missing(owner: str, wanted: "Iterable[str | None]", known: "dict[str, Any]") -> "Iterable[str]":
    """One line for each id that is asked for and not known."""
    for identifier in wanted:
        if identifier is not None and identifier not in known:
            yield f"{owner} names {identifier}, which is not in the register"
