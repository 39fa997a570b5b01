"""The relationship map: a picture that fits, and a list that says the same."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.ui.relations import (
    MapBaby,
    MapCarer,
    MapHelper,
    RelationshipMap,
    name_lines,
    relationship_map,
)

NAMES = st.text(min_size=1, max_size=60).filter(str.strip)
BABIES = st.lists(st.builds(MapBaby, name=NAMES, age=NAMES), min_size=1, max_size=3)
CARERS = st.lists(
    st.builds(MapCarer, name=NAMES, role=NAMES, focus=st.booleans(), at_home=st.booleans()),
    max_size=8,
)
NETWORK = st.lists(st.builds(MapHelper, name=NAMES, role=NAMES), max_size=6)


def boxes(picture: RelationshipMap) -> list[tuple[float, float, float, float]]:
    nodes = [(n.left, n.top, n.left + n.width, n.top + n.height) for n in picture.nodes]
    return nodes + [(b.x - 42, b.y - 42, b.x + 42, b.y + 42) for b in picture.babies]


@given(babies=BABIES, carers=CARERS, network=NETWORK)
def test_no_two_people_stand_on_each_other(
    babies: list[MapBaby], carers: list[MapCarer], network: list[MapHelper]
) -> None:
    picture = relationship_map(babies=babies, carers=carers, network=network)

    for (left, top, right, bottom), other in combinations(boxes(picture), 2):
        assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


@given(babies=BABIES, carers=CARERS, network=NETWORK)
def test_everybody_is_inside_the_picture(
    babies: list[MapBaby], carers: list[MapCarer], network: list[MapHelper]
) -> None:
    picture = relationship_map(babies=babies, carers=carers, network=network)

    for left, top, right, bottom in boxes(picture):
        assert left >= 0
        assert top >= 0
        assert right <= picture.width
        assert bottom <= picture.height


@given(babies=BABIES, carers=CARERS, network=NETWORK)
def test_the_list_names_everybody_in_the_picture(
    babies: list[MapBaby], carers: list[MapCarer], network: list[MapHelper]
) -> None:
    picture = relationship_map(babies=babies, carers=carers, network=network)

    assert len(picture.sentences) == len(carers) + len(network) == len(picture.nodes)
    for sentence, carer in zip(picture.sentences, carers, strict=False):
        assert carer.name in sentence.who
        assert ("We work with this relationship." in sentence.rest) == carer.focus


def test_those_at_home_stand_inside_the_home_and_the_others_outside() -> None:
    picture = relationship_map(
        babies=[MapBaby(name="Wren")],
        carers=[
            MapCarer(name="Juniper", role="mother", at_home=True),
            MapCarer(name="Marigold", role="grandmother"),
        ],
    )

    inside = {n.lines[0]: n.y > picture.home.y for n in picture.nodes}
    assert inside == {"Juniper": True, "Marigold": False}


def test_a_father_of_one_twin_is_tied_to_that_twin_alone() -> None:
    picture = relationship_map(
        babies=[MapBaby(name="Bay"), MapBaby(name="Rue")],
        carers=[MapCarer(name="Ned", role="father", focus=True, babies=(1,))],
    )

    assert [(tie.y1, tie.kind) for tie in picture.ties] == [(picture.babies[1].y, "focus")]
    assert picture.sentences[0].who == "Rue and Ned"


def test_twins_stand_in_one_frame_that_shared_ties_lead_to() -> None:
    picture = relationship_map(
        babies=[MapBaby(name="Bay"), MapBaby(name="Rue")],
        carers=[MapCarer(name="Wilda", role="mother", at_home=True)],
    )

    assert picture.group is not None
    assert len(picture.ties) == 1


def test_one_baby_has_no_frame() -> None:
    assert relationship_map(babies=[MapBaby(name="Wren")]).group is None


def test_no_home_is_guessed_where_nobody_is_said_to_live_with_the_baby() -> None:
    picture = relationship_map(
        babies=[MapBaby(name="Wren")], carers=[MapCarer(name="Juniper", role="mother")]
    )

    assert not picture.has_home


def test_no_key_without_a_relationship_that_is_worked_with() -> None:
    assert not relationship_map(babies=[MapBaby(name="Wren")]).has_focus


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Juniper", ("Juniper",)),
        ("Anne-Marie Tolliver", ("Anne-Marie", "Tolliver")),
        ("Wilhelminaferdinanda", ("Wilhelminafe…",)),
        ("O’Shaughnessy-Fotheringham", ("O’Shaughness…",)),
    ],
)
def test_a_long_name_takes_two_lines_and_is_cut_at_last(name: str, lines: tuple[str, ...]) -> None:
    assert name_lines(name) == lines


def test_the_spoken_words_say_who_is_where() -> None:
    picture = relationship_map(
        babies=[MapBaby(name="Wren")],
        carers=[
            MapCarer(name="Juniper", role="mother", focus=True, at_home=True),
            MapCarer(name="Marigold", role="grandmother"),
        ],
        network=[MapHelper(name="Opal Dray", role="health visitor")],
    )

    assert picture.label == (
        "Wren in the middle. At home: Juniper. Family elsewhere: Marigold. Thick lines, the "
        "relationships we work with: Juniper. Dotted lines, the network: Opal Dray."
    )
