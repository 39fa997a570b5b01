"""What every writer needs: the report's fixed words and its notes by number."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestling.evidence.report.model import Note, Reference, Report

NOTES, REFERENCES, CONTENTS = "Notes", "References", "In this report"
REFERENCES_INTRO = (
    "Each figure leads to a claim of the register, and each claim to the document and line where "
    "it was read. The command nestling evidence show, with a claim's number, prints all that is "
    "known of it."
)


def note_of(report: "Report", number: int) -> "Note":
    """A note by its number; notes count from 1."""
    return report.notes[number - 1]


def reference_words(reference: "Reference") -> str:
    """A reference with the claims that lead to it."""
    kind = "Finding" if reference.claims[0].startswith("X") else "Claim"
    plural = "s" if len(reference.claims) > 1 else ""
    return f"{reference.text}. {kind}{plural} {', '.join(reference.claims)}."
