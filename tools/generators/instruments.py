"""The reference page of every instrument, written from its file alone."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from nestling.reference.instruments import Instrument, all_instruments
from nestling.reference.instruments.model import (
    Bands,
    Code,
    DerivedEntry,
    Figure,
    ScoreEntry,
)
from nestling.reference.instruments.national import (
    can_be_submitted,
    children_file,
    counts_for_children,
    perinatal_file,
)

GRADES = {
    "verified": "verified",
    "computed": "worked out from verified figures",
    "memory": "from memory: to be checked",
}
METHODS = {"sum": "sum", "mean": "mean of the items answered", "any": "number answered yes"}
WAYS = {
    "higher_worse": "higher is worse",
    "higher_better": "higher is better",
    "neither": "neither way is better",
}


def generate(docs: Path) -> None:
    """Write a page for each instrument, a list of them and a page on what counts nationally."""
    folder = docs / "reference" / "instruments"
    folder.mkdir(parents=True, exist_ok=True)
    measures = all_instruments()
    for measure in measures:
        write(folder / f"{measure.id}.md", page(measure))
    write(folder / "index.md", index(measures))
    write(folder / "national.md", national(measures))


def write(path: Path, lines: Iterable[str]) -> None:
    """A page of lines."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def index(measures: Iterable[Instrument]) -> list[str]:
    """The list of all instruments."""
    return [
        "# Instruments",
        "",
        "One page for each, made from its file. Items carry our own short labels; no question's",
        "wording is held here. An instrument that is off can be scored, and each such answer says",
        "that its evidence is unverified; a service switches it on by name before staff can",
        "give it.",
        "What counts in national figures: [national metrics](national.md).",
        "",
        *table(
            ("id", "instrument", "evidence", "on", "licence", "scores"),
            [
                (
                    f"[{measure.id}]({measure.id}.md)",
                    measure.title,
                    measure.evidence,
                    yes(measure.enabled),
                    measure.licence.kind,
                    ", ".join(f"`{entry.name}`" for entry in measure.score_entries()),
                )
                for measure in measures
            ],
        ),
    ]


def page(measure: Instrument) -> list[str]:
    """One instrument."""
    return [
        f"# {measure.title} ({measure.short_title})",
        "",
        *warning(measure),
        *facts(measure),
        "",
        "## Items by our labels",
        "",
        *item_table(measure),
        "",
        "## Scores",
        "",
        *score_table(measure),
        *band_sections(measure),
        *conversion_sections(measure),
        *cut_off_section(measure),
        *missing_section(measure),
        *alert_section(measure),
        *figure_sections(measure),
        *change_section(measure),
        *code_section(measure),
        *order_sections(measure),
        *list_section("Notes", measure.notes),
        *list_section("Sources", measure.sources),
    ]


def warning(measure: Instrument) -> list[str]:
    """What is said first of an instrument that is off."""
    if measure.why_not_enabled is None:
        return []
    return [
        '!!! warning "Off until a service switches it on"',
        f"    {measure.why_not_enabled}",
        "",
    ]


def facts(measure: Instrument) -> list[str]:
    """What the instrument is, in a table."""
    licence = f"{measure.licence.kind}: {measure.licence.words} ({cited(measure.licence)})"
    rows = [
        ("id and version", f"`{measure.id}`, {measure.version}"),
        ("evidence for the key", measure.evidence),
        ("domains", ", ".join(measure.domains)),
        ("answered by", measure.respondent),
        ("about", f"the {measure.subject}"),
        ("when", measure.window.words),
        ("period asked about", measure.period or "not given"),
        ("training needed", measure.training or "none recorded"),
        ("licence class", licence),
        ("wording may ship", yes(measure.licence.kind == "A")),
        ("raw answers taken", yes(measure.takes_raw)),
        ("counts in the children's national metric", yes(counts_for_children(measure.id))),
    ]
    return table(("", ""), rows)


def item_table(measure: Instrument) -> list[str]:
    """The items: number, label, values, whether the form prints them the other way round."""
    rows = []
    for item in measure.items:
        values = measure.responses_of(item)
        step = f" in steps of {10**-values.decimals:g}" if values.decimals else ""
        words = [f"`{word}` scores {scored}" for word, scored in item.words.items()]
        rows.append(
            (
                str(item.number),
                item.label,
                "; ".join([f"{values.low} to {values.high}{step}", *words]),
                yes(item.reversed),
            )
        )
    return table(("item", "our label", "values", "reversed"), rows)


def score_table(measure: Instrument) -> list[str]:
    """The key: which items make which score, how, and how many must be answered."""
    rows = [
        (
            f"`{entry.name}`",
            entry.title,
            *made_of(entry),
            f"{entry.low} to {entry.high}",
            WAYS[entry.direction.value],
        )
        for entry in measure.score_entries()
    ]
    return table(("score", "title", "made of", "how", "answers needed", "range", "direction"), rows)


def made_of(entry: ScoreEntry | DerivedEntry) -> tuple[str, str, str]:
    """The parts of a score, how they are put together, and how many answers it needs."""
    if isinstance(entry, DerivedEntry):
        how = f"read from a table ({cited(entry.table)})" if entry.table else "sum"
        return ", ".join(f"`{part}`" for part in entry.parts), how, "as its parts"
    how = METHODS.get(entry.method) or f"mean of the items answered × {entry.times}"
    if entry.rounds_to_whole:
        how += ", rounded to whole, a half away from zero"
    if entry.ordinal:
        how = "ordered level: never averaged"
    needed = (
        "one yes, or all"
        if entry.method == "any"
        else str(entry.answered_at_least or len(entry.items))
    )
    return runs(entry.items), how, needed


def band_sections(measure: Instrument) -> list[str]:
    """The bands of each score that has some."""
    lines: list[str] = []
    for entry in measure.score_entries():
        if entry.bands:
            lines += ["", f"### Bands of {entry.name}", "", *band_table(entry.bands)]
    return lines


def band_table(bands: Bands) -> list[str]:
    """Bands as lower bounds, with where they come from."""
    rows = [
        (f"`{step.name}`", str(step.starts), str(step.below) if step.below is not None else "top")
        for step in bands.steps
    ]
    return [
        *table(("band", "from", "to below"), rows),
        "",
        "A value is in the highest band whose lower bound it reaches.",
        f"Source: {cited(bands)}.",
    ]


def conversion_sections(measure: Instrument) -> list[str]:
    """Each published conversion of a raw score."""
    lines: list[str] = []
    for entry in measure.derived:
        if entry.table:
            rows = [(str(raw), str(value)) for raw, value in entry.table.rows.items()]
            head = (f"{entry.parts[0]}", entry.name)
            lines += section(f"From {entry.parts[0]} to {entry.name}", head, rows)
    return lines


def order_sections(measure: Instrument) -> list[str]:
    """Each other order in which the items were printed."""
    lines: list[str] = []
    for order in measure.item_orders:
        moved = [(str(form), str(key)) for form, key in order.number_in_key.items()]
        title = f"Items in the {order.name} order"
        lines += section(title, ("number on the form", "item in the key"), moved)
    return lines


def cut_off_section(measure: Instrument) -> list[str]:
    """Cut-offs that are no bands."""
    rows = [
        (f"`{entry.name}`", cut.at, cut.of, cited(cut))
        for entry in measure.score_entries()
        for cut in entry.cut_offs
    ]
    return section("Other published cut-offs", ("score", "cut-off", "of", "source"), rows)


def missing_section(measure: Instrument) -> list[str]:
    """What is done about missing answers."""
    return [
        "",
        "## Missing answers",
        "",
        f"{measure.missing.rule} Source: {cited(measure.missing)}.",
    ]


def alert_section(measure: Instrument) -> list[str]:
    """What a person must look at at once."""
    rows = [
        (
            ", ".join(str(number) for number in alert.items),
            f"{'sum' if alert.by == 'sum' else 'answer'} of {alert.at_least} or more",
            alert.about,
            cited(alert),
        )
        for alert in measure.alerts
    ]
    return section("Alerts", ("items", "raised by", "about", "source"), rows)


def figure_sections(measure: Instrument) -> list[str]:
    """Reliability and norms, each with its people and its source."""
    reliability = [
        (f"`{row.score}`", row.kind.replace("_", " "), row.value, row.population, cited(row))
        for row in measure.reliability
    ]
    norms = [
        (
            f"`{row.score}`",
            row.group,
            str(row.mean),
            str(row.sd) if row.sd is not None else "not seen",
            f"{row.n:,}" if row.n else "not seen",
            row.population,
            cited(row),
        )
        for row in measure.norms
    ]
    heads = ("score", "kind", "value", "in whom", "source")
    norm_heads = ("score", "group", "mean", "SD", "n", "in whom", "source")
    return [
        *section("Reliability", heads, reliability),
        *section("Norms", norm_heads, norms),
    ]


def change_section(measure: Instrument) -> list[str]:
    """What counts as change."""
    rows = [(f"`{row.score}`", str(row.at_least), row.by, cited(row)) for row in measure.change]
    lines = section("Published change", ("score", "at least", "by", "source"), rows)
    if measure.change_note is not None:
        lines += ["", *([] if rows else ["## Published change", ""]), measure.change_note]
    return lines


def code_section(measure: Instrument) -> list[str]:
    """The codes of the instrument."""
    rows = [code_row(row) for row in measure.codes]
    return section("Codes", ("system", "code", "of", "note", "source"), rows)


def code_row(row: Code) -> tuple[str, ...]:
    """One code."""
    system = {"snomed": "SNOMED CT", "loinc": "LOINC"}[row.system]
    return system, f"`{row.code}`", row.of, row.note or "", cited(row)


def national(measures: Iterable[Instrument]) -> list[str]:
    """Which instruments count nationally, which do not, and the oddities of the national code."""
    rows = [
        (
            f"[{measure.short_title}]({measure.id}.md)",
            yes(counts_for_children(measure.id)),
            yes(can_be_submitted(measure.id)),
        )
        for measure in measures
    ]
    files = (children_file(), perinatal_file())
    return [
        "# What counts in national figures",
        "",
        "A measure outside the children's tool list never makes a paired outcome there, however",
        "often it is given. The perinatal rule of 2023/24 takes any score that has a code in the",
        "national list.",
        "",
        *table(("instrument", "in the children's tool list", "has a national code"), rows),
        *(
            line
            for file in files
            for line in (
                "",
                f"## {file.title}",
                "",
                f"Source: {file.source}.",
                "",
                "Known oddities, kept when a national figure is checked and put right beside it:",
                "",
                *(f"- {oddity}" for oddity in file.oddities),
            )
        ),
    ]


def section(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    """A titled table, or nothing when it has no rows."""
    return ["", f"## {title}", "", *table(heads, rows)] if rows else []


def list_section(title: str, lines: list[str]) -> list[str]:
    """A titled list, or nothing when it is empty."""
    return ["", f"## {title}", "", *(f"- {line}" for line in lines)] if lines else []


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """A table in Markdown."""
    return [
        row_of(heads),
        "|" + "---|" * len(heads),
        *(row_of(row) for row in rows),
    ]


def row_of(cells: Iterable[str]) -> str:
    """One row, with a bar inside a cell made harmless."""
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def cited(figure: Figure | None) -> str:
    """Where a figure comes from and how sure that is."""
    if figure is None:
        return ""
    return f"{figure.source} [{GRADES[figure.grade]}]"


def runs(numbers: Iterable[int]) -> str:
    """Numbers with those that follow one another drawn together: 1–3, 5."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] + 1 == number:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in found)


def yes(answer: object) -> str:
    """Yes or no."""
    return "yes" if answer else "no"
