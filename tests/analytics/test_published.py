"""Nothing that is written comes from a count that is not shown, and no hidden count is narrowed."""

import csv
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from nestling.analytics.access.job import Outcome
from nestling.analytics.access.page import WIDE, as_html
from nestling.analytics.access.release import pack
from nestling.analytics.access.writers import as_csv, as_json, as_table
from nestling.reference.access import disclosure_rules, populations
from nestling.science.disclosure import HIDDEN
from nestling.science.disclosure.attack import Knowledge, recovered
from nestling.science.disclosure.derived import ratio
from nestling.science.disclosure.table import known_bounds, least_by_marks
from tests.analytics.published_runs import (
    demo,
    outcome_of,
    seen_by_a_reader,
    told_again,
    without_second_hiding,
)

ATTACKED = 20
STRETCH = re.compile(r"seen (\d+), left or aged out (\d+), followed no longer (\d+)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
TIED = (
    "referrals_received",
    "referrals_accepted",
    "children_ge1",
    "children_ge2",
    "children_ge1_anyage",
    "children_ge1_old_rule",
    "blind_spot_0_2",
    "seen_by_6_weeks",
)
OTHERS = (
    "caseload",
    "first_contacts",
    "wait_to_first_median_days",
    "providers_accept_saw_fewer",
)


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo(tmp_path_factory.mktemp("extract"), referrals=20_000)


@pytest.fixture(scope="module")
def outcome(extract: Path) -> Outcome:
    measures = (
        *TIED,
        "caseload",
        "first_contacts",
        "wait_to_first_median_days",
        "providers_accept_saw_fewer",
    )
    return outcome_of(extract, measures=measures, places=("country", "region"), ages="0-2,5-10")


@pytest.fixture(scope="module")
def split(extract: Path) -> Outcome:
    return outcome_of(extract, measures=TIED, places=("country", "region"), by=("sex",))


def narrowed(outcome: Outcome, rule: Any) -> int:
    """How many of some hidden cells an attacker with every number and tie can narrow."""
    table, shown = seen_by_a_reader(outcome, rule)
    known = Knowledge(dict(enumerate(known_bounds(table, shown, rule))), table.relations)
    least = least_by_marks(table, shown)
    hidden = [n for n, value in enumerate(shown) if value is HIDDEN and least[n] < rule.hide_below]
    found = 0
    for cell in Random(1).sample(hidden, min(ATTACKED, len(hidden))):
        secret = range(int(least[cell]), rule.hide_below)
        found += bool(recovered(known, [cell], secret=secret))
    assert hidden
    return found


@pytest.mark.parametrize("name", ["outcome", "split"])
def test_no_hidden_cell_of_a_whole_output_can_be_narrowed(
    name: str, request: pytest.FixtureRequest
) -> None:
    assert narrowed(request.getfixturevalue(name), disclosure_rules()["strict"]) == 0


def test_without_the_second_hiding_cells_of_a_whole_output_are_recovered(split: Outcome) -> None:
    assert narrowed(split, without_second_hiding()) > 0


def test_other_counts_that_are_shown_alike_write_the_same_words(
    outcome: Outcome, tmp_path: Path
) -> None:
    again = told_again(outcome)

    assert again.figures.cells != outcome.figures.cells
    for write in (as_csv, as_table, lambda p: as_json(p, {}), lambda p: as_html(p, {})):
        assert write(again.published) == write(outcome.published)
    first, second = (
        workbook_values(each, tmp_path / name) for each, name in [(outcome, "a"), (again, "b")]
    )
    assert first == second


def workbook_values(outcome: Outcome, folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every value of the workbook, by sheet."""
    folder.mkdir()
    path = folder / "figures.xlsx"
    path.write_bytes(pack(outcome, folder=folder)["figures.xlsx"])
    book = load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


class Reader(HTMLParser):
    """Reads the cells of a page's tables, the words of its notes, and the numbers of its charts."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.numbers: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        given = dict(attrs)
        if tag == "rect":
            self.numbers[f"width {given['width']}"] += 1
        if tag == "svg":
            self.add(str(given["aria-label"]).rpartition("England:")[2], of_ages=True)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, words: str) -> None:
        if self.open and self.open[-1] in {"td", "text", "span"}:
            self.add(words, of_ages=self.open[-1] == "text")

    def add(self, words: str, *, of_ages: bool) -> None:
        plain = re.sub(r"Age \d+|Under 1|Ages \d+ to \d+", "", words) if of_ages else words
        self.numbers.update(re.findall(r"-?\d+(?:\.\d+)?", plain))


def test_every_number_of_the_page_and_its_charts_is_a_shown_one(outcome: Outcome) -> None:
    rows = rows_of(outcome)
    shown = {row["shown"] for row in rows}
    reader = Reader()

    reader.feed(as_html(outcome.published, {}))

    values = [int(v) for v in shown if v.isdigit()]
    widths = {f"width {round(WIDE * a / b)}" for a in values for b in values if 0 < b >= a}
    assert set(reader.numbers) - shown - widths - {"width 0"} == set()
    assert len(reader.numbers) > 20


def test_every_number_of_the_workbook_is_a_shown_one(outcome: Outcome, tmp_path: Path) -> None:
    shown = {int(row["shown"]) for row in rows_of(outcome) if row["shown"].lstrip("-").isdigit()}

    sheets = workbook_values(outcome, tmp_path / "pack")

    found = {
        value
        for title, lines in sheets.items()
        if title.startswith("Table")
        for line in lines
        for value in line
        if isinstance(value, (int, float))
    }
    assert found <= shown
    assert len(found) > 20


def test_every_number_beside_a_row_follows_from_shown_ones(outcome: Outcome) -> None:
    rows = rows_of(outcome)
    counts = {key_of(row): row["shown"] for row in rows}

    unexplained = {
        (row["measure"], row["geography"], row["age"], number)
        for row in rows
        for number in NUMBER.findall(without_dates(row["note"]))
        if float(number) not in allowed(row, counts)
    }

    assert {row["value"] for row in rows} == {""}
    assert {where for where in unexplained if not where[0].startswith("seen_by")} == set()


def rows_of(outcome: Outcome) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(outcome.published))))


def key_of(row: dict[str, str], measure: str = "", end: str = "") -> tuple[str, ...]:
    """What a row is about."""
    where = (row["geography_type"], row["geography"], row["age"])
    return (measure or row["measure"], end or row["period_end"], *where)


def without_dates(note: str) -> str:
    """A note without its days, the breaks of the series and its fixed words."""
    note = re.sub(r"breaks in the series:.*", "", note)
    return re.sub(r"\d{4}-\d\d-\d\d|per 1,000|95%|at providers in both periods.*", "", note)


def allowed(row: dict[str, str], counts: dict[tuple[str, ...], str]) -> set[float]:
    """The numbers that follow from the shown counts of a row's own place and age."""
    here = {v for k, v in counts.items() if k[2:] == key_of(row)[2:] and v.isdigit()}
    found = {float(value) for value in here}
    people = populations().get((row["geography_type"], row["geography"], row["age"]))
    if people and row["shown"].isdigit():
        found.add(round(int(row["shown"]) * 1000 / people, 2))
    base = row["measure"].removesuffix("_change")
    pair = [counts.get(key_of(row, base, end), "*") for end in ("2024-12-31", "2025-12-31")]
    if all(value.isdigit() for value in pair) and (
        change := ratio(int(pair[0]), int(pair[1]), confidence=0.95)
    ):
        found |= {round(n, 2) for n in (change.value, change.low, change.high)}
    return found


def test_a_share_follows_from_the_counts_in_its_own_words(outcome: Outcome) -> None:
    rows = [
        r for r in rows_of(outcome) if r["measure"] == "seen_by_6_weeks" and r["shown"].isdigit()
    ]

    assert rows
    for row in rows:
        people = int(re.search(r"n = (\d+)", row["note"])[1])  # type: ignore[index]  # it has one
        at_risk, still, share = float(people), 1.0, 0.0
        for stretch in re.findall(
            r"seen (\d+), left or aged out (\d+), followed no longer (\d+)", row["note"]
        ):
            seen, gone, waiting = map(int, stretch)
            exposed = at_risk - waiting / 2
            share += still * seen / exposed
            still *= 1 - (seen + gone) / exposed
            at_risk -= seen + gone + waiting
        assert row["shown"] == str(round(100 * share))


def test_a_hidden_number_is_null_in_json_and_never_0(outcome: Outcome) -> None:
    rows = json.loads(as_json(outcome.published, {}))["rows"]

    hidden = [row for row in rows if row["hidden"]]
    assert hidden
    assert {row["shown"] for row in hidden} == {None}
