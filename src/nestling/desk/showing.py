"""What is shown or printed for someone outside the team: the baby and one relationship, no more."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404

from nestling.accounts.models import User
from nestling.care.models import Presence
from nestling.desk.family_page_words import babies_named, show_choices, story
from nestling.desk.queries.family_page import referrals_of, whole_story
from nestling.people import queries as people
from nestling.people.models import Family, Person, Relationship
from nestling.people.presenters import age, agreement_words, baby_headers, kind_words
from nestling.people.queries import has_agreed
from nestling.reference.codes import code_list
from nestling.science.ages import day_words

COLLEAGUES = {
    "colleague": "A colleague outside the team, such as a GP or health visitor",
    "team": "Ourselves, for a meeting of the team",
}


def for_whom(family: Family, *, viewer: User, on: date) -> dict[str, Any]:
    """The question before a print."""
    members = people.header_people(family, on=on)
    return {
        "headers": baby_headers(members, viewer=viewer, on=on),
        "choices": show_choices(members),
        "colleagues": COLLEAGUES,
    }


def chosen_relationship(family: Family, wanted: str) -> Relationship | None:
    """The relationship that was chosen for a print, if it is one of this family."""
    try:
        return people.open_relationship(family, UUID(wanted))
    except (ValueError, Http404):
        return None


def for_carer(row: Relationship, *, family: Family, on: date) -> dict[str, Any]:
    """One baby and one carer: what they agreed to and when they were seen together."""
    return {
        "title": f"{row.baby.short_name} and {row.carer.short_name}",
        "baby": row.baby,
        "baby_age": age(row.baby, on),
        "carer": row.carer,
        "carer_kind": kind_words(row),
        "team": family.team,
        "agreed": agreements_of(row, family=family, on=on),
        "met": met_together(row, family=family),
        "today": day_words(on),
    }


def agreements_of(row: Relationship, *, family: Family, on: date) -> list[tuple[str, str]]:
    """What this carer agreed to for this baby."""
    answers = row.carer.agreements_given.filter(about=row.baby, team=family.team)
    labels = code_list("agreements")
    newest = {answer.code: answer for answer in answers.order_by("given_on", "created_at")}
    return [
        (labels.label(code), agreement_words(newest[code], on=on))
        for code, _ in labels.choices()
        if code in newest
    ]


def met_together(row: Relationship, *, family: Family) -> list[str]:
    """The days on which the team met this carer in this family's work, newest first."""
    days = Presence.objects.filter(
        contact__episode__family=family,
        person_id=row.carer_id,
        attendance__in=("attended", "attended_late"),
    ).values_list("contact__on", flat=True)
    return [day_words(day) for day in sorted(set(days), reverse=True)]


def for_colleague(kind: str, *, family: Family, viewer: User, on: date) -> dict[str, Any]:
    """The story as a summary, oldest first, with nothing of any adult's own life.

    Outside the team only where the family agreed to share (C2) for every baby; the page says where
    it did not.
    """
    members = people.header_people(family, on=on)
    referrals = referrals_of(family) if kind == "team" else []
    told = whole_story(family, referrals, viewer=viewer, on=on) if kind == "team" else []
    return {
        "title": babies_named(members),
        "printed_for": COLLEAGUES[kind],
        "members": members,
        "babies": [(baby, age(baby, on)) for baby in members.babies],
        "carers": [f"{row.carer.full_name} ({kind_words(row)})" for row in members.relationships],
        "story": story(reversed(told), members.babies),
        "not_agreed": not_agreed(family, members.babies, on=on) if kind == "colleague" else [],
        "team": family.team,
        "today": day_words(on),
    }


def not_agreed(family: Family, babies: tuple[Person, ...], *, on: date) -> list[str]:
    """Babies about whom no one has agreed to share information."""
    return [baby.full_name for baby in babies if not has_agreed(family, "C2", baby=baby, on=on)]
