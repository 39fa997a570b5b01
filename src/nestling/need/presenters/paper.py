"""Text as the font of our PDFs can print it."""

#: Latin letters with their signs, punctuation, money: what the font that we print with surely has.
PRINTED = (
    *((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022)),
    *((0x2026, 0x2026), (0x20AC, 0x20AC), (0x2212, 0x2212)),
)
UNPRINTED = "?"


def on_paper(text: str) -> str:
    """The text with a question mark for each character that cannot be printed.

    >>> on_paper("Llŷn £5 – “so” 💛")
    'Llŷn £5 – “so” ?'
    """
    return "".join(sign if _printed(ord(sign)) else UNPRINTED for sign in text)


def _printed(number: int) -> bool:
    return any(low <= number <= high for low, high in PRINTED)
