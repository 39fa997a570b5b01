"""The register in plain text: one claim a line, and one row in full."""

from typing import TYPE_CHECKING

from nestling.reference.claims import words_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nestling.evidence.results import CheckResult
    from nestling.reference.claims import Claim, Contradiction, Finding, Register


def claim_line(claim: "Claim") -> str:
    """A claim on one line: id, value, place and year, what it says, where it stands."""
    value = words_for(claim)
    if claim.unit == "per cent" and claim.base:
        value += f" of {claim.base}"
    where = f"{claim.place}, {claim.year}"
    return f"{claim.id}  {value}  {where}  {claim.statement}  [{claim.document}:{claim.line}]"


def matching(
    claims: "Iterable[Claim]", *, kind: str | None, document: str | None, word: str | None
) -> "list[Claim]":
    """The claims that pass each filter; a filter that is not given lets all through."""
    return [
        claim
        for claim in claims
        if (kind is None or claim.kind == kind)
        and (document is None or claim.document == document)
        and (word is None or word.casefold() in claim_line(claim).casefold())
    ]


def claim_lines(reg: "Register", claim: "Claim", used_in: "Sequence[str]") -> list[str]:
    """A claim in full."""
    document, source = reg.documents[claim.document], reg.sources[claim.rests_on]
    construct = reg.constructs[claim.construct_id] if claim.construct_id else None
    pairs = [
        ("Value", words_for(claim)),
        (
            "Of",
            claim.base_of + (f", {claim.base:,} in all" if claim.base else ", number not given"),
        ),
        ("Base note", claim.base_note),
        ("Base as printed", f"{claim.base_printed:,}" if claim.base_printed else ""),
        ("Count as printed", f"{claim.count:,}" if claim.count is not None else ""),
        ("Counts", f"{construct.label}: {construct.means}" if construct else ""),
        ("Population", claim.population),
        ("Place", claim.place),
        ("Year", claim.year),
        ("Price year", claim.price_year or ""),
        ("Rests on", source_words(source.authors, source.title, source.issued)),
        ("Found in", f"{document.short} ({document.id}), line {claim.line}, near “{claim.token}”"),
        ("Kind", claim.kind.replace("_", " ")),
        ("Quality", claim.quality),
        ("Review by", f"{document.review_by:%-d %B %Y} ({document.review_rule})"),
        ("Note", claim.note),
        ("Used in", ", ".join(used_in) or "nowhere"),
    ]
    lines = [f"{claim.id}: {claim.statement}", *labelled(pairs)]
    for row in reg.contradictions_of(claim.id):
        lines += ["", *contradiction_lines(row)]
    return lines


def source_words(authors: "Sequence[str]", title: str, issued: str | None) -> str:
    """A source on one line."""
    names = ", ".join(authors)
    return f"{names} ({issued[:4]}), {title}" if names and issued else title


def labelled(pairs: "Iterable[tuple[str, str]]") -> list[str]:
    """Label and value a line, lined up; a pair without a value is left out."""
    return [f"  {label + ':':<18}{value}" for label, value in pairs if value]


def contradiction_lines(row: "Contradiction") -> list[str]:
    """A contradiction in full."""
    sides = [
        f"  - {side.says}" + (f" ({', '.join((*side.claims, *side.findings))})" if named else "")
        for side in row.sides
        for named in [bool(side.claims or side.findings)]
    ]
    answer = [("Why", row.why), ("What we use", row.use), ("Preferred", ", ".join(row.prefer))]
    return [f"{row.id}: {row.topic}", *sides, *labelled(answer)]


def finding_lines(row: "Finding") -> list[str]:
    """An outside finding in full."""
    figures = [f"  - {figure.label}: {words_for(figure)}" for figure in row.figures]
    pairs = [
        ("Publisher", row.publisher),
        ("Address", row.url),
        ("Read", "a stored excerpt, not the whole page"),
    ]
    return [f"{row.id}: {row.says}", *figures, *labelled(pairs)]


#: The headings of a check's table, in the order in which they are printed.
HEADINGS = {
    "share_of_base": "Percentages that their count does not give",
    "base_too_small": "Groups larger than their base",
    "totals": "Totals that do not add up",
    "cumulative": "Shares that leave part of the answer out",
    "age_band": "One figure, two age bands",
    "window_length": "A window with two lengths",
    "dated_series": "Counts over time",
    "tenfold": "Counts too far apart",
    "past_review": "Past their review date",
    "unknown_reference": "References to nothing",
    "side_by_side": "Contradicting claims used side by side",
    "unused": "Used nowhere (listed, not a fault)",
}


def runs(identifiers: "Sequence[str]") -> "Iterable[str]":
    """Identifiers with each unbroken run of four or more shortened.

    >>> list(runs(["E001", "E002", "E003", "E004", "E009"]))
    ['E001 to E004', 'E009']
    """
    groups: list[list[str]] = []
    for name in identifiers:
        follows = groups and int(name[1:]) == int(groups[-1][-1][1:]) + 1
        if follows and groups[-1][-1][0] == name[0]:
            groups[-1].append(name)
        else:
            groups.append([name])
    for group in groups:
        yield from [f"{group[0]} to {group[-1]}"] if len(group) > 3 else group


def result_lines(results: "Sequence[CheckResult]") -> "Iterable[str]":
    """Every result under its heading, with what answers it."""
    for check, heading in HEADINGS.items():
        mine = [result for result in results if result.check == check]
        if not mine:
            continue
        yield heading
        for result in mine:
            yield f"  {result.words}"
            yield f"    claims: {', '.join(runs(result.about))}"
            if result.use:
                yield f"    {result.answered_by}: {result.use}"
        yield ""
    failed = sum(result.fails for result in results)
    yield f"{len(results)} results; {failed} of them {'fails' if failed == 1 else 'fail'}."
