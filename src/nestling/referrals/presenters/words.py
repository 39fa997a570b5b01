"""Words that several pages of the room share."""

from collections.abc import Sequence
from datetime import date

from nestling.people.models import Person, Relationship
from nestling.people.presenters import age, kind_words
from nestling.reference.codes import code_list
from nestling.referrals.models import DecisionTold, Referral
from nestling.science.ages import count_of, day_words
from nestling.ui.relations import listed

UNNAMED = "Advice wanted, no family named"


def babies_named(babies: Sequence[Person]) -> str:
    """The babies of a referral in a few words: "Bay and Rue Tolliver"."""
    if not babies:
        return UNNAMED
    families = {baby.family_name for baby in babies}
    if len(babies) > 1 and len(families) == 1 and all(baby.given_name for baby in babies):
        return f"{listed([baby.given_name for baby in babies])} {families.pop()}"
    return listed([baby.full_name for baby in babies])


def ages_of(babies: Sequence[Person], on: date) -> str:
    """Their ages, each said once; nothing of a baby who was lost."""
    return listed(list(dict.fromkeys(filter(None, (age(baby, on) for baby in babies)))))


def carers_named(relationships: Sequence[Relationship]) -> list[str]:
    """Each carer once, with who they are to the baby."""
    found: dict[object, str] = {}
    for row in relationships:
        found.setdefault(row.carer_id, f"{row.carer.full_name} ({kind_words(row)})")
    return list(found.values())


def ago(day: date, on: date) -> str:
    """How long ago a day was.

    >>> ago(date(2026, 3, 9), date(2026, 3, 10)), ago(date(2026, 3, 10), date(2026, 3, 10))
    ('yesterday', 'today')
    """
    days = (on - day).days
    if days < 0:
        return f"on {day_words(day)}"
    return {0: "today", 1: "yesterday"}.get(days, f"{count_of(days, 'day')} ago")


def referrer_words(referral: Referral) -> str:
    """Who refers, by kind."""
    return code_list("referrer_types").label(referral.referrer_type)


def told_words(rows: Sequence[DecisionTold]) -> str:
    """Who was told and when, in one line."""
    whom = [lower_first(code_list("told_whom").label(row.whom)) for row in rows]
    if not rows:
        return "No one told yet"
    if {row.whom for row in rows} == {"no_one"}:
        return "No one told yet"
    newest = max(row.told_on for row in rows)
    return f"Told {listed(list(dict.fromkeys(whom)))} {newest.day} {newest:%B}"


def lower_first(text: str) -> str:
    """A label inside a sentence; a name in capitals stays.

    >>> lower_first("The family"), lower_first("GP")
    ('the family', 'GP')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
