"""Numbers written straight into a template or a page, where no source goes with them.

Run over a folder of pages: `python -m nestling.evidence.loose_numbers docs`.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Digits that a template may print as they are, with the reason.
ALLOWED = {
    r"\b999\b": "the emergency number",
    r"\b111\b": "the number of NHS 111",
    r"\b116 123\b": "the number of Samaritans",
    r"\b(?:WCAG|Guidelines) 2\.2\b": "a standard's name",
    r"\b\d+ minutes\b": "how long a form takes",
    r"\b(?:PHQ|GAD|ASQ|CORE|KPCS|HADS)-\d+\b": "an instrument's name",
    r"\b(?:first )?1001 days\b": "the name of the window",
    r"\b[Ff]or example,? \d{1,2} \d{1,2} \d{4}\b": "the hint of a date",
    r"\b[Ff]or example,? \d{3} \d{3} \d{4}\b": "the hint of an NHS number",
    r"\bMHS\d+\b": "the name of a national measure or table",
}
#: Pages that a tool writes from data; each row of theirs names its source in its own way.
WRITTEN_BY_TOOLS = ("reference/instruments/", "reference/need/", "performance.md")
#: How a page says what a number rests on.
CITED = re.compile(r"\[(?:claim|finding|contradiction|data|method|example)s?\b[^\]]*\]")
#: The numbers of a page that need a source: shares, money, and counts of babies, teams or people.
COUNTED = (
    "babies|baby|infants?|children|child|families|family|parents?|mothers?|fathers?|carers?|people|"
    "persons?|respondents|practitioners|professionals|teams?|births"
)
NEEDS_SOURCE = (
    re.compile(r"\d[\d,.]*\s?(?:%|per ?cent\b)"),
    re.compile(r"£\s?\d[\d,.]*"),
    re.compile(rf"(?<![\w£,-])\d+(?:,\d{{3}})*\s+(?:[a-z-]+\s+){{0,2}}?(?:{COUNTED})\b"),
)
#: Keys of a component whose value is text for the reader.
TEXT_KEYS = "text|html|label|hint|title|heading|caption|legend|summary"
TEXT_ARGUMENT = re.compile(rf"""["']?(?:{TEXT_KEYS})["']?\s*[:=]\s*(["'])((?:(?!\1).)*)\1""")


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseNumber:
    """A number that nothing stands behind: on which line, and the words around it."""

    line: int
    words: str


def blank(match: "re.Match[str]") -> str:
    """The same number of lines, and nothing in them."""
    return "\n" * match.group(0).count("\n") or " "


def own_text(template: str) -> str:
    """What a template prints by itself: without expressions, tags, comments and attributes."""
    for pattern in (
        r"\{#.*?#\}",
        r"<!--.*?-->",
        r"<(script|style|svg)\b.*?</\1>",
        r"\{%.*?%\}",
        r"\{\{.*?\}\}",
        r"<[^>]*>",
        r"&#?\w+;",
    ):
        template = re.sub(pattern, blank, template, flags=re.DOTALL)
    return template


def spoken_arguments(template: str) -> "Iterable[tuple[int, str]]":
    """The texts given to components inside a template's expressions, with their lines."""
    for block in re.finditer(r"\{[{%].*?[%}]\}", template, flags=re.DOTALL):
        for match in TEXT_ARGUMENT.finditer(block.group(0)):
            position = block.start() + match.start()
            yield template.count("\n", 0, position) + 1, match.group(2)


def in_template(template: str) -> "Iterable[LooseNumber]":
    """Each line of a template's own words that holds digits outside the allowed list."""
    own = enumerate(own_text(template).splitlines(), start=1)
    for line, text in [*own, *spoken_arguments(template)]:
        left = text
        for allowed in ALLOWED:
            left = re.sub(allowed, "", left)
        if re.search(r"\d", left):
            yield LooseNumber(line=line, words=" ".join(text.split()))


def prose_of(page: str) -> str:
    """A page's prose: without front matter, code, comments and the addresses of links."""
    for pattern in (
        r"\A---\n.*?\n---\n",
        r"^(`{3,}|~{3,}).*?^\1[^\n]*$",
        r"<!--.*?-->",
        r"`[^`\n]*`",
        r"(?<=\])\([^)\n]*\)",
    ):
        page = re.sub(pattern, blank, page, flags=re.DOTALL | re.MULTILINE)
    return page


def passages(prose: str) -> "Iterable[tuple[int, str]]":
    """The passages that one reference can serve: sentences, list items, rows of a table."""
    start = 1
    for paragraph in re.split(r"(\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.)\s)|\n(?=\|)|\n(?=#))", prose):
        line = start
        for sentence in re.split(r"(?<=[.!?])(\s+)(?=[A-Z\"“*])", paragraph):
            if sentence.strip():
                lead = len(sentence) - len(sentence.lstrip())
                yield line + sentence.count("\n", 0, lead), " ".join(sentence.split())
            line += sentence.count("\n")
        start += paragraph.count("\n")


def in_page(page: str) -> "Iterable[LooseNumber]":
    """Each passage of a page that gives a share, money or a count of people without a reference."""
    if page.startswith("<!-- generated"):
        return
    for line, text in passages(prose_of(page)):
        if CITED.search(text):
            continue
        if any(pattern.search(text) for pattern in NEEDS_SOURCE):
            yield LooseNumber(line=line, words=text)


def in_pages(folder: Path) -> "Iterable[tuple[Path, LooseNumber]]":
    """Every loose number in the pages below a folder that a person has written."""
    for path in sorted(folder.rglob("*.md")):
        if path.relative_to(folder).as_posix().startswith(WRITTEN_BY_TOOLS):
            continue
        for loose in in_page(path.read_text("utf-8")):
            yield path, loose


def in_templates(folder: Path) -> "Iterable[tuple[Path, LooseNumber]]":
    """Every loose number in the templates below a folder; what was vendored is not ours."""
    for path in sorted(folder.rglob("*.jinja")):
        if "vendor" in path.parts:
            continue
        for loose in in_template(path.read_text("utf-8")):
            yield path, loose


def main(folders: list[str]) -> int:
    """Print the loose numbers of pages and templates below some folders; 1 when there are any."""
    found = [
        item for name in folders for item in (*in_pages(Path(name)), *in_templates(Path(name)))
    ]
    for path, loose in found:
        sys.stdout.write(f"{path}:{loose.line}: {loose.words}\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
