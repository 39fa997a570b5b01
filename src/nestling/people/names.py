"""Names as they are searched: small letters, no accents, apostrophes and hyphens both ways."""

import re
import unicodedata

from nestling.science.phonetics import sound_of

SEARCH_LENGTH = 600
"""Characters kept for searching: an index row of PostgreSQL takes no more than 2,704 bytes."""

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´＇", "'"))  # noqa: RUF001 - what people type
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))  # noqa: RUF001 - what people type
_UNSEARCHED = re.compile(r"[^\w' -]+")


def plain(text: str) -> str:
    """A text without capitals, accents and signs, its apostrophes and hyphens made one kind.

    >>> plain("Zoë  O’Shaughnessy-Łukić")
    "zoe o'shaughnessy-łukic"
    """
    straight = text.translate(_APOSTROPHES).translate(_HYPHENS).replace("\x00", "")
    letters = unicodedata.normalize("NFKD", straight.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_UNSEARCHED.sub(" ", bare).split())


def search_name(*names: str) -> str:
    """What a person's names are found by: each as written, joined up, and taken apart.

    >>> search_name("Anne-Marie", "O'Neill")
    "anne-marie o'neill annemarie oneill anne marie o neill"
    """
    written = plain(" ".join(filter(None, names)))
    joined = re.sub(r"['-]", "", written)
    apart = re.sub(r"['-]+", " ", written)
    words = f"{written} {joined} {apart}".split()
    return " ".join(dict.fromkeys(words))[:SEARCH_LENGTH]


def name_columns(*, given_name: str, family_name: str, known_as: str) -> dict[str, str]:
    """What a person's row keeps of the names, besides the names, so that they are found."""
    return {
        "search_name": search_name(given_name, family_name, known_as),
        "sound_given": sound_of(given_name),
        "sound_family": sound_of(family_name),
        "sound_known": sound_of(known_as),
    }


def words_to_find(typed: str) -> list[str]:
    """The words of a search, in the form in which names are stored.

    >>> words_to_find("  O’NEILL Zoë ")
    ["o'neill", 'zoe']
    """
    return plain(typed[:SEARCH_LENGTH]).split()
