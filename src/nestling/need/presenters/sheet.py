"""An area on one A4 page, as a PDF that meets PDF/UA-1."""

import json
from datetime import date
from pathlib import Path

import typst

from nestling.need.presenters.area_page import facts, sources_line, sources_of, tried
from nestling.need.presenters.around import provision
from nestling.need.presenters.paper import on_paper
from nestling.need.presenters.ranges import range_table
from nestling.need.presenters.study import Answer
from nestling.need.presenters.takes import takes
from nestling.need.presenters.words import MEANING
from nestling.science.ages import day_words

TEMPLATE = Path(__file__).parent / "sheet.typ"


def sheet_of(answer: Answer, *, on: date) -> bytes:
    """One tagged A4 page with its title, its language and a head on every table."""
    return bytes(
        typst.compile(
            TEMPLATE.read_bytes(),
            sys_inputs={"sheet": json.dumps(in_words(answer, on=on))},
            ignore_system_fonts=True,
            pdf_standards="ua-1",
        )
    )


def in_words(answer: Answer, *, on: date) -> dict[str, object]:
    """All that the sheet says; the file beside this one only places it."""
    ranges, cost, helped = range_table(answer), takes(answer), provision(answer)
    name = answer.found.areas[0].name
    values = tried(dict(answer.question.values))
    return {
        "title": f"{name}: need, help and cost",
        "facts": [f"{one.value} {one.label}" for one in facts(answer)],
        "tried": f"With values set by the reader: {values}." if values else "",
        "lead": f"{ranges.lead} {ranges.strong}",
        "head": ["If you count", "Best figure", "Likely between", "What the range means"],
        "rows": [[r.title, *map(str, (r.best, r.between, r.sentence))] for r in ranges.rows],
        "meaning": MEANING,
        "takes_lead": str(cost.lead),
        "takes_head": ["Each year", *map(str, cost.heads)],
        "takes_rows": [
            [r.label, *(f"{c.best} (likely between {c.between})" for c in r.cells)]
            for r in cost.rows
        ],
        "help": (
            f"{helped.sentence} Families seen for each 100 babies in need: {helped.per_hundred}. "
            f"Babies in need and not seen: {helped.gap}."
        ),
        "counts": on_paper(sources_line(answer)),
        "sources": "; ".join(one.title for one in sources_of(answer) if one.id != "nestling"),
        "made": f"Made with Nestling on {day_words(on)}.",
    }
