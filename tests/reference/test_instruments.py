"""The files that ship, and what happens to one that is broken."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from nestling.reference.base import ReferenceDataError
from nestling.reference.instruments import (
    UnknownInstrumentError,
    all_instruments,
    instrument,
    instrument_ids,
    load_instrument,
)
from nestling.reference.instruments.files import FOLDER
from nestling.reference.instruments.snomed import passes_check_digit
from nestling.science.change import FixedThreshold, JacobsonTruax

ASKED_FOR = {
    *("epds", "phq9", "gad7", "gad2", "whooley", "core10", "coreom", "hads", "mors_sf", "mpas"),
    *("ppas", "maas", "paas", "prfq", "psi4sf", "kpcs", "topse", "bpses", "kips", "pbq"),
    *("sdq_p2_4", "wemwbs", "swemwbs", "ors", "srs", "chi_esq", "gbo", "pir_gas", "loaf", "cgas"),
}
OFF = {
    *("mors_sf", "mpas", "ppas", "paas", "psi4sf", "topse"),
    *("ors", "srs", "chi_esq", "pir_gas", "loaf"),
}

GOOD = """\
id: tiny
version: "1"
title: A tiny measure
short_title: Tiny
evidence: verified
enabled: yes
domains: [D4]
respondent: parent
subject: person
window: {words: any time}
responses: {low: 0, high: 3}
items:
  - {number: 1, label: one}
  - {number: 2, label: two, reversed: yes}
scores:
  - name: total
    title: Total
    items: [1, 2]
    direction: higher_worse
    low: 0
    high: 6
    bands:
      source: Someone 2001
      steps:
        - {name: low, from: 0, below: 3}
        - {name: high, from: 3}
missing: {rule: none, source: house rule}
alerts:
  - {items: [2], at_least: 1, about: harm, source: Someone 2001}
change:
  - {score: total, at_least: 2, by: Someone, source: Someone 2002}
licence: {class: A, words: free, source: Someone 2001}
codes:
  - {system: snomed, code: "450320001", of: total, source: Someone 2003}
sources: [Someone 2001]
"""

TWO_TOTALS = """\
derived:
  - {name: total, title: T, parts: [total], direction: neither, low: 0, high: 6}
missing: {rule"""
SHORT_TABLE = """\
derived:
  - name: metric
    title: M
    parts: [total]
    direction: neither
    low: 0
    high: 1
    table: {source: S, rows: {0: 0, 1: 0.5, 2: 1}}
missing: {rule"""

#: What is changed in the good file, the line of the fault, and what the reason must say.
BROKEN = {
    "an item in no subscale": (
        (
            "items: [1, 2]\n    direction: higher_worse\n    low: 0\n    high: 6",
            "items: [1]\n    direction: higher_worse\n    low: 0\n    high: 3",
        ),
        14,
        "item 2 is in no total or subscale",
    ),
    "bands that overlap": (("below: 3", "below: 4"), 26, "the bands low and high overlap"),
    "bands that leave a gap": (
        ("below: 3", "below: 2"),
        26,
        "there is a gap between the bands low and high",
    ),
    "a gap below the first band": (("from: 0, below", "from: 1, below"), 25, "below the band low"),
    "bands that do not reach the top": (
        ("{name: high, from: 3}", "{name: high, from: 3, below: 6}"),
        26,
        "must reach the top, 6",
    ),
    "a band that ends before it starts": (
        ("{name: high, from: 3}", "{name: high, from: 3, below: 2}"),
        26,
        "the band high ends before it starts",
    ),
    "two bands of one name": (("name: high,", "name: low,"), 24, "two bands are called low"),
    "bands without a source": (
        ("      source: Someone 2001\n      steps", "      steps"),
        22,
        "“scores.0.bands” gives a figure without a source",
    ),
    "a threshold with a blank source": (
        ("source: Someone 2002", "source: ' '"),
        31,
        "“change.0” gives a figure without a source",
    ),
    "an item twice": (
        ("number: 2, label: two", "number: 1, label: two"),
        14,
        "item 1 stands twice",
    ),
    "a score of an item that is not there": (
        ("items: [1, 2]\n    d", "items: [1, 2, 3]\n    d"),
        18,
        "there is no item 3",
    ),
    "a score of no item that is there": (
        ("items: [1, 2]\n    d", "items: [8, 9]\n    d"),
        18,
        "there is no item 8",
    ),
    "a score that names an item twice": (
        ("items: [1, 2]\n    d", "items: [1, 2, 2]\n    d"),
        18,
        "item 2 is named twice",
    ),
    "an alert on an item that is not there": (
        ("items: [2], at", "items: [9], at"),
        29,
        "no item 9",
    ),
    "a range that the items do not give": (
        ("high: 6", "high: 7"),
        20,
        "total says 0 to 7, its items give 0 to 6",
    ),
    "proration that cannot be met": (
        ("    direction: h", "    answered_at_least: 3\n    direction: h"),
        19,
        "asks for more answers than its 2 items",
    ),
    "a factor where none belongs": (
        ("    direction: h", "    times: 10\n    direction: h"),
        16,
        "“times” belongs to the method mean_times alone",
    ),
    "a change in a score that is not there": (
        ("score: total, at", "score: warmth, at"),
        31,
        "there is no score “warmth”",
    ),
    "a deciding score that is not there": (
        ("missing: {rule", "status_from: sum\nmissing: {rule"),
        27,
        "there is no score “sum”",
    ),
    "two scores of one name": (("missing: {rule", TWO_TOTALS), 15, "two scores are called total"),
    "a table with a row left out": (
        ("missing: {rule", SHORT_TABLE),
        34,
        "the table has no row for 3",
    ),
    "unverified and on": (
        ("evidence: verified", "evidence: memory"),
        6,
        "evidence is memory: it cannot be enabled",
    ),
    "off without a reason": (("enabled: yes", "enabled: no"), 6, "“why_not_enabled” is given when"),
    "a reversal that is never applied": (
        ("responses: {low", "takes_raw: no\nresponses: {low"),
        15,
        "item 2 is reversed, but raw answers are not taken",
    ),
    "an item order that loses an item": (
        ("missing: {rule", "item_orders:\n  - {name: old, number_in_key: {1: 2}}\nmissing: {rule"),
        28,
        "the order old does not rearrange its items",
    ),
    "a code with a slip": (('"450320001"', '"450320002"'), 34, "fails the SNOMED CT check digit"),
    "a key that is not known": (("evidence: ", "evidense: "), 5, "“evidense” is not a known key"),
    "a key twice": (("domains: [D4]", "title: Again"), 7, "“title” stands twice"),
    "a word for a number": (("high: 3}", "high: three}"), 11, "“responses.high”"),
    "a domain that is not there": (("[D4]", "[D13]"), 7, "“domains.0”"),
    "text that is not YAML": (("items: [1, 2]\n    d", "items: [1, 2\n    d"), 19, "as YAML"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_fails_with_file_line_and_a_plain_reason(name: str, tmp_path: Path) -> None:
    (before, after), line, reason = BROKEN[name]
    assert before in GOOD
    path = tmp_path / "tiny-1.yaml"
    path.write_text(GOOD.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(ReferenceDataError) as raised:
        load_instrument(path)

    lines = str(raised.value).splitlines()
    assert any(said.startswith(f"tiny-1.yaml:{line}: ") and reason in said for said in lines), lines


def test_the_good_file_that_they_are_made_from_loads(tmp_path: Path) -> None:
    path = tmp_path / "tiny-1.yaml"
    path.write_text(GOOD, encoding="utf-8")

    assert load_instrument(path).id == "tiny"


def test_a_band_that_starts_above_the_range_leaves_a_gap(tmp_path: Path) -> None:
    path = tmp_path / "tiny-1.yaml"
    one_band = GOOD.replace("        - {name: low, from: 0, below: 3}\n", "")
    path.write_text(one_band.replace("from: 3}", "from: 9}"), encoding="utf-8")

    with pytest.raises(ReferenceDataError, match="must reach the top"):
        load_instrument(path)


def test_every_instrument_that_was_asked_for_is_here() -> None:
    assert set(instrument_ids()) == ASKED_FOR


def test_those_not_verified_are_off_and_say_why() -> None:
    off = {
        measure.id: measure.why_not_enabled for measure in all_instruments() if not measure.enabled
    }

    assert set(off) == OFF
    assert all(off.values())


def test_every_file_is_named_by_its_id_and_version() -> None:
    for path in FOLDER.glob("*.yaml"):
        measure = load_instrument(path)
        assert path.stem == f"{measure.id}-{measure.version}"


@pytest.mark.parametrize(
    ("typed", "name"), [(" Phq9 ", "phq9"), ("MORS-SF", "mors_sf"), ("Core-OM", "coreom")]
)
def test_an_id_is_found_however_it_is_typed(typed: str, name: str) -> None:
    assert instrument(typed).id == name


def test_a_version_can_be_asked_for() -> None:
    assert instrument("pbq", version="2006").version == "2006"


@pytest.mark.parametrize(("name", "version"), [("piios", None), ("epds", "1066"), ("", None)])
def test_what_is_not_there_is_not_found(name: str, version: str | None) -> None:
    with pytest.raises(UnknownInstrumentError):
        instrument(name, version=version)


def test_items_carry_our_labels_and_never_a_question() -> None:
    labels = [item.label for measure in all_instruments() for item in measure.items]

    assert not [label for label in labels if "?" in label or len(label) > 45]


def test_wording_may_ship_only_where_the_guide_says_free() -> None:
    free = {measure.id for measure in all_instruments() if measure.licence.kind == "A"}

    assert free == {
        *("phq9", "gad7", "gad2", "whooley", "kpcs", "pbq", "maas", "mpas", "ppas"),
        *("core10", "coreom", "gbo", "cgas"),
    }


def test_a_change_is_published_for_these_scores_alone() -> None:
    published = {
        (measure.id, change.score): change.at_least
        for measure in all_instruments()
        for change in reversed(measure.change)
    }

    assert published == {
        ("epds", "total"): 4,
        ("phq9", "total"): 6,
        ("gad7", "total"): 4,
        ("core10", "total"): 5,
        ("coreom", "total"): 5,
        ("ors", "total"): Decimal("6.6"),
        ("gbo", "goal_1"): 3,
        ("gbo", "goal_2"): 3,
        ("gbo", "goal_3"): 3,
        ("wemwbs", "total"): 9,
        ("swemwbs", "total"): 3,
        ("cgas", "total"): 11,
    }


def test_a_published_threshold_is_preferred_to_one_worked_out() -> None:
    assert instrument("core10").change_rule("total") == FixedThreshold(at_least=Fraction(5))


def test_without_a_published_threshold_the_index_comes_from_sd_and_reliability() -> None:
    bare = instrument("core10").model_copy(update={"change": []})

    rule = bare.change_rule("total")

    assert rule == JacobsonTruax(sd=Fraction("7.7"), r=Fraction("0.9"))


@pytest.mark.parametrize(
    ("name", "score"), [("kpcs", "total"), ("prfq", "CM"), ("hads", "A"), ("swemwbs", "metric")]
)
def test_where_nothing_is_published_no_change_is_judged(name: str, score: str) -> None:
    assert instrument(name).change_rule(score) is None


@pytest.mark.parametrize(
    ("name", "score", "r"),
    [
        ("gad7", "total", "0.83"),
        ("hads", "A", "0.84"),
        ("maas", "total", "0.82"),
        ("gbo", "goal_1", None),
    ],
)
def test_a_retest_coefficient_is_preferred_to_an_alpha(
    name: str, score: str, r: str | None
) -> None:
    assert instrument(name).coefficient(score) == (Fraction(r) if r else None)


def test_a_measure_that_is_off_is_given_only_where_it_is_switched_on_by_name() -> None:
    measure = instrument("mors_sf")

    assert not measure.may_be_given(switched_on=())
    assert measure.may_be_given(switched_on=["mors_sf"])
    assert instrument("epds").may_be_given(switched_on=())


@pytest.mark.parametrize("code", ["12", "45032000x", "1234567890123456789", "836571000000103"])
def test_a_number_that_is_no_snomed_code_fails_its_check(code: str) -> None:
    assert not passes_check_digit(code)
