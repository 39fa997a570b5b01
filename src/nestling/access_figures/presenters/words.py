"""Names of measures, breakdowns, places and days as pages say them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nestling.access_figures.models import PublishedRow, Release
from nestling.access_figures.presenters.figures import of_rule
from nestling.analytics.access.ages import MONTHS
from nestling.analytics.access.pivot import place_words, title_of
from nestling.analytics.access.published import CHANGE
from nestling.reference.access import definitions, disclosure_rules, meanings
from nestling.reference.access.areas import UNKNOWN
from nestling.science.disclosure import DisclosureRule
from nestling.ui.charts.figure_words import Said, said

#: What a table can be by: the word in the address, and the words on the page.
BY = {
    "country": "Age, in England",
    MONTHS: "Month of age under three, in England",
    "region": "Region",
    "icb": "Integrated care board",
    "sub_icb": "Sub-ICB location",
    "provider": "Provider",
    "sex": "Sex, in England",
    "ethnicity": "Ethnicity, in England",
    "deprivation": "Deprivation, in England",
}
FIRST = {"region": "Region", "icb": "Integrated care board", "sub_icb": "Sub-ICB location"}
CODES = {"sex": "GenderIDCode", "ethnicity": "EthnicCategory"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What hidden means in a release, in words, and the rule's name and source."""

    sentences: tuple[Said, ...]
    name: str
    source: str


def day(when: date) -> str:
    """A day as it is said.

    >>> day(date(2025, 12, 31))
    '31 December 2025'
    """
    return f"{when.day} {when:%B %Y}"


def period(measure: str, *, start: date, end: date) -> str:
    """The period of a figure, or the day of a caseload."""
    if definitions().measure(measure.removesuffix(CHANGE)).at_a_date:
        return f"on {day(end)}"
    return f"{day(start)} to {day(end)}"


def measure_words(name: str) -> str:
    """What a measure counts."""
    return title_of(name)


def code_words(breakdown: str, code: str) -> str:
    """The name of a place or group."""
    if breakdown == "deprivation" and code.isdigit():
        ends = {"1": " (most deprived)", "10": " (least deprived)"}
        return f"Tenth {code}{ends.get(code, '')}"
    if breakdown in CODES or breakdown == "deprivation":
        known = meanings(CODES[breakdown]) if breakdown in CODES else {}
        return known.get(code, code).capitalize() if code == "not known" else known.get(code, code)
    if breakdown == MONTHS:
        return code
    if code == UNKNOWN:
        return "Not known"
    return place_words(breakdown, code)


def by_name(rows: Sequence[PublishedRow]) -> list[PublishedRow]:
    """Areas by their names, those not known last; groups stay in their order."""
    if not rows or rows[0].breakdown not in FIRST:
        return list(rows)
    return sorted(rows, key=lambda row: (row.code == UNKNOWN, code_words(row.breakdown, row.code)))


def hiding(release: Release) -> Rule:
    """What hidden means under the release's rule; its numbers come from the rule."""
    rule = disclosure_rules()[release.about["disclosure"]["rule"]]
    return Rule(
        sentences=(hidden_words(rule), rounded_words(rule), waits_words(rule)),
        name=f"{rule.name}, version {rule.version}",
        source=rule.source,
    )


def hidden_words(rule: DisclosureRule) -> Said:
    """Which numbers are hidden."""
    second = (
        ", or a larger number that must be hidden so that the first cannot be worked out"
        if rule.secondary
        else ""
    )
    return said(
        "so that no child can be picked out. Hidden means {low} to {high} children{second}. It is "
        "never the same as {zero}.",
        low=of_rule(0 if rule.hide_zero else 1),
        high=of_rule(rule.hide_below - 1),
        second=second,
        zero=of_rule(0),
    )


def rounded_words(rule: DisclosureRule) -> Said:
    """How the other numbers are rounded."""
    return said(
        "Everything else is rounded to the nearest {base}{england}. Rates, changes and bars are "
        "worked out from the rounded numbers.",
        base=of_rule(rule.round_to),
        england=", England apart" if rule.exact_at else ", England too",
    )


def waits_words(rule: DisclosureRule) -> Said:
    """How many people a wait is shown for."""
    return said(
        "A middle wait needs {middle} people, a 90th centile {late}; with fewer it is hidden.",
        middle=of_rule(rule.median_needs),
        late=of_rule(rule.ninetieth_needs),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How one measure is counted: its name, version, words and rules in order."""

    name: str
    words: str
    rules: tuple[str, ...]


def counted(names: "tuple[str, ...]") -> tuple[Counted, ...]:
    """How the measures are counted."""
    known = definitions()
    return tuple(
        Counted(
            name=f"{name}, version {known.measures[name].version}",
            words=known.measures[name].words,
            rules=tuple(known.rules[rule].words for rule in known.measures[name].rules),
        )
        for name in dict.fromkeys(names)
        if name in known.measures
    )


def making(release: Release) -> list[tuple[str, str]]:
    """How a release was made, as pairs for a list."""
    about: dict[str, Any] = release.about
    inputs = about.get("inputs", [])
    tables = ", ".join(dict.fromkeys(entry["table"] for entry in inputs))
    engine = about["engine"]
    left_out = "; ".join(f"{name}: {why}" for name, why in about.get("left_out", {}).items())
    not_counted = "; ".join(
        f"{name} (no {lacks})" for name, lacks in about.get("not_computed", {}).items()
    )
    return [
        ("Stored on", day(release.made_on)),
        ("Counted on", day(date.fromisoformat(about["made_on"]))),
        ("Made by", f"{about['made_by']} on {engine['name']} {engine['version']}"),
        ("Definitions", f"version {about['definitions']['version']}"),
        ("Source", f"{len(inputs)} files of an extract: {tables}"),
        ("Areas", f"by {about['icb_basis']}; areas of April 2024"),
        ("Breaks in the series", "; ".join(about["breaks_in_the_series"]) or "none crossed"),
        ("Not counted", not_counted or "nothing was lacking"),
        ("Left out", left_out or "nothing"),
    ]


def ends_of(release: Release) -> list[date]:
    """The last days of the release's periods, earlier first."""
    return [date.fromisoformat(one["end"]) for one in release.about["periods"]]


def start_of(release: Release, end: date) -> date:
    """The first day of the period that ends on a day."""
    spans = {one["end"]: one["start"] for one in release.about["periods"]}
    return date.fromisoformat(spans[end.isoformat()])
