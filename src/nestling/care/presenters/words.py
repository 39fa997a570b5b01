"""Short words that the pages of this room share."""

from collections.abc import Sequence
from datetime import date

from nestling.accounts.models import User
from nestling.people.models import Family, Person
from nestling.people.presenters import baby_headers
from nestling.people.queries import header_people
from nestling.reference.codes import code_list
from nestling.science.ages import day_words
from nestling.ui.components import BabyHeader
from nestling.ui.relations import listed


def near_day(day: date, *, on: date) -> str:
    """A day without its year where that is this year.

    >>> near_day(date(2026, 3, 6), on=date(2026, 3, 10))
    '6 March'
    """
    return f"{day.day} {day:%B}" if day.year == on.year else day_words(day)


def babies_words(babies: Sequence[Person]) -> str:
    """The babies' names; twins who share a family name say it once."""
    families = {baby.family_name for baby in babies}
    if len(babies) > 1 and len(families) == 1 and all(baby.given_name for baby in babies):
        given = listed([baby.given_name for baby in babies])
        return f"{given} {families.pop()}".strip()
    return listed([baby.full_name for baby in babies])


def mode_words(mode: str) -> str:
    """How a contact is held, in a sentence; empty for none.

    >>> mode_words("family_hub")
    'family hub'
    """
    label = code_list("contact_modes").label(mode) if mode else ""
    return label[:1].lower() + label[1:]


def headers_of(
    family: Family | None, *, viewer: User, on: date, limit_months: int
) -> list[BabyHeader]:
    """The header of each baby of a family."""
    if family is None:
        return []
    people = header_people(family, on=on)
    return baby_headers(people, viewer=viewer, on=on, limit_months=limit_months)
