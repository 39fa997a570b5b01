"""The register of claims: figures, their sources, and where sources disagree."""

from nestling.reference.claims.combine import MixedConstructsError, span
from nestling.reference.claims.loader import Register, register
from nestling.reference.claims.rows import (
    Claim,
    Construct,
    Contradiction,
    Document,
    Finding,
    FoundFigure,
    Side,
    Source,
)
from nestling.reference.claims.values import Value, words_for

__all__ = [
    "Claim",
    "Construct",
    "Contradiction",
    "Document",
    "Finding",
    "FoundFigure",
    "MixedConstructsError",
    "Register",
    "Side",
    "Source",
    "Value",
    "register",
    "span",
    "words_for",
]
