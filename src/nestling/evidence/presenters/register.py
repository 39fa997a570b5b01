"""The register in words for the screen: rows, a claim in full, contradictions, checks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from nestling.evidence.browse import is_past_review, places
from nestling.evidence.citations import FORMATS
from nestling.evidence.listing import HEADINGS, source_words
from nestling.evidence.results import CheckResult
from nestling.reference.claims import Claim, Contradiction, Finding, Register, words_for
from nestling.ui.charts.figure_words import FigureView
from nestling.ui.components import Link, NavItem, SummaryRow, Tag

#: How each format of a citation is called, and the ending of its file.
FORMAT_NAMES = {
    "bibtex": ("BibTeX", "bib"),
    "ris": ("RIS", "ris"),
    "csl-json": ("CSL-JSON", "json"),
}
CONTENT_TYPES = {
    "bibtex": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl-json": "application/vnd.citationstyles.csl+json; charset=utf-8",
}
#: The pages of the register, as tabs.
SECTIONS = (
    ("Claims", "evidence:claims"),
    ("Where sources disagree", "evidence:contradictions"),
    ("What arithmetic finds", "evidence:checks"),
)
PAST_REVIEW = Tag("Past review", "yellow")
DISAGREE = Tag("Sources disagree", "orange")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One claim in a list."""

    id: str
    figure: FigureView
    statement: str
    where: str
    found_in: str
    url: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideWords:
    """One side of a contradiction: what it says and the claims that say it."""

    says: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContradictionWords:
    """A contradiction in full."""

    id: str
    topic: str
    sides: tuple[SideWords, ...]
    why: str
    use: str
    prefer: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultWords:
    """One result of a check."""

    words: str
    about: tuple[Link, ...]
    answer: Link | None
    use: str
    fails: bool


def sections(here: str) -> list[NavItem]:
    """The pages of the register, and which of them this is."""
    return [
        NavItem(label=label, url=reverse(page), current=page == here) for label, page in SECTIONS
    ]


def figure_of(claim: Claim, *, reg: Register) -> FigureView:
    """A claim's value for the macro that places figures: as its source gives it."""
    document = reg.documents[claim.document]
    return FigureView(
        words=words_for(claim),
        sure="",
        date=claim.year,
        source=f"{document.short}, line {claim.line}.",
        keys=(claim.id,),
        is_known=True,
    )


def row_of(claim: Claim, *, reg: Register, on: date) -> ClaimRow:
    """A claim as one row."""
    tags = [DISAGREE] if reg.contradictions_of(claim.id) else []
    tags += [PAST_REVIEW] if is_past_review(reg, claim, on=on) else []
    return ClaimRow(
        id=claim.id,
        figure=figure_of(claim, reg=reg),
        statement=claim.statement,
        where=f"{claim.place}, {claim.year}",
        found_in=f"{reg.documents[claim.document].short}, line {claim.line}",
        url=reverse("evidence:claim", args=[claim.id]),
        tags=tuple(tags),
    )


def claim_facts(claim: Claim, *, reg: Register) -> list[SummaryRow]:
    """Everything about a claim but its value; what is not known has no row."""
    construct = reg.constructs[claim.construct_id] if claim.construct_id else None
    number = f"{claim.base:,} in all" if claim.base else "number not given"
    pairs = [
        ("Unit", claim.unit),
        ("Of whom", f"{claim.base_of}, {number}"),
        ("About the base", claim.base_note),
        ("Base as printed", f"{claim.base_printed:,}" if claim.base_printed else ""),
        ("Count as printed", f"{claim.count:,}" if claim.count is not None else ""),
        ("What is counted", f"{construct.label}: {construct.means}" if construct else ""),
        ("Population", claim.population),
        ("Place", claim.place),
        ("Year", claim.year),
        ("Price year", claim.price_year or ""),
        ("Kind", claim.kind.replace("_", " ")),
        ("Quality", claim.quality),
        ("Our note", claim.note),
    ]
    return [SummaryRow(label=label, values=[value]) for label, value in pairs if value]


def source_facts(claim: Claim, *, reg: Register, on: date) -> list[SummaryRow]:
    """Where a claim was read, what its document rests it on, and when to look again."""
    document, source = reg.documents[claim.document], reg.sources[claim.rests_on]
    when = f"{document.review_by:%-d %B %Y} ({document.review_rule})"
    overdue = ["This day has passed: look for a newer figure."]
    late = overdue if is_past_review(reg, claim, on=on) else []
    quotes = source_words(source.authors, source.title, source.issued)
    return [
        SummaryRow(
            label="Found in",
            values=[
                f"{document.short} ({document.id})",
                f"Line {claim.line} of the text copy, near “{claim.token}”",
            ],
        ),
        SummaryRow(label="It rests on", values=[quotes, *([source.note] if source.note else [])]),
        SummaryRow(label="Review by", values=[when, *late]),
    ]


def downloads(identifier: str) -> list[Link]:
    """A link for each format of the citation."""
    return [
        Link(FORMAT_NAMES[style][0], reverse("evidence:cite", args=[identifier, style]))
        for style in FORMATS
    ]


def used_in(identifier: str) -> tuple[str, ...]:
    """Where a row of the register is used, in words for a reader."""
    return tuple(place_words(place) for place in places().get(identifier, ()))


def place_words(place: str) -> str:
    """A file of the package or handbook as a reader knows it.

    >>> place_words("docs/handbook/commissioner/need.md")
    'Handbook: commissioner, need'
    >>> place_words("nestling/evidence/report/words/messages.yaml")
    'The case for change (messages)'
    """
    *folders, name = place.removesuffix(".md").split("/")
    stem = name.partition(".")[0].replace("-", " ").replace("_", " ")
    if folders[:2] == ["docs", "handbook"]:
        return f"Handbook: {folders[-1]}, {stem}"
    if folders[:1] == ["docs"]:
        return f"Documentation: {folders[-1]}, {stem}"
    if "report" in folders:
        return f"The case for change ({stem})"
    return f"{folders[-1].replace('_', ' ').capitalize()} ({stem})"


def contradiction_of(row: Contradiction, *, reg: Register) -> ContradictionWords:
    """A contradiction with a link to each claim and finding."""
    return ContradictionWords(
        id=row.id,
        topic=row.topic,
        sides=tuple(
            SideWords(
                says=side.says[:1].upper() + side.says[1:],
                links=links_to((*side.claims, *side.findings), reg=reg),
            )
            for side in row.sides
        ),
        why=row.why,
        use=row.use,
        prefer=links_to(row.prefer, reg=reg),
    )


def links_to(identifiers: Iterable[str], *, reg: Register) -> tuple[Link, ...]:
    """A link to the page of each row of the register."""
    return tuple(link_to(identifier, reg=reg) for identifier in identifiers)


def link_to(identifier: str, *, reg: Register) -> Link:
    """A link to a row's page; what it is about is read aloud."""
    if identifier in reg.claims:
        claim = reg.claims[identifier]
        return Link(identifier, reverse("evidence:claim", args=[identifier]), claim.statement)
    if identifier in reg.contradictions:
        topic = reg.contradictions[identifier].topic
        return Link(identifier, f"{reverse('evidence:contradictions')}#{identifier}", topic)
    if identifier in reg.findings:
        says = reg.findings[identifier].says
        return Link(identifier, reverse("evidence:finding", args=[identifier]), says)
    return Link(identifier, "")


def finding_figures(finding: Finding) -> list[tuple[str, FigureView]]:
    """The numbers of an outside finding with their labels."""
    return [
        (
            figure.label,
            FigureView(
                words=words_for(figure),
                sure="",
                date=figure.as_of or "",
                source=finding.publisher,
                keys=(finding.id,),
                is_known=True,
            ),
        )
        for figure in finding.figures
    ]


def groups_of(
    results: Sequence[CheckResult], *, reg: Register
) -> list[tuple[str, list[ResultWords]]]:
    """The results under the heading of their check; a check that found nothing has none."""
    return [
        (heading, mine)
        for check, heading in HEADINGS.items()
        if (mine := [result_of(one, reg=reg) for one in results if one.check == check])
    ]


def result_of(result: CheckResult, *, reg: Register) -> ResultWords:
    """One result with links."""
    answer = link_to(result.answered_by, reg=reg) if result.answered_by else None
    return ResultWords(
        words=result.words,
        about=links_to(result.about, reg=reg),
        answer=answer,
        use=result.use,
        fails=result.fails,
    )


def tally(results: Sequence[CheckResult]) -> str:
    """How much was found, and how much of it somebody must act on."""
    failed = sum(result.fails for result in results)
    found = f"The checks found {len(results)} things."
    if not failed:
        return f"{found} Each is explained, or is listed for us to look at; none needs action now."
    return f"{found} {failed} must be acted on."
