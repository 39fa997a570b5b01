"""Who is around the baby, as a picture and as the sentences that say the same.

Babies stand in the middle of a home with dashed outline; those who live there stand left and right
of them, other family above, the network below. The picture is laid out here, in the units of its
`viewBox`, so that the template only prints it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

WIDTH = 420
NODE_WIDTH, LINE = 124, 16
BABY_RADIUS = 42
GAP = 18
NAME_LETTERS, ROLE_LETTERS = 13, 18
COLUMNS = (68.0, 210.0, 352.0)

TieKind = Literal["focus", "tie", "thin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapBaby:
    """A baby in the middle. No age after a loss."""

    name: str
    age: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCarer:
    """A parent, carer or other family member.

    `focus`: the team works with this relationship. `babies`: the indexes of the babies that they
    are related to, all of them when left out. `note` ends the sentence in the list below.
    """

    name: str
    role: str
    focus: bool = False
    at_home: bool = False
    babies: tuple[int, ...] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapHelper:
    """Somebody of the network: a professional or a friend of the family."""

    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A shape with words; `x` and `y` are its middle."""

    x: float
    y: float
    lines: tuple[str, ...]
    role: str
    height: float
    kind: Literal["carer", "helper"]
    width: float = NODE_WIDTH

    @property
    def left(self) -> float:
        """The left edge."""
        return self.x - self.width / 2

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y - self.height / 2

    @property
    def texts(self) -> list[tuple[float, str, str]]:
        """Each line as (baseline, class, words)."""
        shown = [("b" if self.kind == "carer" else "", line) for line in self.lines]
        shown += [("soft", self.role)] if self.role else []
        first = self.y - (len(shown) - 1) * LINE / 2 + 5
        return [(first + n * LINE, css, words) for n, (css, words) in enumerate(shown)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BabyNode:
    """A baby's circle."""

    x: float
    y: float
    lines: tuple[str, ...]
    age: str

    @property
    def texts(self) -> list[tuple[float, str, str]]:
        """Each line as (baseline, class, words)."""
        shown = [("child-t b", line) for line in self.lines]
        shown += [("child-t", self.age)] if self.age else []
        first = self.y - (len(shown) - 1) * LINE / 2 + 5
        return [(first + n * LINE, css, words) for n, (css, words) in enumerate(shown)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A line between somebody and a baby, or all babies at once.

    Lines to all end at the frame around the babies and are drawn beneath it; the others `over` it.
    """

    x1: float
    y1: float
    x2: float
    y2: float
    kind: TieKind
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A shape around some of them: the home, and the babies where there are several."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One line of the list: who with whom, and the rest of it."""

    who: str
    rest: str


Thing = TypeVar("Thing", MapBaby, BabyNode)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipMap:
    """The picture, its words for screen readers, and the same as sentences."""

    label: str
    height: float
    home: Outline
    group: Outline | None
    babies: tuple[BabyNode, ...]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    sentences: tuple[Sentence, ...]
    has_focus: bool = False
    has_home: bool = False
    width: float = field(default=WIDTH)


def relationship_map(
    *, babies: Sequence[MapBaby], carers: Sequence[MapCarer] = (), network: Sequence[MapHelper] = ()
) -> RelationshipMap:
    """The people around one to three babies, laid out.

    >>> picture = relationship_map(
    ...     babies=[MapBaby(name="Wren", age="16 weeks")],
    ...     carers=[MapCarer(name="Juniper", role="mother", focus=True, at_home=True)],
    ... )
    >>> picture.sentences[0].who, picture.sentences[0].rest
    ('Wren and Juniper', '(mother). We work with this relationship. Lives with Wren.')
    """
    at_home = [carer for carer in carers if carer.at_home]
    away = [carer for carer in carers if not carer.at_home]
    height = node_height([*carers, *network])
    above, home_top = rows(away, top=2, height=height)
    home = home_shape(top=home_top, babies=len(babies), carers=len(at_home), height=height)
    middle = [baby_node(baby, n, of=len(babies), home=home) for n, baby in enumerate(babies)]
    inside = [*sides(at_home, home=home, height=height)]
    below, end = rows(network, top=home.y + home.height + GAP, height=height)
    placed = dict(zip(map(id, [*away, *at_home]), [*above, *inside], strict=True))
    ties = [tie for carer in carers for tie in carer_ties(carer, placed[id(carer)], babies=middle)]
    return RelationshipMap(
        label=spoken(babies, carers, network),
        height=end if network else home.y + home.height + 2,
        home=home,
        group=group_frame(middle),
        babies=tuple(middle),
        nodes=(*above, *inside, *below),
        ties=(*(tie_to_all(shape, babies=middle, kind="thin") for shape in below), *ties),
        sentences=tuple(sentences(babies, carers, network)),
        has_focus=any(carer.focus for carer in carers),
        # Where nobody is said to live with the baby, the picture does not guess a home.
        has_home=bool(at_home),
    )


def node_height(people: Sequence[MapCarer | MapHelper]) -> float:
    """One height for every shape: taller where some name needs two lines."""
    return 62.0 if any(len(name_lines(person.name)) > 1 for person in people) else 46.0


def name_lines(name: str, *, letters: int = NAME_LETTERS) -> tuple[str, ...]:
    """A name on one or two lines, cut with an ellipsis where it is still too long.

    >>> name_lines("Anne-Marie Quillfeather-Fotheringham")
    ('Anne-Marie', 'Quillfeather…')
    """
    if len(name) <= letters:
        return (name,)
    first, _, rest = name.partition(" ")
    return tuple(cut(part, letters=letters) for part in (first, rest) if part)


def cut(text: str, *, letters: int) -> str:
    """The text, shortened with an ellipsis where it does not fit."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def rows(
    people: Sequence[MapCarer | MapHelper], *, top: float, height: float
) -> tuple[list[Node], float]:
    """Shapes three to a row from `top` down, and where the next thing may start."""
    nodes: list[Node] = []
    for start in range(0, len(people), 3):
        row = people[start : start + 3]
        middle = top + height / 2
        nodes += [
            node(person, x, middle, height=height)
            for person, x in zip(row, spread(len(row)), strict=True)
        ]
        top += height + GAP
    return nodes, top


def spread(count: int) -> tuple[float, ...]:
    """The middles of one, two or three shapes in a row."""
    return {1: (COLUMNS[1],), 2: (COLUMNS[0] + 24, COLUMNS[2] - 24), 3: COLUMNS}[count]


def node(person: MapCarer | MapHelper, x: float, y: float, *, height: float) -> Node:
    """One person's shape."""
    kind: Literal["carer", "helper"] = "carer" if isinstance(person, MapCarer) else "helper"
    role = cut(person.role, letters=ROLE_LETTERS)
    return Node(x=x, y=y, lines=name_lines(person.name), role=role, height=height, kind=kind)


def home_shape(*, top: float, babies: int, carers: int, height: float) -> Outline:
    """A home as tall as its babies or the longer side of its carers need."""
    longer_side = (carers + 1) // 2
    inside = max(babies * (2 * BABY_RADIUS + GAP), longer_side * (height + GAP)) + 28
    return Outline(x=2, y=top, width=WIDTH - 4, height=inside)


def baby_node(baby: MapBaby, number: int, *, of: int, home: Outline) -> BabyNode:
    """A baby in the middle column."""
    step = 2 * BABY_RADIUS + GAP
    y = home.y + 14 + (home.height - 14) / 2 + (number - (of - 1) / 2) * step
    lines = name_lines(baby.name, letters=10)
    return BabyNode(x=COLUMNS[1], y=y, lines=lines, age=cut(baby.age, letters=11))


def sides(carers: Sequence[MapCarer], *, home: Outline, height: float) -> Iterator[Node]:
    """Those at home, left and right by turns."""
    for number, carer in enumerate(carers):
        on_side = len(carers[number % 2 :: 2])
        place = number // 2 - (on_side - 1) / 2
        y = home.y + 14 + (home.height - 14) / 2 + place * (height + GAP)
        yield node(carer, COLUMNS[0] + 4 if number % 2 == 0 else COLUMNS[2] - 4, y, height=height)


def carer_ties(carer: MapCarer, shape: Node, *, babies: Sequence[BabyNode]) -> Iterator[Tie]:
    """A line to each baby that the carer is related to."""
    kind: TieKind = "focus" if carer.focus else "tie"
    if carer.babies is None:
        yield tie_to_all(shape, babies=babies, kind=kind)
        return
    for baby in related(carer, babies):
        yield Tie(x1=baby.x, y1=baby.y, x2=shape.x, y2=shape.y, kind=kind, over=True)


def tie_to_all(shape: Node, *, babies: Sequence[BabyNode], kind: TieKind) -> Tie:
    """One line to the middle of all babies."""
    middle = sum(baby.y for baby in babies) / len(babies)
    return Tie(x1=COLUMNS[1], y1=middle, x2=shape.x, y2=shape.y, kind=kind)


def group_frame(babies: Sequence[BabyNode]) -> Outline | None:
    """The frame around twins or more."""
    if len(babies) < 2:
        return None
    margin = BABY_RADIUS + 7
    top, bottom = babies[0].y - margin, babies[-1].y + margin
    return Outline(x=COLUMNS[1] - margin, y=top, width=2 * margin, height=bottom - top)


def related(carer: MapCarer, babies: Sequence[Thing]) -> list[Thing]:
    """The babies whom a carer is related to."""
    if carer.babies is None:
        return list(babies)
    return [babies[n] for n in carer.babies if n < len(babies)]


def sentences(
    babies: Sequence[MapBaby], carers: Sequence[MapCarer], network: Sequence[MapHelper]
) -> Iterator[Sentence]:
    """The picture again, one sentence for each person."""
    for carer in carers:
        names = listed([baby.name for baby in related(carer, babies)])
        parts = [f"({carer.role})."]
        parts += ["We work with this relationship."] if carer.focus else []
        parts += [f"Lives with {names}."] if carer.at_home else []
        parts += [carer.note] if carer.note else []
        yield Sentence(who=f"{names} and {carer.name}", rest=" ".join(parts))
    for helper in network:
        yield Sentence(who=helper.name, rest=f"({helper.role}). Network.")


def spoken(
    babies: Sequence[MapBaby], carers: Sequence[MapCarer], network: Sequence[MapHelper]
) -> str:
    """The picture in words, for those who do not see it."""
    names = listed([baby.name for baby in babies])
    parts = [f"{names} in the middle."]
    groups = (
        ("At home: {}.", [carer.name for carer in carers if carer.at_home]),
        ("Family elsewhere: {}.", [carer.name for carer in carers if not carer.at_home]),
        ("Thick lines, the relationships we work with: {}.", [c.name for c in carers if c.focus]),
        ("Dotted lines, the network: {}.", [helper.name for helper in network]),
    )
    parts += [words.format(listed(people)) for words, people in groups if people]
    return " ".join(parts)


def listed(names: Sequence[str]) -> str:
    """Names as one would say them.

    >>> listed(["Bay", "Rue", "Fern"])
    'Bay, Rue and Fern'
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
