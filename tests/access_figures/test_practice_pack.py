"""The made-up release that comes with Nestling: nothing that it hides can be worked out of it."""

from dataclasses import dataclass
from random import Random

import pytest

from nestling.access_figures.packing import practice_pack
from nestling.analytics.access.earlier import read_earlier
from nestling.analytics.access.figures import Key
from nestling.analytics.access.relations import relations
from nestling.reference.access import breaks, disclosure_rules
from nestling.science.disclosure import HIDDEN, Shown
from nestling.science.disclosure.attack import Attacker, Knowledge
from nestling.science.disclosure.table import (
    Cell,
    Kind,
    Relation,
    Table,
    known_bounds,
    least_by_marks,
)

#: Hidden cells that are attacked, each with every small count that it may be.
ATTACKED = 40
RULE = disclosure_rules()["strict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a reader of the release has: the cells, what is shown of each, and how they add up."""

    keys: list[Key]
    shown: list[Shown]
    table: Table

    @property
    def hidden(self) -> list[int]:
        """The cells of which a reader may learn no more than that they are small."""
        return [n for n, value in enumerate(self.shown) if value is HIDDEN]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    pack, place = practice_pack(), tmp_path_factory.mktemp("pack")
    files = []
    for number, text in enumerate((*pack.figures, pack.waterfalls)):
        files.append(place / f"{number}.csv")
        files[-1].write_text(text, encoding="utf-8")
    found = read_earlier(files, breakdowns=())
    cells = [
        Cell(count=value if isinstance(value, int) else 1, place=key.place.kind)
        for key, value in found.items()
    ]
    keys = list(found)
    return Seen(keys=keys, shown=list(found.values()), table=Table(cells, relations(keys)))


def tied_to(cell: int, ties: list[Relation], *, fixed: set[int]) -> tuple[set[int], list[Relation]]:
    """The cells that a hidden one is tied to, through others that are hidden or rounded."""
    by_cell: dict[int, list[Relation]] = {}
    for tie in ties:
        for one in tie.cells:
            by_cell.setdefault(one, []).append(tie)
    cells, waiting, used = {cell}, [cell], dict.fromkeys(by_cell.get(cell, ()))
    while waiting:
        for tie in by_cell.get(waiting.pop(), ()):
            used[tie] = None
            new = [one for one in tie.cells if one not in cells]
            cells.update(new)
            waiting += [one for one in new if one not in fixed]
    return cells, list(used)


def small_to_a_reader(seen: Seen, shown: list[Shown]) -> list[int]:
    """The hidden cells that may be small for all that the zeros say."""
    least = least_by_marks(seen.table, shown)
    return [n for n in seen.hidden if shown[n] is HIDDEN and least[n] < RULE.hide_below]


def ruled_out(seen: Seen, shown: list[Shown], *, attacked: list[int]) -> dict[Key, list[int]]:
    """The small counts of some hidden cells that all published numbers together rule out."""
    ranges = known_bounds(seen.table, shown, RULE)
    least = least_by_marks(seen.table, shown)
    zeros = {n for n, value in enumerate(shown) if value == 0}
    found = {}
    for cell in attacked:
        cells, ties = tied_to(cell, list(seen.table.relations), fixed=zeros)
        attacker = Attacker(Knowledge({one: ranges[one] for one in cells}, ties), whole=True)
        values = range(int(least[cell]), RULE.hide_below)
        out = [v for v in values if not attacker.can_be(cell, v, otherwise=ranges[cell])]
        if out:
            found[seen.keys[cell]] = out
    return found


def test_no_hidden_cell_of_the_release_can_be_narrowed(seen: Seen) -> None:
    hidden = small_to_a_reader(seen, seen.shown)
    attacked = Random(1).sample(hidden, ATTACKED)

    assert ruled_out(seen, seen.shown, attacked=attacked) == {}


def test_a_partner_in_hiding_that_is_shown_gives_the_other_away(seen: Seen) -> None:
    pairs = [
        hidden
        for tie in seen.table.relations
        if tie.kind is Kind.SUM and seen.shown[tie.total] == RULE.round_to
        if len(hidden := [part for part in tie.parts if seen.shown[part] is HIDDEN]) == 2
        if all(seen.shown[part] in (0, HIDDEN) for part in tie.parts)
    ]
    first, second = pairs[0]
    planted = [0 if n == first else value for n, value in enumerate(seen.shown)]

    assert ruled_out(seen, planted, attacked=[second])


def test_the_release_says_which_breaks_lie_in_its_periods() -> None:
    about = practice_pack().about
    start, end = about["periods"][0]["start"], about["periods"][-1]["end"]

    crossed = [one.words for one in breaks() if start < one.since.isoformat() <= end]

    assert about["breaks_in_the_series"] == crossed
