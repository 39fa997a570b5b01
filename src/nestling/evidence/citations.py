"""Citations that a reference manager reads: BibTeX, RIS and CSL-JSON."""

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nestling.reference.claims import words_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nestling.reference.claims import Claim, Finding, Register, Source


class UnknownFormatError(ValueError):
    """A citation format that Nestling does not write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One work to be cited, in the terms that every format shares."""

    key: str
    kind: str
    title: str
    authors: tuple[str, ...] = ()
    issued: str = ""
    publisher: str = ""
    container: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    note: str = ""


def citations_of(reg: "Register", identifier: str) -> list[Citation]:
    """The document that makes a claim and the source that it rests on, or the page of a finding.

    Raises `KeyError` for an id that is neither a claim nor a finding.
    """
    if identifier in reg.findings:
        return [of_finding(reg.findings[identifier])]
    claim = reg.claims[identifier]
    found = [of_document(reg, claim)]
    source = reg.sources[claim.rests_on]
    return [*found, of_source(source)] if source.cited else found


def of_document(reg: "Register", claim: "Claim") -> Citation:
    """The source document, with the claim and its line as a note."""
    row = reg.documents[claim.document]
    return Citation(
        key=f"{row.id}-{row.issued[:4]}",
        kind=row.kind,
        title=row.title,
        authors=row.authors,
        issued=row.issued,
        publisher=row.publisher,
        note=f"Claim {claim.id}: {words_for(claim)}, line {claim.line} of the text copy.",
    )


def of_source(row: "Source") -> Citation:
    """The paper or report that a source document quotes."""
    return Citation(
        key=row.id,
        kind=row.kind,
        title=row.title,
        authors=row.authors,
        issued=row.issued or "",
        publisher=row.publisher,
        container=row.container,
        volume=row.volume,
        number=row.number,
        pages=row.pages,
        doi=row.doi,
        url=row.url,
        note=row.note,
    )


def of_finding(row: "Finding") -> Citation:
    """A public page, of which an excerpt was read."""
    return Citation(
        key=row.id,
        kind="webpage",
        title=row.says,
        authors=(row.publisher,),
        publisher=row.publisher,
        url=row.url,
        note="Read as a stored excerpt, not the whole page.",
    )


BIBTEX_KINDS = {"article": "article", "report": "techreport", "webpage": "misc"}
RIS_KINDS = {"article": "JOUR", "report": "RPRT", "webpage": "ELEC"}
CSL_KINDS = {"article": "article-journal", "report": "report", "webpage": "webpage"}


def is_person(name: str) -> bool:
    """Whether an author is written as a person: a surname, a comma and initials."""
    return re.fullmatch(r"[^,]+, (?:[A-Z]\.[ -]?)+", name) is not None


def escaped(text: str) -> str:
    r"""Text that BibTeX keeps as it is.

    >>> escaped("Health & care, 5%")
    'Health \\& care, 5\\%'
    """
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def bibtex(citations: "Sequence[Citation]") -> str:
    """The works as BibTeX entries."""
    return "\n".join(bibtex_entry(citation) for citation in citations)


def bibtex_entry(work: Citation) -> str:
    """One BibTeX entry; a body as author is wrapped so that it is not split into names."""
    authors = [name if is_person(name) else f"{{{escaped(name)}}}" for name in work.authors]
    month = {"month": work.issued[5:7]} if len(work.issued) > 4 else {}
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{escaped(work.title)}}}",
        "year": work.issued[:4],
        **month,
        "journal": escaped(work.container),
        "institution": "" if work.container else escaped(work.publisher),
        "volume": work.volume,
        "number": work.number,
        "pages": work.pages.replace("-", "--"),
        "doi": work.doi,
        "url": work.url,
        "note": escaped(work.note),
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{BIBTEX_KINDS[work.kind]}{{{work.key},\n{body}}}\n"


def ris(citations: "Sequence[Citation]") -> str:
    """The works as RIS records."""
    return "\n".join(ris_record(citation) for citation in citations)


def ris_record(work: Citation) -> str:
    """One RIS record: a tag, two spaces, a dash and a value a line."""
    first, _, last = work.pages.partition("-")
    pairs = [
        ("TY", RIS_KINDS[work.kind]),
        ("ID", work.key),
        *[("AU", name) for name in work.authors],
        ("TI", work.title),
        ("PY", work.issued[:4]),
        ("DA", work.issued.replace("-", "/") if len(work.issued) > 4 else ""),
        ("T2", work.container),
        ("PB", work.publisher),
        ("VL", work.volume),
        ("IS", work.number),
        ("SP", first),
        ("EP", last),
        ("DO", work.doi),
        ("UR", work.url),
        ("N1", work.note),
    ]
    lines = [f"{tag}  - {value}" for tag, value in pairs if value]
    return "\n".join([*lines, "ER  - "]) + "\n"


def csl_json(citations: "Sequence[Citation]") -> str:
    """The works as CSL-JSON, which Zotero and pandoc read."""
    return json.dumps([csl_item(work) for work in citations], ensure_ascii=False, indent=2) + "\n"


def csl_item(work: Citation) -> dict[str, Any]:
    """One CSL item; what is not known is left out."""
    fields: dict[str, Any] = {
        "id": work.key,
        "type": CSL_KINDS[work.kind],
        "title": work.title,
        "author": [csl_name(name) for name in work.authors],
        "issued": {"date-parts": [[int(part) for part in work.issued.split("-")]]}
        if work.issued
        else None,
        "container-title": work.container,
        "publisher": work.publisher,
        "volume": work.volume,
        "issue": work.number,
        "page": work.pages,
        "DOI": work.doi,
        "URL": work.url,
        "note": work.note,
    }
    return {name: value for name, value in fields.items() if value}


def csl_name(name: str) -> dict[str, str]:
    """A person in two parts, or a body as it is."""
    if not is_person(name):
        return {"literal": name}
    family, _, given = name.partition(", ")
    return {"family": family, "given": given}


FORMATS: "dict[str, Callable[[Sequence[Citation]], str]]" = {
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}


def cite(reg: "Register", identifier: str, *, style: str) -> str:
    """A claim's or finding's citations in one format.

    Raises `UnknownFormatError` for a format that is not written, `KeyError` for an unknown id.
    """
    if style not in FORMATS:
        raise UnknownFormatError(f"{style} is not one of {', '.join(FORMATS)}")
    return FORMATS[style](citations_of(reg, identifier))
