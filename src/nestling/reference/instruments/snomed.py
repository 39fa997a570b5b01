"""The check digit of a SNOMED CT identifier (Verhoeff's, as the release guide has it)."""

#: How a digit moves at its place from the right: each row is the row before, moved once more.
FIRST_MOVE = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def passes_check_digit(code: str) -> bool:
    """Whether an identifier of 6 to 18 digits ends with the check digit that the others give.

    >>> [passes_check_digit(code) for code in ("450320001", "836571000000103")]
    [True, False]
    """
    if not (code.isascii() and code.isdigit() and 6 <= len(code) <= 18):
        return False
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = dihedral(check, moved(int(digit), times=place % 8))
    return check == 0


def moved(digit: int, *, times: int) -> int:
    """A digit after so many moves."""
    for _ in range(times):
        digit = FIRST_MOVE[digit]
    return digit


def dihedral(left: int, right: int) -> int:
    """The product of two symmetries of a pentagon: 0 to 4 turn it, 5 to 9 turn it over."""
    turns, over = left % 5, left >= 5
    turned = turns - right % 5 if over else turns + right % 5
    return turned % 5 + 5 * (over != (right >= 5))
