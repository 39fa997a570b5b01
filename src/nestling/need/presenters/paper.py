"""Text as the font of our PDFs can print it."""

#: Latin letters with their signs, punctuation, money: what the font that we print with surely has.
PRINTED = ((0x20, 0x7E), (0xA0, 0x24F), (0x2010, 0x2027), (0x20A0, 0x20BF), (0x2212, 0x2212))
UNPRINTED = "?"


def on_paper(text: str) -> str:
    """The text with a question mark for each character that cannot be printed.

    >>> on_paper("Llŷn £5 – “so” 💛")
    'Llŷn £5 – “so” ?'
    """
    return "".join(sign if _printed(ord(sign)) else UNPRINTED for sign in text)


def _printed(number: int) -> bool:
    return any(low <= number <= high for low, high in PRINTED)
