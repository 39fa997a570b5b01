"""Waterfalls as text, CSV, JSON and HTML, from shown numbers alone."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from nestling.analytics.access.figures import Key
from nestling.analytics.access.page import STYLE, scrolled
from nestling.analytics.access.periods import Period
from nestling.analytics.access.pivot import age_words, title_of
from nestling.analytics.access.safe_waterfalls import safe_waterfalls
from nestling.analytics.access.waterfall import OTHER, TOTAL, UNKNOWN_AGE, Waterfall
from nestling.analytics.access.writers import aligned
from nestling.analytics.extract import ExtractError
from nestling.science.disclosure import HIDDEN, DisclosureRule, Shown
from nestling.science.disclosure.secondary import CannotProtectError

HEADS = ("measure", "period_start", "period_end", "step", "rule", "words", "age", "lost", "left")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A waterfall with what may be shown of it."""

    waterfall: Waterfall
    period: Period
    shown: dict[tuple[int, str, str], Shown]

    def words(self, step: int, what: str, age: str) -> str:
        """One number as it is written."""
        return str(self.shown[step, what, age])


def explained(
    falls: Sequence[tuple[Waterfall, Period]],
    rule: DisclosureRule,
    earlier: Mapping[Key, Shown] | None = None,
) -> list[Explained]:
    """The waterfalls of one output, protected by a rule together with earlier outputs.

    Raises ``ExtractError`` where those would give a hidden number away.
    """
    try:
        safe = safe_waterfalls(falls, rule, earlier)
    except CannotProtectError as error:
        raise ExtractError(
            "with the earlier outputs hidden numbers of the waterfall could be worked out"
        ) from error
    return [
        Explained(waterfall=fall, period=period, shown=shown)
        for (fall, period), shown in zip(falls, safe, strict=True)
    ]


def lines_of(item: Explained) -> list[list[str]]:
    """One line a step and age."""
    start, end = item.period.start.isoformat(), item.period.end.isoformat()
    return [
        [item.waterfall.measure, start, end, str(n), step.rule, step.words, age]
        + [item.words(n, what, age) for what in ("lost", "left")]
        for n, step in enumerate(item.waterfall.steps)
        for age in item.waterfall.ages
    ]


def as_csv(items: Sequence[Explained]) -> str:
    """The waterfalls as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows(line for item in items for line in lines_of(item))
    return text.getvalue()


def as_json(items: Sequence[Explained]) -> str:
    """The waterfalls as JSON; a hidden number is ``null``."""
    rows = [dict(zip(HEADS, line, strict=True)) for item in items for line in lines_of(item)]
    hidden = str(HIDDEN)
    clean = [
        {key: None if value == hidden else value for key, value in row.items()} for row in rows
    ]
    return json.dumps({"waterfall": clean}, indent=1, ensure_ascii=False) + "\n"


def head_words(age: str) -> str:
    """A column's head."""
    return {TOTAL: "All", OTHER: "Other ages", UNKNOWN_AGE: "Not known"}.get(age) or age_words(age)


def grid(item: Explained) -> list[list[str]]:
    """The table of a waterfall: a line a step, left after it (and lost by it) by age."""
    ages = item.waterfall.ages
    head = ["Rule", *(f"{head_words(age)}: {what}" for age in ages for what in ("lost", "left"))]
    lines = [
        [step.words, *(item.words(n, what, age) for age in ages for what in ("lost", "left"))]
        for n, step in enumerate(item.waterfall.steps)
    ]
    return [head, *lines]


def as_table(items: Sequence[Explained]) -> str:
    """The waterfalls for a terminal."""
    return "\n".join(table_text(item) for item in items)


def table_text(item: Explained) -> str:
    """One waterfall for a terminal."""
    lines = grid(item)
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    title = f"Does this baby count? {item.waterfall.measure}: {title_of(item.waterfall.measure)}"
    period = f"{item.period.start} to {item.period.end}, England"
    return "\n".join([title, period, "", *(aligned(line, widths, left=1) for line in lines), ""])


def as_html(items: Sequence[Explained]) -> str:
    """The waterfalls as one page."""
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Does this baby count?</title><style>{STYLE}</style></head>\n"
        "<body><main><h1>Does this baby count?</h1>\n"
        + "\n".join(section(item) for item in items)
        + "\n</main></body></html>\n"
    )


def section(item: Explained) -> str:
    """One waterfall as a table."""
    head, *lines = grid(item)
    heads = "".join(f'<th scope="col">{escape(words)}</th>' for words in head)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(cell(words) for words in rest)
        + "</tr>"
        for first, *rest in lines
    )
    name = escape(item.waterfall.measure)
    return (
        f"<section><h2>{escape(title_of(item.waterfall.measure))}</h2>"
        + scrolled(
            f"<caption>{name}, {item.period.start} to {item.period.end}, England</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody>",
            label=f"{item.waterfall.measure}, {item.period.end}",
        )
        + "</section>"
    )


def cell(words: str) -> str:
    """One number, or the word hidden."""
    return (
        '<td><span class="hidden">hidden</span></td>'
        if words == str(HIDDEN)
        else f"<td>{escape(words)}</td>"
    )
