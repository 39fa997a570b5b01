"""Tests of placement against every choice tried in turn."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nestling.science.placement import (
    Place,
    PlacementError,
    Reach,
    Wish,
    fair_floors,
    place_teams,
    same_boundary,
    within,
)


def places(
    needs: list[float], *, groups: str = "", costs: list[float] | None = None
) -> list[Place]:
    return [
        Place(
            code=str(i),
            name=str(i),
            unmet_need=need,
            group=groups[i] if groups else "all",
            cost_pence=costs[i] if costs else 1.0,
        )
        for i, need in enumerate(needs)
    ]


def best_by_trying(needs: list[float], *, reach: Reach, sites: int) -> float:
    return max(
        sum(need for i, need in enumerate(needs) if reach[i, list(chosen)].any())
        for chosen in combinations(range(len(needs)), sites)
    )


@settings(max_examples=25)
@given(
    needs=st.lists(st.integers(1, 1000), min_size=4, max_size=8),
    sites=st.integers(1, 3),
    seed=st.integers(0, 1000),
)
def test_no_other_choice_reaches_more(needs: list[int], sites: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    points = random.uniform(size=(len(needs), 2))
    apart = np.linalg.norm(points[:, None] - points, axis=2)
    reach = within(apart, km=0.35)
    floats = [float(need) for need in needs]

    found = place_teams(places(floats), reach=reach, wish=Wish(sites=sites, gap=0))

    assert found.covered == pytest.approx(best_by_trying(floats, reach=reach, sites=sites))
    assert found.bound >= found.covered
    assert len(found.sites) <= sites


def test_the_next_site_is_the_best_of_those_left() -> None:
    own = same_boundary(["a", "b", "c"])

    found = place_teams(places([10, 30, 20]), reach=own, wish=Wish(sites=2))

    assert [site.adds for site in found.sites] == [30, 20]
    assert found.next_site is not None
    assert (found.next_site.place, found.next_site.adds) == (0, 10)


def test_a_site_says_who_gains_by_it_and_counts_nobody_twice() -> None:
    reach = np.array([[True, True, False], [True, True, True], [False, True, True]])

    found = place_teams(places([5, 0, 7]), reach=reach, wish=Wish(sites=1))

    assert found.sites[0].place == 1
    assert found.sites[0].gains == (0, 2)
    assert found.share == 1


def test_there_is_no_next_site_when_every_place_has_one() -> None:
    found = place_teams(places([1, 2]), reach=same_boundary("ab"), wish=Wish(sites=9))

    assert found.next_site is None
    assert len(found.sites) == 2


def test_money_buys_the_sites_it_pays_for() -> None:
    wanted = places([10, 9, 9], costs=[200.0, 100.0, 100.0])

    found = place_teams(wanted, reach=same_boundary("abc"), wish=Wish(budget_pence=200.0, gap=0))

    assert sorted(site.place for site in found.sites) == [1, 2]


def test_a_fair_share_gives_each_group_its_part() -> None:
    wanted = places([100, 90, 80, 40, 30], groups="nnnss")

    plain = place_teams(wanted, reach=same_boundary("abcde"), wish=Wish(sites=3))
    fair = place_teams(wanted, reach=same_boundary("abcde"), wish=Wish(sites=5, fair_share=True))

    assert fair_floors(wanted, sites=5) == {"n": 3, "s": 1}
    assert {wanted[site.place].group for site in plain.sites} == {"n"}
    assert {wanted[site.place].group for site in fair.sites} == {"n", "s"}


def test_a_fair_share_of_money_counts_the_sites_that_it_buys() -> None:
    wanted = places([100, 90, 40, 40], groups="nnss")

    found = place_teams(
        wanted, reach=same_boundary("abcd"), wish=Wish(budget_pence=4.0, fair_share=True)
    )

    assert {wanted[site.place].group for site in found.sites} == {"n", "s"}


def test_no_need_at_all_has_no_gap_and_no_share() -> None:
    found = place_teams(places([0, 0]), reach=same_boundary("ab"), wish=Wish(sites=1))

    assert (found.gap, found.share, found.covered) == (0, 0, 0)
    assert fair_floors(places([0, 0]), sites=3) == {"all": 0}


def test_a_fair_share_that_the_money_cannot_buy_is_refused() -> None:
    wanted = places([1, 1, 100], groups="nns", costs=[1.0, 1.0, 5.0])

    with pytest.raises(PlacementError, match="no choice of sites meets every condition"):
        place_teams(
            wanted, reach=same_boundary("abc"), wish=Wish(budget_pence=2.0, fair_share=True)
        )


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (Wish(), "how many teams or how much money"),
        (Wish(sites=1, budget_pence=1), "how many teams or how much money"),
        (Wish(sites=0), "at least one team"),
        (Wish(budget_pence=0.5), "does not pay for one team"),
    ],
)
def test_a_wish_that_cannot_be_met_says_why(wish: Wish, reason: str) -> None:
    with pytest.raises(PlacementError, match=reason):
        place_teams(places([1, 2]), reach=same_boundary("ab"), wish=wish)


def test_reach_must_be_given_for_each_pair_of_places() -> None:
    with pytest.raises(PlacementError, match="for each pair"):
        place_teams(places([1, 2]), reach=same_boundary("abc"), wish=Wish(sites=1))
