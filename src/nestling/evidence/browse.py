"""Finding claims in the register, and where each is used."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from nestling.evidence.listing import matching
from nestling.evidence.uses import Use, own_roots, uses

if TYPE_CHECKING:
    from datetime import date

    from nestling.reference.claims import Claim, Register

#: What a claim's quality begins with, and how the group is called.
QUALITIES = {
    "own data": "The source's own data",
    "cited": "Cites another source",
    "uncited": "Cites nothing",
    "stated": "Stated",
    "other": "Something is wrong or unclear",
}
OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """What a reader looks for; what is empty lets every claim through."""

    word: str = ""
    document: str = ""
    construct: str = ""
    kind: str = ""
    quality: str = ""
    past_review: bool = False
    contradicted: bool = False


def quality_group(quality: str) -> str:
    """The group of a quality by how it begins.

    >>> quality_group("cited; single study"), quality_group("contradicts itself")
    ('cited', 'other')
    """
    return next((group for group in QUALITIES if quality.startswith(group)), OTHER)


def claims_found(reg: "Register", wanted: ClaimFilter, *, on: "date") -> "list[Claim]":
    """The claims that pass every filter, in the order of the register."""
    found = matching(
        reg.claims.values(),
        kind=wanted.kind or None,
        document=wanted.document or None,
        word=wanted.word or None,
    )
    return [claim for claim in found if _passes(reg, claim, wanted, on=on)]


def _passes(reg: "Register", claim: "Claim", wanted: ClaimFilter, *, on: "date") -> bool:
    return (
        wanted.construct in ("", claim.construct_id)
        and wanted.quality in ("", quality_group(claim.quality))
        and (not wanted.past_review or is_past_review(reg, claim, on=on))
        and (not wanted.contradicted or bool(reg.contradictions_of(claim.id)))
    )


def is_past_review(reg: "Register", claim: "Claim", *, on: "date") -> bool:
    """Whether a claim's document was due to be looked at again before a day."""
    return reg.documents[claim.document].review_by < on


@cache
def every_use() -> tuple[Use, ...]:
    """Every use in the package and its handbook, read once: neither changes while it runs."""
    return tuple(uses(own_roots()))


@cache
def places() -> dict[str, tuple[str, ...]]:
    """Where each claim, finding and contradiction is used."""
    found: dict[str, set[str]] = defaultdict(set)
    for use in every_use():
        found[use.identifier].add(use.place)
    return {identifier: tuple(sorted(named)) for identifier, named in found.items()}
