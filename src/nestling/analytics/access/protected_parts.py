"""Which counts behind the shares are published: whole levels or none, so that nothing is left over.

A level is one stretch of waiting in all places of one kind, at all single ages or at one range. It
is published where no count in it is small; none is where a hidden count of the output would be
narrowed.
"""

from collections.abc import Iterable, Mapping, Sequence

from nestling.analytics.access.figures import KINDS, Figures, Key
from nestling.analytics.access.lifetables import WHOLE, stretch
from nestling.analytics.access.relations import cell_of, relations
from nestling.analytics.access.scope import ALL
from nestling.science.disclosure import HIDDEN, DisclosureRule, Shown, safe_count
from nestling.science.disclosure.secondary import exposed_cells, view_of
from nestling.science.disclosure.table import Table, that_hold

Counts = Mapping[Key, Shown]


def protected_parts(figures: Figures, shown: Counts, rule: DisclosureRule) -> dict[Key, Shown]:
    """What a reader may see of the counts behind the shares, beside what is shown already."""
    parts = {key: safe_count(n, rule, place=key.place.kind) for key, n in figures.parts.items()}
    if not rule.secondary or not parts:
        return parts
    narrowed = set(exposed(figures, shown, {}, rule))
    found: dict[Key, Shown] = {}
    for levels in (levels_of(parts, shown), levels_of(parts, shown, kinds=("country",))):
        found = {key: parts[key] for level in levels for key in level}
        if set(exposed(figures, shown, found, rule)) <= narrowed:
            return found
    return {}


def levels_of(parts: Counts, shown: Counts, *, kinds: Sequence[str] = KINDS) -> list[list[Key]]:
    """The levels of everyone without a small count: stretches after one that has are left out."""
    found: dict[tuple[object, ...], list[Key]] = {}
    for key in parts:
        if key.place.kind in kinds and set(key.place.groups) <= {ALL}:
            age = None if key.age.is_single else key.age
            level = (key.place.kind, key.period, age, stretch(key.measure))
            found.setdefault(level, []).append(key)
    large = {level for level, keys in found.items() if all(is_large(k, parts, shown) for k in keys)}
    return [keys for level, keys in found.items() if large.issuperset(up_to(level, found))]


def up_to(
    level: tuple[object, ...], found: Iterable[tuple[object, ...]]
) -> list[tuple[object, ...]]:
    """The level itself and those of the stretches before it."""
    *same, end = level
    return [other for other in found if [*other[:-1]] == same and other[-1] <= end]  # type: ignore[operator]  # both are weeks


def is_large(key: Key, parts: Counts, shown: Counts) -> bool:
    """True where neither a count nor that of everyone referred is hidden."""
    whole = Key(WHOLE, key.period, key.place, key.age)
    return parts[key] is not HIDDEN and shown.get(whole, HIDDEN) is not HIDDEN


def exposed(figures: Figures, shown: Counts, parts: Counts, rule: DisclosureRule) -> Sequence[Key]:
    """The hidden counts of the output that can be narrowed when these parts stand beside it."""
    keys = [*figures.cells, *parts]
    exact = {**figures.cells, **figures.parts}
    cells = [cell_of(key, exact[key]) for key in keys]
    table = Table(cells, that_hold(relations(keys, in_both=figures.in_both), cells))
    view = view_of(table, [{**shown, **parts}[key] for key in keys], rule)
    return [keys[cell] for cell in exposed_cells(view, set())]
