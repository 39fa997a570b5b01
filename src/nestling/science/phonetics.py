"""What a name sounds like, as a short code by which possible duplicates are found.

The code is Soundex (National Archives of the United States, "The Soundex Indexing System", 2007)
with one difference: the first letter is coded like the others, so that Catherine and Katherine, or
Philip and Filip, fall together. A name in another script than Latin stands for itself.
"""

import re
import unicodedata
from functools import lru_cache

CODE_LENGTH = 12
"""Characters of a code; a code of a Latin name has at most four."""
_SOUNDS = 4
_DIGITS = {
    letter: digit
    for digit, letters in {
        "1": "bfpv",
        "2": "cgjkqsxz",
        "3": "dt",
        "4": "l",
        "5": "mn",
        "6": "r",
    }.items()
    for letter in letters
}
_KEEP_APART = "aeiouy"
"""A vowel between two letters of one sound keeps both; `h` and `w` do not."""
_LATIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
    | {"\u0131": "i"}
)
"""Letters of Latin scripts that no decomposition turns into plain ones."""
_NAME_SIGNS = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=8192)
def letters_of(name: str) -> str:
    """A name's letters alone: small, without accents, apostrophes, hyphens and spaces.

    >>> letters_of("O’Shaughnessy-Łukić")
    'oshaughnessylukic'
    """
    apart = unicodedata.normalize("NFKD", name.casefold().translate(_LATIN))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _NAME_SIGNS.sub("", bare)


@lru_cache(maxsize=8192)
def sound_of(name: str) -> str:
    """The code of a name's sound; empty for a name without letters.

    >>> [sound_of(name) for name in ("Catherine", "Kathryn", "O’Neill", "Oneil", "Smyth", "")]
    ['2365', '2365', '0540', '0540', '2530', '']
    """
    letters = letters_of(name)
    if not letters:
        return ""
    if not letters.isascii():
        return letters[:CODE_LENGTH]
    return "".join(_sounds(letters))[:_SOUNDS].ljust(_SOUNDS, "0")


def _sounds(letters: str) -> list[str]:
    first = _DIGITS.get(letters[0], "0")
    found, last = [first], first
    for letter in letters[1:]:
        digit = _DIGITS.get(letter, "")
        if digit and digit != last:
            found.append(digit)
        if digit or letter in _KEEP_APART:
            last = digit
    return found
