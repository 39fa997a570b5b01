"""Dates and periods as a sentence says them."""

from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(on: date) -> str:
    """A day: "10 March 2026"."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def moment(text: str) -> str:
    """A year, month or day written with hyphens, in words; other text as it is.

    >>> moment("2021-03"), moment("2023-06-30"), moment("2024"), moment("spring 2021")
    ('March 2021', '30 June 2023', '2024', 'spring 2021')
    """
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return text
    if len(parts) == 3:
        return day(date.fromisoformat(text))
    return text if len(parts) == 1 else f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"


def period(text: str) -> str:
    """Two days with a stroke between them, as months.

    >>> period("2022-07-01/2023-06-30"), period("2022-06-30/2022-06-30")
    ('July 2022 to June 2023', 'June 2022')
    """
    first, _, last = text.partition("/")
    begin, end = moment(first[:7]), moment(last[:7])
    return begin if begin == end else f"{begin} to {end}"
