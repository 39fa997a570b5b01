"""From a phrase with figures in it to a line of text with footnotes.

`{need}` prints a figure, `{need:range}` its limits, `{E002}` a claim's value, `{X20.3}` the third
figure of a finding; `[claim E016]`, `[finding X24]`, `[contradiction C05]` and `[document S000]`
leave a footnote; `**words**` are strong.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nestling.evidence.report.model import Line, Mark, Number, Words
from nestling.evidence.report.notes import Notebook, claim_note, claim_source
from nestling.reference.claims import words_for
from nestling.science.figures import Figure
from nestling.ui.charts import figure_words as say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nestling.evidence.report.model import Span
    from nestling.reference.claims import Claim, FoundFigure

PART = re.compile(
    r"\{(?P<name>\w+)(?:\.(?P<place>\d+))?(?::(?P<form>\w+))?\}"
    r"|\[(?:claims?|findings?|contradictions?|documents?) (?P<refs>[A-Z]\d+(?:, [A-Z]\d+)*)\]"
    r"|(?P<strong>\*\*)"
)


class UnknownPhraseError(KeyError):
    """A phrase asks for a figure or word that this report does not have."""


@dataclass(slots=True, kw_only=True)
class Phrasebook:
    """The figures and words of one report, and the notes that they leave."""

    figures: "Mapping[str, Figure]"
    words: "Mapping[str, str]"
    flags: frozenset[str]
    notebook: Notebook

    def line(self, phrase: str) -> Line:
        """A phrase as a line: text, figures and the marks of notes."""
        spans: list[Span] = []
        strong, last = False, 0
        text = " ".join(phrase.split())
        for match in PART.finditer(text):
            spans += self.plain(text[last : match.start()], strong=strong)
            last = match.end()
            if match["strong"]:
                strong = not strong
            elif match["refs"]:
                spans = self.marked(spans, match["refs"].split(", "))
            else:
                spans += self.placed(match, strong=strong)
        spans += self.plain(text[last:], strong=strong)
        return tuple(spans)

    def plain(self, text: str, *, strong: bool) -> "list[Span]":
        """A run of text, if there is any."""
        return [Words(text=text, strong=strong)] if text else []

    def marked(self, spans: "list[Span]", references: "Sequence[str]") -> "list[Span]":
        """The spans with a mark for references, tight against the word before."""
        reg = self.notebook.register
        self.notebook.used += [name for name in references if reg.knows(name)]
        notes = " ".join(claim_note(reg, name) for name in references)
        address = reg.findings[references[0]].url if references[0] in reg.findings else ""
        if spans and isinstance(spans[-1], Words):
            spans[-1] = Words(text=spans[-1].text.rstrip(), strong=spans[-1].strong)
        return [*spans, Mark(note=self.notebook.note(notes, address=address))]

    def placed(self, match: "re.Match[str]", *, strong: bool) -> "list[Span]":
        """What stands for a name: a word of the area, a figure with its note, a nested phrase."""
        name, form = match["name"], match["form"] or "value"
        if name in self.words:
            inner = self.words[name]
            return (
                list(self.line(inner)) if PART.search(inner) else self.plain(inner, strong=strong)
            )
        text, figure = self.figure(name, place=match["place"], form=form)
        number = Number(text=text, figure=figure, strong=strong)
        return [number, Mark(note=self.notebook.cite(figure.source))]

    def figure(self, name: str, *, place: str | None, form: str) -> tuple[str, Figure]:
        """A figure and the words that print it."""
        reg = self.notebook.register
        if name in self.figures:
            figure = self.figures[name]
            return FORMS[form](figure), figure
        if name in reg.claims:
            return words_for(reg.claims[name]), of_register(self, reg.claims[name], name)
        if name in reg.findings and place:
            found = reg.findings[name].figures[int(place) - 1]
            return words_for(found), of_register(self, found, name)
        raise UnknownPhraseError(name)

    def holds(self, conditions: "Iterable[str]") -> bool:
        """Whether every flag of a condition is set, or not set where it begins with `!`."""
        return all(
            (flag[1:] not in self.flags) if flag.startswith("!") else (flag in self.flags)
            for flag in conditions
        )

    def lines(self, entries: "Iterable[Mapping[str, Any]]") -> list[Line]:
        """The lines of those entries whose conditions hold."""
        return [
            self.line(entry["text"])
            for entry in entries
            if "text" in entry and self.holds(entry.get("when", ()))
        ]


def of_register(book: Phrasebook, value: "Claim | FoundFigure", name: str) -> Figure:
    """A figure made of a claim or of an outside finding's number."""
    limits = value.limits
    middle = None if value.value is None else float(value.value)
    known = (
        middle
        if middle is not None or limits is None
        else next((limit for limit in limits if abs(limit) != float("inf")), None)
    )
    when = getattr(value, "year", None) or value.as_of or "date not given"
    return Figure(
        value=known, unit=value.unit, date=when, source=claim_source(book.notebook.register, name)
    )


def roughly(figure: Figure) -> str:
    """A count of babies said roughly, as on a cover: "about 8,500 babies"."""
    if figure.value is None:
        return say.NOT_KNOWN
    shown = say.to_two_figures(figure.value)
    return f"about {say.with_separators(shown)} {say.plural(shown, 'babies')}"


def around(figure: Figure) -> str:
    """An estimate without its unit: "about 690"."""
    known = figure.is_estimate and figure.is_known
    return f"about {say.bare_number(figure)}" if known else say.bare_number(figure)


def one_in(figure: Figure) -> str:
    """A share as "1 in n" without "about", for a sentence that has said it."""
    return (
        say.NOT_KNOWN if figure.value is None else say.one_in(figure.value).removeprefix("about ")
    )


def likely(figure: Figure) -> str:
    """The end of a clause that says how sure a figure is: ", likely 820 to 1,810"."""
    if figure.interval is None:
        return ", of which no interval is known"
    return f", likely {say.limit_words(figure)}"


FORMS: "dict[str, Callable[[Figure], str]]" = {
    "value": say.figure_words,
    "range": say.range_words,
    "one_in": one_in,
    "roughly": roughly,
    "around": around,
    "limits": say.limit_words,
    "likely": likely,
    "bare": say.bare_number,
}
