"""Releases of access by age with a few lines; `small_pack` is a release as text."""

from datetime import date
from typing import Any

from factory.django import DjangoModelFactory

from nestling.access_figures import models
from nestling.access_figures.compute import Pack
from tests.factories import LazyFunction, SubFactory, Trait

START, END = date(2025, 1, 1), date(2025, 12, 31)
BEFORE = date(2024, 12, 31)
HEAD = "measure,period_start,period_end,geography_type,geography,age,value,shown,note"
STEPS = "measure,period_start,period_end,step,rule,words,age,lost,left"


def about(*, made_up: bool = False) -> dict[str, Any]:
    """How a release was made, as a manifest says it."""
    return {
        "made_by": "nestling 1.0",
        "made_on": "2026-03-02",
        "made_up": made_up,
        "engine": {"name": "duckdb", "version": "1"},
        "periods": [
            {"start": "2024-01-01", "end": "2024-12-31"},
            {"start": "2025-01-01", "end": "2025-12-31"},
        ],
        "icb_basis": "residence",
        "disclosure": {"rule": "strict", "differencing": "not checked"},
        "definitions": {"version": "1.0", "measures": {}},
        "not_computed": {},
        "breaks_in_the_series": ["version 6 of the data set (April 2024)"],
        "inputs": [{"table": "MHS101Referral", "file": "a.parquet", "bytes": 1, "sha256": "0"}],
        "left_out": {},
    }


def figure(measure: str, end: date, place: tuple[str, str], age: str, shown: str) -> str:
    """One row of a table of figures."""
    start = end.replace(month=1, day=1)
    return ",".join([measure, str(start), str(end), *place, age, "", shown, ""])


def small_pack(*, made_up: bool = False, rows: tuple[str, ...] = ()) -> Pack:
    """A release with England and two boards, one of them hidden."""
    england, leeds, devon = ("country", "England"), ("icb", "QWO"), ("icb", "QJK")
    table = [
        *(figure("children_ge1", END, england, age, n) for age, n in UNDER_THREE),
        *(figure("children_ge1", BEFORE, england, age, "3640") for age, _n in UNDER_THREE),
        *(figure("children_ge1_change", END, england, age, "545") for age, _n in UNDER_THREE),
        *(figure("children_ge1", END, leeds, age, "40") for age, _n in UNDER_THREE),
        *(figure("children_ge1", END, devon, age, "*") for age, _n in UNDER_THREE),
        figure("children_ge2", END, england, "0-1", "*"),
        figure("referrals_received", END, england, "0-1", "9000"),
        figure("referrals_accepted", END, england, "0-1", "7075"),
        *rows,
    ]
    steps = [
        f"children_ge2,2025-01-01,2025-12-31,{n},{rule},{words},{age},{lost},{left}"
        for n, rule, words, lost, left in FALLS
        for age in ("0", "1", "2")
    ]
    return Pack(
        figures=("\n".join([HEAD, *table]) + "\n",),
        waterfalls="\n".join([STEPS, *steps]) + "\n",
        about=about(made_up=made_up),
    )


UNDER_THREE = (("0", "2125"), ("1", "2060"), ("2", "4790"), ("0-1", "4185"), ("0-2", "8975"))
FALLS = (
    (0, "", "everyone", "0", "9000"),
    (1, "contact_in_window", "the contact was in the period", "4000", "5000"),
    (2, "attended", "the person was seen", "*", "*"),
)


class ReleaseFactory(DjangoModelFactory[models.Release]):
    """A release of real data; a trait for practice."""

    class Meta:
        model = models.Release

    class Params:
        practice = Trait(is_made_up=True, is_practice=True)

    title = "Year to 31 December 2025"
    made_on = date(2026, 3, 2)
    is_made_up = False
    about = LazyFunction(about)


class PublishedRowFactory(DjangoModelFactory[models.PublishedRow]):
    """England's line of children seen at least once."""

    class Meta:
        model = models.PublishedRow

    release = SubFactory(ReleaseFactory)
    place = 0
    measure = "children_ge1"
    period_start = START
    period_end = END
    breakdown = "country"
    code = "England"
    cells = LazyFunction(lambda: {"0": ["2125", ""], "1": ["*", ""]})


class WaterfallStepFactory(DjangoModelFactory[models.WaterfallStep]):
    """The first step of a waterfall: everyone."""

    class Meta:
        model = models.WaterfallStep

    release = SubFactory(ReleaseFactory)
    measure = "children_ge2"
    period_start = START
    period_end = END
    number = 0
    words = "everyone"
    cells = LazyFunction(lambda: {"0": ["0", "9000"]})
