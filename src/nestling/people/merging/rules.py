"""What a merge does with each reference to a person: the one table, held complete by a test.

A reference is written as ``app.Model.field``. Rooms above this one are named by their words alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db import models

from nestling.people.models import Person, Relationship

Reference = tuple[type[models.Model], "models.Field[Any, Any]"]


class How(StrEnum):
    """What becomes of a row that refers to the record that is merged away."""

    MOVE = "move"
    """It refers to the kept record."""
    FOLD = "fold"
    """The same, unless the kept record has such a row: then it is put aside, whole."""
    CLOSE = "close"
    """The same, and where the kept record has one that is open, it ends on the day of the merge."""
    STAY = "stay"
    """It goes on saying what it says of the record that was merged away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a reference is treated.

    ``within``: the other columns by which a row of the kept record is the counterpart; with
    ``while_open`` only rows without an end are. ``agree``: the columns in which both must say the
    same, else the merge is refused with ``words``. ``fill``: the columns in which a gap of the kept
    row (one of ``unknown``) is filled from the other.
    """

    how: How
    within: tuple[str, ...] = ()
    while_open: bool = False
    agree: tuple[str, ...] = ()
    fill: tuple[str, ...] = ()
    unknown: tuple[object, ...] = ()
    words: str = ""


MOVE, STAY = Rule(how=How.MOVE), Rule(how=How.STAY)
_TIE_FACTS = ("kind", "parental_responsibility", "lives_with")
_WAYS = ("may_call", "may_leave_voicemail", "may_text", "may_email", "may_post", "words")


def _tie(other: str) -> Rule:
    return Rule(
        how=How.FOLD,
        within=(other,),
        while_open=True,
        agree=_TIE_FACTS,
        fill=(*_TIE_FACTS, "from_on", "is_primary_carer"),
        unknown=("", "not_known", None, False),
        words="Both have a relationship with the same person, and what is said of it differs",
    )


RULES: dict[str, Rule] = {
    "people.Address.person": MOVE,
    "people.Agreement.about": MOVE,
    "people.Agreement.given_by": MOVE,
    "people.Agreement.relationship": MOVE,
    "people.Alert.person": MOVE,
    "people.ContactPoint.person": MOVE,
    "people.DuplicatePair.first": STAY,
    "people.DuplicatePair.second": STAY,
    "people.FamilyMember.person": Rule(
        how=How.FOLD,
        within=("family",),
        while_open=True,
        agree=("role",),
        words="Both are in one family, in different parts. Correct that first",
    ),
    "people.Note.about_person": MOVE,
    "people.Note.about_relationship": MOVE,
    "people.OutboxMessage.about": MOVE,
    "people.OutboxMessage.person": MOVE,
    "people.Person.merged_into": STAY,
    "people.PersonIdentifier.person": MOVE,
    "people.PersonMerge.kept": STAY,
    "people.PersonMerge.merged": STAY,
    "people.PersonState.person": MOVE,
    "people.PersonTeam.person": Rule(how=How.FOLD, within=("team",)),
    "people.RecordLock.baby": MOVE,
    "people.Relationship.baby": _tie("carer"),
    "people.Relationship.carer": _tie("baby"),
    "people.RiskAnswer.about_person": MOVE,
    "people.RiskAnswer.about_relationship": MOVE,
    "people.SafeContact.person": Rule(
        how=How.CLOSE,
        while_open=True,
        agree=_WAYS,
        words="How it is safe to reach them differs. Record the same on both first",
    ),
    "people.SafeguardingStatus.baby": Rule(
        how=How.CLOSE,
        within=("team",),
        while_open=True,
        agree=("status", "category"),
        words="Their safeguarding or legal status differs. Record the same on both first",
    ),
    "people.StaffPerson.person": Rule(how=How.FOLD, within=("user",), while_open=True),
    "people.Task.about_person": MOVE,
    "people.Task.about_relationship": MOVE,
    "referrals.Referral.referred_by_person": MOVE,
    "referrals.ReferralBaby.baby": MOVE,
    "referrals.ReferralRelationship.relationship": Rule(how=How.FOLD, within=("referral",)),
    "referrals.UnmetNeed.baby": MOVE,
    "care.EpisodeRelationship.relationship": Rule(
        how=How.FOLD, within=("episode",), while_open=True
    ),
    "care.Presence.person": MOVE,
}
"""Every foreign key to a person or a relationship, and what a merge does with it."""

CONFLICTS = {
    "referral_baby_once": "One referral names both, as two babies",
    "unmet_need_once_for_each_baby": "One referral left both without help, as two babies",
    "lock_once": "Both are locked. Lift one of the locks first",
    "presence_once": "Both are noted as present in one session",
    "task_open_once_for_each_baby": "Both have an open task of one kind. Finish one of them first",
}
"""What a rule of the database that both would break together means, by the rule's name."""

FOLLOWED: tuple[type[models.Model], ...] = (Person, Relationship)
"""The models whose rows may be folded although other rows refer to them."""


def references_to(model: type[models.Model]) -> Iterator[Reference]:
    """Every foreign key of the whole house to a model, found by reflection, in a steady order."""
    for owner in sorted(apps.get_models(), key=lambda one: one._meta.label):
        for field in owner._meta.concrete_fields:
            if field.is_relation and field.related_model is model:
                yield owner, field


def label_of(reference: Reference) -> str:
    """How the table names a reference."""
    model, field = reference
    return f"{model._meta.label}.{field.name}"


def rule_of(reference: Reference) -> Rule:
    """What a merge does with a reference.

    Raises:
        LookupError: the table does not say; a test fails before that can happen in a service.
    """
    try:
        return RULES[label_of(reference)]
    except KeyError as error:
        raise LookupError(f"{label_of(reference)} has no rule for merging") from error
