"""What stands beside what: months beside years, a waterfall beside a table, providers by area."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from nestling.analytics.access.ages import AgeGroup, parse_ages
from nestling.analytics.access.earlier import read_earlier
from nestling.analytics.access.explained import explained
from nestling.analytics.access.figures import Key
from nestling.analytics.access.periods import Period
from nestling.analytics.access.relations import relations
from nestling.analytics.access.statistics import Observed, of_providers
from nestling.analytics.access.tally import Place
from nestling.analytics.access.waterfall import OTHER, TOTAL, UNKNOWN_AGE, Step, Waterfall
from nestling.reference.access import disclosure_rules
from nestling.science.disclosure import HIDDEN, Shown
from nestling.science.disclosure.table import Kind

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
ENGLAND = Place("country", "England")
STRICT = disclosure_rules()["strict"]
AGES = ("0", "1", "2", OTHER, UNKNOWN_AGE, TOTAL)
END = "children_ge1"
HEAD = "measure,period_start,period_end,step,rule,words,age,lost,left"


def counts(*numbers: int) -> dict[str, int]:
    """Numbers at every age with their sum."""
    return dict(zip(AGES, (*numbers, sum(numbers)), strict=True))


def fall() -> Waterfall:
    """Everyone, and one rule that leaves six children aged 1."""
    first = Step(
        rule="", words="everyone", left=counts(90, 40, 30, 0, 0), lost=counts(0, 0, 0, 0, 0)
    )
    last = Step(
        rule="attended", words="seen", left=counts(80, 6, 25, 0, 0), lost=counts(10, 34, 5, 0, 0)
    )
    return Waterfall(measure=END, ages=AGES, steps=(first, last))


def key(age: str, place: Place = ENGLAND) -> Key:
    """A count of children seen."""
    return Key(END, YEAR, place, parse_ages(age).groups[-1])


def test_months_of_a_year_are_tied_to_the_year() -> None:
    months = [key(f"{m}-{m}m") for m in range(12)]
    keys = [
        key("0"),
        *(replace(k, age=AgeGroup(k.age.lowest, k.age.lowest, "months")) for k in months),
    ]

    ties = relations(keys)

    assert [(tie.kind, tie.total, tie.parts) for tie in ties] == [
        (Kind.SUM, 0, tuple(range(1, 13)))
    ]


def test_without_earlier_outputs_the_end_of_a_waterfall_is_shown() -> None:
    (item,) = explained([(fall(), YEAR)], STRICT)

    assert item.words(1, "left", "1") == "5"


def test_an_end_that_was_published_as_hidden_stays_hidden() -> None:
    earlier: dict[Key, Shown] = {key("1"): HIDDEN, key("0"): 80, key("2"): 25}

    (item,) = explained([(fall(), YEAR)], STRICT, earlier)

    assert [item.words(1, "left", age) for age in ("0", "1", "2")] == ["80", "*", "25"]


def test_an_earlier_waterfall_says_who_is_left_after_its_last_rule(tmp_path: Path) -> None:
    file = tmp_path / "falls.csv"
    rows = [f"{END},2025-01-01,2025-12-31,{step},r,w,{age},0,{n}" for step, age, n in STEPS]
    file.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")

    found = read_earlier([file], breakdowns=())

    assert found == {key("0"): 80, key("1"): HIDDEN}


STEPS = ((0, "0", "90"), (0, "1", "40"), (1, "0", "80"), (1, "1", "*"), (1, "all", "100"))


def paper(place: Place, counted: dict[Key, Shown]) -> str:
    """How many providers of a place accept under-twos and saw five or more."""
    observed = Observed(
        {},
        {},
        {"X01": 9, "X02": 7, "X03": 8},
        {"X01": "yes", "X02": "yes", "X03": "yes"},
        {"X01": "QWO", "X02": "QJK"},
    )
    name = "providers_accept_saw_5_or_more"
    return of_providers(Key(name, YEAR, place, key("0-2").age), observed, counted).shown


def test_providers_are_counted_in_the_area_that_they_declare() -> None:
    board = Place("icb", "QWO")

    assert paper(board, {key("0-2", board): 10}) == "1"
    assert paper(ENGLAND, {}) == "3"


def test_an_area_whose_own_count_is_hidden_shows_no_providers() -> None:
    board = Place("icb", "QWO")

    assert paper(board, {key("0-2", board): HIDDEN}) == "*"
