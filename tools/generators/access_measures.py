"""Writes the pages about access measures: rules in order, and worked examples as text tables."""

from pathlib import Path

from nestling.reference.access import MeasureEntry, definitions, disclosure_rules

SPECS = Path(__file__).parent.parent.parent / "tests" / "spec" / "access"


def generate(docs: Path) -> None:
    """Write the measures and the worked examples below `docs/reference/access`."""
    folder = docs / "reference" / "access"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "measures.md").write_text(measures_page(), encoding="utf-8")
    (folder / "examples.md").write_text(examples_page(), encoding="utf-8")


def measures_page() -> str:
    """Each measure with its rules in words, and the rules for small counts."""
    known = definitions()
    lines = ["# Measures of access by age", "", f"Version {known.version} of the definitions.", ""]
    for measure in known.measures.values():
        lines += measure_lines(measure)
    lines += [
        "## Rules for small counts",
        "",
        "| rule | version | what it does |",
        "| --- | --- | --- |",
    ]
    lines += [f"| `{r.name}` | {r.version} | {r.source} |" for r in disclosure_rules().values()]
    return "\n".join([*lines, ""])


def measure_lines(measure: MeasureEntry) -> list[str]:
    """One measure as a section."""
    rules = definitions().rules
    steps = [
        f"{number}. `{name}`: {rules[name].words}. Source: {rules[name].source}; version {rules[name].version}."  # noqa: E501 - one piece of text
        for number, name in enumerate(measure.rules, start=1)
    ]
    return [
        f"## `{measure.name}`",
        "",
        f"{measure.words}. Version {measure.version}.",
        "",
        *steps,
        "",
    ]


def examples_page() -> str:
    """Every worked example that the tests run, as it stands."""
    lines = [
        "# Worked examples",
        "",
        "Plain Python and DuckDB run every table with each change, Spark with the large counts.",
        "",
    ]
    for path in sorted(SPECS.glob("*.txt")):
        title, _, body = path.read_text(encoding="utf-8").partition("\n")
        lines += [f"## {title.strip()}", "", "```text", body.strip(), "```", ""]
    return "\n".join(lines)
