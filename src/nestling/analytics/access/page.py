"""Published rows as one accessible HTML page.

With a bar chart of England drawn from the same shown numbers.
"""

from collections.abc import Mapping, Sequence
from html import escape

from nestling.analytics.access.pivot import Pivot, age_words, pivots
from nestling.analytics.access.published import CHANGE, Published, Row
from nestling.reference.access import Question, definitions

STYLE = (
    "body{font:16px/1.5 Arial,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#212b32}"  # noqa: E501 - one piece of text
    "table{border-collapse:collapse;margin:0 0 2rem}th,td{padding:.3rem .8rem;border-bottom:1px solid #d0d7d6;text-align:left}"  # noqa: E501 - one piece of text
    "td{text-align:right}.hidden{border:1px dashed #475a68;padding:0 .3rem}.bar{fill:#0f4c4a}caption{text-align:left;font-weight:bold}"  # noqa: E501 - one piece of text
    ".note{color:#475a68}.wide{overflow-x:auto}svg{max-width:100%;height:auto}"
)
#: What stands in a table where nobody is, so that there is nothing to show.
NOBODY = "none"
BAR, GAP, LEFT, WIDE = 24, 10, 130, 640


def as_html(
    published: Published, about: Mapping[str, str], questions: Sequence[Question] = ()
) -> str:
    """The page: questions and cautions, a chart and a table a measure, definitions.

    How it was made.
    """
    title = questions[0].title if len(questions) == 1 else "Access by age"
    tables = pivots(published)
    parts = [
        f"<h1>{escape(title)}</h1>",
        *(question_part(question) for question in questions),
        hidden_part(published),
        *(table_part(table, published) for table in tables),
        definitions_part(published),
        about_part(about),
    ]
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body><main>\n"
        + "\n".join(parts)
        + "\n</main></body></html>\n"
    )


def question_part(question: Question) -> str:
    """A question asked in Parliament, with its cautions."""
    cautions = "".join(f"<li>{escape(words)}</li>" for words in question.cautions)
    return (
        f"<section><h2>Question {escape(question.number)}: {escape(question.title)}</h2>"
        f"<p>{escape(question.question)}</p><h3>Take care</h3><ul>{cautions}</ul></section>"
    )


def hidden_part(published: Published) -> str:
    """What hidden means here."""
    rule = published.rule
    return (
        f"<p>Rule for small counts: {escape(rule.name)}, version {escape(rule.version)}. {escape(rule.source)}. "  # noqa: E501 - one piece of text
        "A hidden cell is marked <span class='hidden'>hidden</span>; it is never the same as 0.</p>"
    )


def table_part(table: Pivot, published: Published) -> str:
    """A table with its caption, after a chart of England where there is more than one age."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in (*table.heads, *table.ages))
    lines = "".join(line_part(places, cells) for places, cells in table.lines)
    notes = "".join(f"<li>{escape(note)}</li>" for note in table.notes)
    chart = "" if table.measure.endswith(CHANGE) else chart_part(table, published)
    grid = (
        f"<caption>{escape(table.measure)}, {escape(table.period)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody>"
    )
    return (
        f"<section><h2>{escape(table.title)}</h2><p>{escape(table.period)}</p>{chart}"
        + scrolled(grid, label=f"{table.measure}, {table.period}")
        + (f"<ul class='note'>{notes}</ul>" if notes else "")
        + "</section>"
    )


def scrolled(grid: str, *, label: str) -> str:
    """A table that moves sideways on a narrow screen, also by the keyboard."""
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(label)}">'
        f"<table>{grid}</table></div>"
    )


def line_part(places: Sequence[str], cells: Sequence[Row | None]) -> str:
    """One line of a table."""
    first, *others = places
    groups = "".join(f"<td>{escape(value)}</td>" for value in others)
    return f'<tr><th scope="row">{escape(first)}</th>{groups}{"".join(map(cell_part, cells))}</tr>'


def cell_part(row: Row | None) -> str:
    """One cell: a number, or the word hidden."""
    if row is None:
        return "<td></td>"
    words = '<span class="hidden">hidden</span>' if row.is_hidden else escape(row.shown or NOBODY)
    return f"<td>{words}</td>"


def chart_part(table: Pivot, published: Published) -> str:
    """Bars of England's single ages, drawn from the shown numbers.

    A hidden one has no bar and says so.
    """
    rows = [
        row
        for row in published.rows
        if row.measure == table.measure and row.kind == "country" and set(row.groups) <= {"all"}
    ]
    rows = [row for row in rows if "-" not in row.age and row.period == first_row(table).period]
    if len(rows) < 2:
        return ""
    most = max(map(length, rows)) or 1.0
    bars = "".join(bar_part(row, number, most=most) for number, row in enumerate(rows))
    words = ", ".join(f"{age_words(row.age)} {row_words(row)}" for row in rows)
    wide, high = LEFT + WIDE + 80, len(rows) * (BAR + GAP)
    return (
        f'<svg role="img" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'aria-label="{escape(table.title)}, England: {escape(words)}">{bars}</svg>'
    )


def first_row(table: Pivot) -> Row:
    """The first row of a table."""
    return next(row for _places, cells in table.lines for row in cells if row)


def length(row: Row) -> float:
    """How long a bar is, in what it shows: none where nothing is shown."""
    return 0.0 if row.is_hidden or not row.shown else float(row.shown)


def row_words(row: Row) -> str:
    """What a bar says at its end."""
    return "hidden" if row.is_hidden else row.shown or NOBODY


def bar_part(row: Row, number: int, *, most: float) -> str:
    """One bar with its age and number."""
    top = number * (BAR + GAP)
    wide = round(WIDE * length(row) / most)
    return (
        f'<text x="0" y="{top + 17}">{escape(age_words(row.age))}</text>'
        f'<rect class="bar" x="{LEFT}" y="{top}" width="{wide}" height="{BAR}"/>'
        f'<text x="{LEFT + wide + 8}" y="{top + 17}">{escape(row_words(row))}</text>'
    )


def definitions_part(published: Published) -> str:
    """Each measure with its rules in words."""
    known = definitions()
    parts = []
    for name in published.measures:
        measure = known.measures[name]
        rules = "".join(f"<li>{escape(known.rules[rule].words)}</li>" for rule in measure.rules)
        parts.append(
            f"<h3>{escape(name)}, version {escape(measure.version)}</h3><p>{escape(measure.words)}.</p><ol>{rules}</ol>"  # noqa: E501 - one piece of text
        )
    return "<section><h2>How this was counted</h2>" + "".join(parts) + "</section>"


def about_part(about: Mapping[str, str]) -> str:
    """Where the figures come from and how to make them again."""
    lines = "".join(
        f"<dt>{escape(key)}</dt><dd>{escape(value)}</dd>" for key, value in about.items()
    )
    return f"<section><h2>How this was made</h2><dl>{lines}</dl></section>"
