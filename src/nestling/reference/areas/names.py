"""From what a person types to an area: a code, a name, an old code or an old name."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from nestling.reference.areas.lookup import HERE, Area, areas
from nestling.reference.areas.tables import rows_of

#: How many names a message suggests.
SUGGESTIONS = 5
#: Below this likeness a name is not worth suggesting.
LIKENESS = 0.6
CODE = re.compile(r"^[A-Z]{1,2}\d{7,8}$")
#: Names in common use that no list of areas carries.
ALSO_CALLED = {"uk": "K02000001", "great britain and northern ireland": "K02000001"}
#: What a name may be said without.
SAID_WITHOUT = re.compile(
    r"\b(integrated care board|teaching health board|university health board"
    r"|health and social care trust|nhs|city of|county of|the)\b"
)


class AreaNameError(ValueError):
    """What was typed is no area that we know, or is more than one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The area or areas meant, and what the reader should know about how they were found."""

    areas: tuple[Area, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One code that became another; an area that was split has several."""

    old_code: str
    old_name: str
    new_code: str


def resolve(asked: str) -> Resolved:
    """The area meant by a code or a name; an abolished one leads to what took its place.

    Raises `AreaNameError` with suggestions for a name that is unknown or means several areas.
    """
    code = asked.strip().upper()
    if code in areas().by_code or CODE.match(code):
        return _by_code(code)
    found = _by_name(plain(asked))
    if len(found) == 1:
        return Resolved(areas=found)
    old = _by_old_name(asked) if not found else None
    if old:
        return old
    found = found or tuple(_beginning(plain(asked)))
    if len(found) > 1:
        raise AreaNameError(f"“{asked}” could be {listed(found)}: give the code or the full name")
    raise AreaNameError(f"“{asked}” is no area that we hold{_suggestion(asked)}")


def plain(name: str) -> str:
    """A name without case, punctuation or accents on its signs.

    >>> plain("Bristol, City of"), plain("St. Helens"), plain("Newcastle-under-Lyme")
    ('bristol city of', 'st helens', 'newcastle under lyme')
    """
    words = re.sub(r"[^\w\s]", " ", name.casefold().replace("&", " and ").replace("'", ""))
    return " ".join(words.split())


def short(name: str) -> str:
    """A plain name without the words that people leave out.

    >>> short("NHS West Yorkshire Integrated Care Board"), short("Bristol, City of")
    ('west yorkshire', 'bristol')
    """
    return " ".join(SAID_WITHOUT.sub(" ", plain(name)).split())


def listed(found: tuple[Area, ...] | list[Area]) -> str:
    """Areas with their codes, for a message."""
    return " or ".join(f"{area.name} ({area.code})" for area in found)


@cache
def _names() -> tuple[dict[str, tuple[Area, ...]], dict[str, tuple[Area, ...]]]:
    """Full names, then short and Welsh names, each with the areas that carry it."""
    full: dict[str, dict[str, Area]] = {}
    other: dict[str, dict[str, Area]] = {}
    held = areas()
    for area in held.by_code.values():
        full.setdefault(plain(area.name), {})[area.code] = area
        other.setdefault(short(area.name), {})[area.code] = area
    for name, code in ALSO_CALLED.items():
        other.setdefault(name, {})[code] = held.by_code[code]
    for place in held.districts.values():
        if place.welsh_name:
            other.setdefault(plain(place.welsh_name), {})[place.code] = held.by_code[place.code]
    return _frozen(full), _frozen(other)


def _frozen(names: dict[str, dict[str, Area]]) -> dict[str, tuple[Area, ...]]:
    return {name: tuple(found.values()) for name, found in names.items()}


def _by_name(name: str) -> tuple[Area, ...]:
    full, other = _names()
    return full.get(name) or other.get(name) or other.get(short(name)) or ()


def _by_code(code: str) -> Resolved:
    held = areas().by_code
    if code in held:
        return Resolved(areas=(held[code],))
    changes = [change for change in _changes() if change.old_code == code]
    if not changes:
        raise AreaNameError(f"{code}: no data are held for this code")
    return _recoded(code, old_name=changes[0].old_name)


def _recoded(code: str, *, old_name: str) -> Resolved:
    held = areas().by_code
    found = tuple(held[new] for new in _replacing(code))
    now = " and ".join(f"{area.code} ({area.name})" for area in found)
    note = f"{code} ({old_name}) is recoded to {now}"
    if len(found) > 1:
        note += "; the former area is shown as its successors, which may cover more than it did"
    return Resolved(areas=found, notes=(note,))


def _replacing(code: str) -> list[str]:
    """The codes in use that an old code leads to, following each change to its end."""
    held = areas().by_code
    if code in held:
        return [code]
    newer = [change.new_code for change in _changes() if change.old_code == code]
    ends = [end for new in newer for end in _replacing(new)]
    return list(dict.fromkeys(ends))


def _by_old_name(asked: str) -> Resolved | None:
    name = short(asked)
    old = {
        change.old_code: change.old_name
        for change in _changes()
        if name in {short(change.old_name), plain(change.old_name).removesuffix(" county")}
    }
    if len(old) != 1:
        return None
    ((code, old_name),) = old.items()
    return _recoded(code, old_name=old_name)


def _beginning(name: str) -> list[Area]:
    """Areas whose full names go on from what was typed, where that is a whole word."""
    full, _ = _names()
    return [area for known in full if known.startswith(f"{name} ") for area in full[known]]


def _suggestion(asked: str) -> str:
    near = suggestions(asked)
    return f": did you mean {listed(near)}?" if near else ""


def suggestions(asked: str) -> list[Area]:
    """Areas whose names hold, or look like, what was typed; the likeliest first."""
    full, _ = _names()
    name = plain(asked)
    holding = sorted((known for known in full if name and name in known), key=len)
    chosen = holding or get_close_matches(name, full, n=SUGGESTIONS, cutoff=LIKENESS)
    chosen = chosen[:SUGGESTIONS]
    return [area for known in chosen for area in full[known]]


@cache
def _changes() -> tuple[Change, ...]:
    """Changes from a code that we do not use to one nearer to what we use."""
    needs = ("old_code", "old_name", "new_code", "new_name", "used_in_this_folder")
    rows = list(rows_of(HERE / "code_changes.csv", needs=needs))
    forward = [
        Change(old_code=row["old_code"], old_name=row["old_name"], new_code=row["new_code"])
        for row in rows
        if row["used_in_this_folder"] == "new_code"
    ]
    back = [
        Change(old_code=row["new_code"], old_name=row["new_name"], new_code=row["old_code"])
        for row in rows
        if row["used_in_this_folder"] == "old_code"
    ]
    return (*forward, *back)
