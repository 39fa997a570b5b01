"""The report put together: the same parts for every area, in words that fit what is known."""

from typing import TYPE_CHECKING, Any

from nestling.evidence.report import pictures, tables
from nestling.evidence.report.case import SHARE, Case, case_of
from nestling.evidence.report.dates import day
from nestling.evidence.report.inputs import words_file
from nestling.evidence.report.model import (
    Aside,
    Bullets,
    KeyFigures,
    Mark,
    Number,
    Paragraph,
    Report,
    Section,
    Words,
)
from nestling.science.need import FigureName
from nestling.ui.charts import figure_words as say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nestling.evidence.report.inputs import CaseInputs
    from nestling.evidence.report.model import Block, Line

MESSAGES = "messages"


def build(inputs: "CaseInputs", *, step: "Callable[[str], None]" = lambda _: None) -> Report:
    """The report of one area; `step` is told what is being done."""
    step("Working out the figures")
    case = case_of(inputs)
    step("Drawing the cover and the summary")
    cover = cover_of(case)
    sections = [summary(case)]
    step("Writing the ten messages")
    sections += messages(case)
    step("Drawing need, help and access")
    sections += [need(case), share(case), access(case), circle(case)]
    step("Writing what to do")
    sections += [team(case), agree(case), policy(case), asks(case), methods(case)]
    place = inputs.place
    return Report(
        title=f"{place.title}: babies who need help with their closest relationships",
        subtitle="A case for change in infant, children and young people's mental health",
        area=place.official,
        prepared=f"Prepared on {day(inputs.on)}",
        cover=cover,
        sections=tuple(sections),
        notes=tuple(case.book.notebook.notes),
        references=case.book.notebook.references(),
        attribution=words_file("body")["attribution"].strip(),
    )


def cautions(inputs: "CaseInputs") -> list[str]:
    """The engine's own cautions about scenarios, each under the scenario's short name."""
    short = words_file("links")["scenarios"]
    return [
        f"{short[one.name]['short']}: {caution}"
        for one in inputs.study.scenarios
        if inputs.study.figure(FigureName.NEED, scenario=one.name) is not None
        for caution in one.cautions
    ]


def cover_of(case: Case) -> "tuple[Block, ...]":
    """The cover: what it is about in one paragraph, where the area lies, three figures."""
    book = case.book
    book.notebook.begin("cover")
    lead = case.paragraphs("lead", role="lead")
    seen = "{seen:bare}" if case.seen.families.is_known else "not known"
    at_least = "Families seen each year, at least" if case.seen.state == "partly" else None
    keys = KeyFigures(
        items=(
            (
                "Babies in need each year, by what is counted",
                span(case, "need_lowest", "need_highest"),
            ),
            (at_least or "Families seen each year", book.line(seen)),
            ("Teams to reach the families who would come", book.line("{teams:limits}")),
        )
    )
    return (*lead, pictures.cover_map(case.inputs.place), keys)


def span(case: Case, lowest: str, highest: str) -> "Line":
    """Two figures as "from … to …", with their notes."""
    book = case.book
    low, high = book.figures[lowest], book.figures[highest]
    return (
        Number(text=say.bare_number(low), figure=low),
        Mark(note=book.notebook.cite(low.source)),
        Words(text=" to "),
        Number(text=say.bare_number(high), figure=high),
        Mark(note=book.notebook.cite(high.source)),
    )


def summary(case: Case) -> Section:
    """The whole argument on one page."""
    case.book.notebook.begin("summary")
    return Section(
        id="summary",
        title="In one page",
        blocks=tuple(case.paragraphs("summary", role="summary")),
        new_page=True,
    )


def messages(case: Case) -> list[Section]:
    """The ten messages, each with local figures, an honest caution and what to add."""
    entries = words_file(MESSAGES)
    return [
        message(case, entry, number=number, of=len(entries))
        for number, entry in enumerate(entries, start=1)
    ]


def message(case: Case, entry: "dict[str, Any]", *, number: int, of: int) -> Section:
    """One message."""
    case.book.notebook.begin(entry["id"])
    said = [Paragraph(line=line) for line in case.book.lines(entry["says"])]
    caution = Aside(
        title="An honest caution", blocks=(Paragraph(line=case.book.line(entry["caution"])),)
    )
    add = Aside(title="To add locally", blocks=(bullets(case, entry["add"]),), kind="add")
    return Section(
        id=entry["id"],
        title=entry["title"],
        kicker=f"Message {number} of {of}",
        blocks=(*said, caution, add),
        new_page=number == 1,
    )


def bullets(case: Case, items: "Sequence[str]") -> Bullets:
    """A list of phrases."""
    return Bullets(items=tuple(case.book.line(item) for item in items))


def need(case: Case) -> Section:
    """Need under every scenario, then help, gap, teams and cost under the main one."""
    case.book.notebook.begin("need")
    return Section(
        id="need",
        title="Need, help, gap and cost",
        blocks=(
            *case.paragraphs("need_intro"),
            pictures.need_ranges(case.facts, case.seen),
            tables.need(case.facts, case.book),
            *case.paragraphs("need_after"),
            tables.main_estimate(case.facts, case.book, case.seen),
        ),
        new_page=True,
    )


def share(case: Case) -> Section:
    """The share of need that is seen, against the goal."""
    case.book.notebook.begin("share")
    return Section(
        id="share",
        title="How far from everyone who needs it",
        blocks=(
            *case.paragraphs("share_intro"),
            pictures.shares_seen(case.facts, case.seen, case.access),
            *case.paragraphs("share_after"),
            *access_shares(case),
        ),
        new_page=True,
    )


def access_shares(case: Case) -> list[Paragraph]:
    """Children seen as a share of those in need, for each period of the national records."""
    phrase = (
        "From {when}, {{{name}}} of the children of nought, one and two in need in {{area}} had a "
        "contact with mental health services{{{name}:likely}}, by the main estimate."
    )
    lines = [
        case.book.line(phrase.format(when=case.book.figures[name].date, name=name))
        for name in case.book.figures
        if name.startswith(SHARE)
    ]
    return [Paragraph(line=line) for line in lines]


def access(case: Case) -> Section:
    """Who is referred, accepted and seen by age; or that it was not given."""
    case.book.notebook.begin("access")
    blocks: list[Block] = [*case.paragraphs("access_missing")]
    if case.access:
        blocks = [
            *case.paragraphs("access_intro"),
            *pictures.access_by_age(case.access),
            tables.access(case.access, case.book),
            *case.paragraphs("access_after"),
        ]
    elif case.inputs.access_given:
        line = case.book.line(
            "The file that was given holds no figures for {area} or the area around it."
        )
        blocks = [Paragraph(line=line), *blocks]
    return Section(
        id="access", title="Access by age", blocks=tuple(blocks), new_page=bool(case.access)
    )


def circle(case: Case) -> Section:
    """The vicious cycle as one picture."""
    case.book.notebook.begin("cycle")
    blocks: list[Block] = [
        *case.paragraphs("cycle_intro"),
        pictures.vicious_cycle(case.access, case.staff, case.seen),
    ]
    if case.staff:
        blocks.append(tables.trained(case.staff, case.book))
    return Section(
        id="cycle",
        title="Why it stays as it is",
        blocks=(*blocks, *case.paragraphs("cycle_after")),
        new_page=True,
    )


def team(case: Case) -> Section:
    """What a specialised team is and does."""
    case.book.notebook.begin("team")
    blocks: list[Block] = []
    for entry in words_file("body")["team"]:
        if not case.book.holds(entry.get("when", ())):
            continue
        if "bullets" in entry:
            blocks.append(bullets(case, entry["bullets"]))
        else:
            blocks.append(Paragraph(line=case.book.line(entry["text"])))
    return Section(
        id="team", title="What a team is, and what it does", blocks=tuple(blocks), new_page=True
    )


def agree(case: Case) -> Section:
    """Who would need to agree in this nation; for the United Kingdom, nation by nation."""
    case.book.notebook.begin("agree")
    blocks: list[Block] = [*case.paragraphs("agree_intro")]
    for nation in nations_of(case):
        items = bullets(case, nation["agree"])
        named = Aside(title=nation["name"], blocks=(items,), kind="plain")
        blocks.append(items if case.nation["agree"] else named)
    return Section(id="agree", title="Who would need to agree", blocks=tuple(blocks), new_page=True)


def nations_of(case: Case) -> "list[dict[str, Any]]":
    """The nation of the area, or all four for the United Kingdom."""
    every: dict[str, dict[str, Any]] = words_file("nations")
    return [case.nation] if case.nation["agree"] else [n for n in every.values() if n["agree"]]


def policy(case: Case) -> Section:
    """What the nation has said."""
    case.book.notebook.begin("policy")
    blocks: list[Block] = []
    for nation in nations_of(case):
        lines = [Paragraph(line=line) for line in case.book.lines(nation["policy"])]
        named = Aside(title=nation["name"], blocks=tuple(lines), kind="plain")
        blocks.extend(lines if case.nation["agree"] else (named,))
    return Section(
        id="policy",
        title=case.nation.get("policy_title", f"What {case.nation['name']} has said"),
        blocks=tuple(blocks),
        new_page=not case.nation["agree"],
    )


def asks(case: Case) -> Section:
    """The four asks, what is known here of each, and room for progress."""
    case.book.notebook.begin("asks")
    fill = words_file("body")["asks_fill"]
    parts = [
        Aside(
            title=f"{number}. {entry['title']}",
            blocks=(
                Paragraph(line=case.book.line(entry["text"])),
                Paragraph(line=case.book.line(f"**Here:** {entry['known']}")),
                Paragraph(line=(Words(text=fill, strong=True),), role="fill"),
            ),
            kind="ask",
        )
        for number, entry in enumerate(words_file("body")["asks"], start=1)
    ]
    return Section(
        id="asks",
        title="Four asks, and how far we are",
        blocks=(*case.paragraphs("asks_intro"), *parts),
        new_page=True,
    )


def methods(case: Case) -> Section:
    """How every figure was made."""
    case.book.notebook.begin("methods")
    return Section(
        id="methods",
        title="How the figures were made",
        blocks=(
            *case.paragraphs("methods"),
            Bullets(items=tuple((Words(text=one),) for one in cautions(case.inputs))),
        ),
        new_page=True,
    )
