"""Tests of sites chosen among real areas."""

import pytest

from nestling.need.choices import NeedError
from nestling.need.sites import SiteQuestion, best_sites, centre
from nestling.need.sites_shown import sites_as_text
from nestling.reference.areas import AreaType
from nestling.reference.provision import Statement
from nestling.science.placement import Wish

ONE = Wish(sites=1)


def test_forty_teams_are_placed_within_a_hundredth_of_the_bound() -> None:
    found = best_sites(SiteQuestion(wish=Wish(sites=40, gap=0.01)))

    assert len(found.places) == 218
    assert found.placement.gap <= 0.01


def test_a_longer_reach_never_covers_less() -> None:
    near = best_sites(SiteQuestion(wish=ONE, inside="North West", reach_km=10))
    far = best_sites(SiteQuestion(wish=ONE, inside="North West", reach_km=40))

    assert far.placement.covered > near.placement.covered


def test_families_stated_as_seen_are_taken_off() -> None:
    stated = Statement(
        lad_code="W06000015",
        team_name="A",
        service_type="specialised",
        families_per_year=500,
        as_of="2026-03",
        source="made up",
    )

    without = best_sites(SiteQuestion(wish=ONE, inside="Wales", statements=()))
    with_team = best_sites(SiteQuestion(wish=ONE, inside="Wales", statements=(stated,)))

    difference = without.placement.unmet_need - with_team.placement.unmet_need
    assert difference == pytest.approx(500)


def test_unknown_provision_is_counted_as_unmet_and_said() -> None:
    found = best_sites(SiteQuestion(wish=ONE, inside="North West"))

    assert any("Provision is not known" in note for note in found.notes)
    assert any("A service is named" in note and "Bolton" in note for note in found.notes)


def test_boards_and_districts_can_be_sites_too() -> None:
    boards = best_sites(SiteQuestion(wish=ONE, by=AreaType.ICB, reach_km=1))
    districts = best_sites(SiteQuestion(wish=ONE, by=AreaType.LAD, inside="Kent"))

    assert len(boards.places) == 42
    assert len(districts.places) == 12


def test_a_countys_centre_lies_among_its_districts() -> None:
    east, north = centre("E10000016")

    assert 0.3 < east < 1.4
    assert 51 < north < 51.5


def test_the_last_site_leaves_no_next_one_to_tell() -> None:
    found = best_sites(SiteQuestion(wish=ONE, inside="Leeds"))

    assert "The next site" not in sites_as_text(found)


def test_a_kind_of_area_that_is_not_inside_is_refused() -> None:
    with pytest.raises(NeedError, match="no icb lies within"):
        best_sites(SiteQuestion(wish=ONE, by=AreaType.ICB, inside="Leeds"))
