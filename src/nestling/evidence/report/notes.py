"""Footnotes and references, numbered as figures are used."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nestling.evidence.listing import source_words
from nestling.evidence.report.model import Note, Reference
from nestling.reference.claims import words_for
from nestling.science.figures import FigureSource, SourceKind

if TYPE_CHECKING:
    from nestling.reference.claims import Register


@dataclass(slots=True, kw_only=True)
class Notebook:
    """The notes written so far; within one section a source is noted once."""

    register: "Register"
    notes: list[Note] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    section: str = ""
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def begin(self, section: str) -> None:
        """Start a section: its notes are its own, so that they stand where they are read."""
        self.section = section

    def cite(self, source: FigureSource) -> int:
        """The number of the note for a source in this section."""
        self.used += [key for key in source.keys if key not in self.used]
        address = self.register.findings[source.keys[0]].url if is_finding(source) else ""
        return self.note(source.words, address=address)

    def note(self, text: str, *, address: str = "") -> int:
        """The number of a note with this text, new or written before in this section."""
        key = (self.section, text)
        if key not in self._numbers:
            self._numbers[key] = len(self.notes) + 1
            self.notes.append(Note(number=len(self.notes) + 1, text=text, address=address))
        return self._numbers[key]

    def references(self) -> tuple[Reference, ...]:
        """The works behind every claim and finding that was cited, in the order of the register."""
        found: dict[tuple[str, str], list[str]] = {}
        for identifier in sorted(set(self.used)):
            for work in works(self.register, identifier):
                found.setdefault(work, []).append(identifier)
        return tuple(
            Reference(text=text, address=address, claims=tuple(claims))
            for (text, address), claims in found.items()
        )


def is_finding(source: FigureSource) -> bool:
    """Whether a source is one outside finding, which has an address."""
    return source.kind is SourceKind.FINDING and len(source.keys) == 1


def works(reg: "Register", identifier: str) -> list[tuple[str, str]]:
    """The document and the source of a claim, or the page of a finding, with addresses."""
    if identifier in reg.findings:
        finding = reg.findings[identifier]
        return [(f"{finding.publisher}, public page read as an excerpt", finding.url)]
    if identifier not in reg.claims:
        return []
    claim = reg.claims[identifier]
    document, source = reg.documents[claim.document], reg.sources[claim.rests_on]
    found = [(f"{document.short}", "")]
    if source.cited:
        words = source_words(source.authors, source.title, source.issued)
        found.append((words, f"https://doi.org/{source.doi}" if source.doi else source.url))
    return found


def claim_source(reg: "Register", *identifiers: str) -> FigureSource:
    """The source of a figure taken from the register, in the words of its footnote."""
    words = " ".join(claim_note(reg, identifier) for identifier in identifiers)
    finding = identifiers[0] in reg.findings
    return FigureSource(
        kind=SourceKind.FINDING if finding else SourceKind.CLAIM, keys=identifiers, words=words
    )


def claim_note(reg: "Register", identifier: str) -> str:
    """One claim, finding, contradiction or document in a footnote."""
    if identifier in reg.findings:
        finding = reg.findings[identifier]
        return (
            f"Finding {identifier}: {finding.publisher}; an excerpt was read, not the whole page."
        )
    if identifier in reg.contradictions:
        row = reg.contradictions[identifier]
        return f"Sources disagree ({identifier}, {row.topic[0].lower()}{row.topic[1:]}). {row.why}"
    if identifier in reg.documents:
        return f"{reg.documents[identifier].short}."
    claim = reg.claims[identifier]
    source, document = reg.sources[claim.rests_on], reg.documents[claim.document]
    quoted = ""
    if source.cited and source.id != "pif-survey-2021":
        names = ", ".join(source.authors[:2]) + (" and others" if len(source.authors) > 2 else "")
        quoted = f", quoting {names} {(source.issued or '')[:4]}"
    base = f" of {claim.base}" if claim.base and claim.unit == "per cent" else ""
    said = words_for(claim) + base
    return f"Claim {identifier} ({said}; {claim.place}, {claim.year}): {document.short}{quoted}."
