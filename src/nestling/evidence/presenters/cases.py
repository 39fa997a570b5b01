"""Cases for change in words for the screen: lists, what changed, the report inside a page."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape

from django.urls import reverse
from markupsafe import Markup

from nestling.evidence.models import Case, CaseShare, CaseVersion
from nestling.evidence.queries import standing_share
from nestling.evidence.report.model import Picture, Report, Section
from nestling.evidence.report.passages import figures_of, passages_of
from nestling.evidence.report.write import WRITERS
from nestling.evidence.report.writers.html import Page
from nestling.need.presenters.map_page import share_words
from nestling.reference.parameters import need_parameters
from nestling.ui.components import Link

#: How each kind of file is called, and what a browser is told it is.
FILES = {
    "pdf": ("PDF", "application/pdf"),
    "docx": (
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "html": ("web page", "text/html; charset=utf-8"),
    "md": ("Markdown", "text/markdown; charset=utf-8"),
}
assert {f".{ending}" for ending in FILES} == set(WRITERS)  # noqa: S101 - one name for each writer


class PageInside(Page):
    """The report inside a page: drawings as images, which the policy for styles allows."""

    def report_markup(self) -> Markup:
        """The cover, sections, references and notes; the writer has escaped every word."""
        parts = [self.cover(), self.contents(), *map(self.section, self.report.sections)]
        return Markup("\n".join([*parts, self.references(), self.notes()]))  # noqa: S704

    def picture(self, picture: Picture) -> str:
        """A drawing as an image with its words."""
        drawing = base64.b64encode(picture.svg.encode()).decode()
        caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
        return (
            f'<figure>{caption}<img src="data:image/svg+xml;base64,{drawing}" '
            f'alt="{escape(picture.alternative)}"></figure>'
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case or share in a list."""

    name: str
    url: str
    scenario: str
    who: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version in a list."""

    number: int
    what: str
    who: str
    when: str
    url: str
    is_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One passage that reads otherwise in another version."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two versions."""

    left_out: tuple[str, ...]
    brought_in: tuple[str, ...]
    changed: tuple[Changed, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not (self.left_out or self.brought_in or self.changed)


def day(on: date) -> str:
    """A day in words."""
    return f"{on:%-d %B %Y}"


def scenario_words(name: str) -> str:
    """A scenario as its share and what it counts."""
    found = need_parameters().scenarios.get(name)
    return share_words(found) if found else name


def case_row(case: Case) -> CaseRow:
    """A case in a list."""
    return CaseRow(
        name=case.area_name,
        url=reverse("evidence:case", args=[case.pk]),
        scenario=scenario_words(case.scenario),
        who=case.begun_by.full_name,
        when=day(case.begun_on),
    )


def away_row(case: Case) -> CaseRow:
    """A case that is put away, with who did it and when."""
    who, when = case.put_away_by, case.put_away_on
    assert who is not None  # noqa: S101 - asked for of cases that are put away
    assert when is not None  # noqa: S101 - both or neither
    return replace(case_row(case), who=who.full_name, when=day(when))


def share_row(row: CaseShare) -> CaseRow:
    """A shared version in a list."""
    case = row.version_shared.case
    return CaseRow(
        name=case.area_name,
        url=reverse("evidence:shared", args=[row.pk]),
        scenario=scenario_words(case.scenario),
        who=row.shared_by.full_name,
        when=day(row.shared_on),
    )


def version_row(version: CaseVersion, *, case: Case) -> VersionRow:
    """A version in a list."""
    return VersionRow(
        number=version.number,
        what=version.what,
        who=version.saved_by.full_name,
        when=day(version.saved_on),
        url=reverse("evidence:case_version", args=[case.pk, version.number]),
        is_shared=standing_share(version) is not None,
    )


def file_links(page: str, *args: object) -> list[Link]:
    """A link for each kind of file of a version."""
    return [
        Link(f"Save as {name}", reverse(page, args=[*args, ending]))
        for ending, (name, _) in FILES.items()
    ]


def file_name(report: Report, *, number: int, ending: str) -> str:
    """A file's name: the area and the version, in plain letters."""
    area = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in report.area)
    plain = "-".join(part for part in area.lower().split("-") if part)
    return f"case-for-change-{plain}-version-{number}.{ending}"


def section_links(report: Report, version: CaseVersion) -> list[tuple[Link, bool]]:
    """A link to write each section's words, and whether it holds own words already."""
    case = version.case
    return [
        (
            Link(section.title, reverse("evidence:case_words", args=[case.pk, section.id])),
            any(key.startswith(f"{section.id}.") for key in version.words),
        )
        for section in report.sections
        if section.id in version.sections and passages_of(section)
    ]


def figure_list(section: Section) -> list[str]:
    """The figures of a section as they are placed in its text."""
    return [
        f"{{{place}: {number.text}}}"
        for place, (number, _) in enumerate(figures_of(section), start=1)
    ]


def compared(report: Report, *, old: CaseVersion, new: CaseVersion) -> Comparison:
    """What the newer of two versions leaves out, brings in and says otherwise."""
    titles = {section.id: section.title for section in report.sections}
    return Comparison(
        left_out=tuple(titles[one] for one in old.sections if one not in new.sections),
        brought_in=tuple(titles[one] for one in new.sections if one not in old.sections),
        changed=tuple(changes(report, old=old.words, new=new.words)),
    )


def changes(report: Report, *, old: Mapping[str, str], new: Mapping[str, str]) -> Iterable[Changed]:
    """Each passage that reads otherwise, with the text of both."""
    for section in report.sections:
        for passage in passages_of(section):
            before = old.get(passage.key, passage.text)
            after = new.get(passage.key, passage.text)
            if before != after:
                title = f"{section.title}: {passage.label.lower()}"
                yield Changed(title=title, before=before or "Empty", after=after or "Empty")
