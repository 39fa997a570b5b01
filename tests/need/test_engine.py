"""Tests of a study from areas to figures, sources and notes."""

import pytest

from nestling.need.asked import births_given, study_area, with_births
from nestling.need.choices import ALL, Choices
from nestling.need.engine import study, study_of
from nestling.reference.areas import AreaNameError, AreaType, areas
from nestling.science.draws import Sampling, summary
from nestling.science.need import FigureName

EXACT = Choices(sampling=Sampling(draws=0))


def test_a_study_of_a_name_has_its_figures() -> None:
    found = study_of("Leeds", choices=EXACT)

    assert found.areas[0].code == "E08000035"
    assert found.estimates[0].points(FigureName.NEED) == [pytest.approx(8471 * 0.15)]


def test_a_study_finds_a_scenario_by_its_name() -> None:
    found = study_of("Leeds", choices=Choices(scenario=ALL))

    figure = found.figure(FigureName.NEED, scenario="policy_floor")
    assert figure is not None
    assert figure.low < 8471 * 0.1 < figure.high


def test_an_unknown_area_is_refused() -> None:
    with pytest.raises(AreaNameError):
        study_of("Atlantis")


def test_shares_in_need_come_first_among_the_parameters() -> None:
    names = [one.name for one in study_of("Leeds", choices=EXACT).parameters()]

    assert names[:3] == ["prevalence:disorganised_low_risk", "identified", "accepted"]


def test_a_uk_total_is_as_wide_as_its_shared_unknowns() -> None:
    held = [study_area(area.code) for area in areas().of_type(AreaType.LAD)]

    found = study(held, Choices(sampling=Sampling(draws=20_000)))

    births = sum(area.counted.births or 0 for area in held)
    total = summary(found.estimates[0].total(FigureName.NEED) / births)
    assert (total.low, total.high) == pytest.approx((0.10, 0.21), abs=0.005)


def test_districts_add_up_to_the_uk_draw_by_draw() -> None:
    held = [study_area(area.code) for area in areas().of_type(AreaType.LAD)]

    parts = study(held).estimates[0].total(FigureName.NEED)
    whole = study_of("UK").estimates[0].total(FigureName.NEED)

    assert parts == pytest.approx(whole)


def test_births_of_ones_own_have_no_place() -> None:
    found = study([births_given(4000)], EXACT)

    assert found.areas[0].code == ""
    assert found.estimates[0].points(FigureName.NEED_STOCK) == [None]


def test_a_real_area_keeps_its_ages_with_other_births() -> None:
    area = with_births(study_area("E08000035"), births=9000)

    assert area.counted.births == 9000
    assert area.counted.children_0_to_2 == study_area("E08000035").counted.children_0_to_2


def test_only_the_sources_that_are_used_are_named() -> None:
    made_up = {one.id for one in study([births_given(10)], EXACT).sources}
    glasgow = {one.id for one in study_of("Glasgow City", choices=EXACT).sources}

    assert not made_up & {"ons_births", "ons_population", "cco_2019"}
    assert {"nrs_nisra_age_0", "ons_population"} <= glasgow
    assert "ons_births" not in glasgow


def test_the_uk_names_both_kinds_of_births() -> None:
    named = {one.id for one in study_of("UK", choices=EXACT).sources}

    assert {"ons_births", "nrs_nisra_age_0"} <= named


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("UK", "in Scotland and Northern Ireland the population aged 0"),
        ("West Yorkshire", "counts are approximate"),
        ("Leeds", "not checked locally"),
        ("Cardiff", "which is not zero"),
        ("England", "At least 130 families are stated"),
    ],
)
def test_a_reader_is_told_what_matters_about_an_area(area: str, words: str) -> None:
    assert any(words in note for note in study_of(area, choices=EXACT).notes)


def test_a_working_year_without_a_teams_size_is_noted() -> None:
    choices = Choices(sampling=Sampling(draws=0), values={"hours_per_family": 20})

    assert any(
        "only when wte_per_team" in note for note in study_of("Leeds", choices=choices).notes
    )
