"""Emergency access: what an exact number or reference leads to, what is open now, what to review.

A search shows nothing of what it finds: it is read unwatched, and only opening it is a look.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.foundation.looks import unwatched
from nestling.people.models import (
    EmergencyUse,
    Family,
    FamilyMember,
    Notice,
    Person,
    PersonIdentifier,
)
from nestling.people.models.walls import own_families
from nestling.people.services import EmergencyTarget
from nestling.referrals.models import Referral, ReferralBaby
from nestling.referrals.models.referrals import with_oneself


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyFound:
    """What fits: records to be opened, and whether the user may open one that fits anyway."""

    targets: list[EmergencyTarget]
    open_already: bool


def found_for_emergency(words: str, day: date, *, by: User) -> EmergencyFound:
    """Families and bare referrals that an exact number or reference and a date lead to.

    The date is the birth date, or the due date before birth, of the person with the number or of a
    baby of the referral. Nothing under a seal is found, and nothing that the user is in.
    """
    people = _people(words, day, by=by)
    asked = _referrals(words, people, day, by=by)
    members = FamilyMember.objects.filter(person__in=people, until_on__isnull=True)
    fits = Q(pk__in=members.values("family")) | Q(pk__in=asked.values("family"))
    rows = Family.objects.filter(fits, team__organisation=by.organisation_id)
    families = rows.filter(~Q(pk__in=own_families(by))).select_related("team")
    bare = asked.filter(family__isnull=True)
    mine = Family.objects.visible_to(by).values("pk")
    my_requests = Referral.objects.visible_to(by).values("pk")
    # No one is shown these records: opening one is a look of its own, with the reason.
    with unwatched():
        targets = [
            *(
                EmergencyTarget(team=family.team, family=family)
                for family in families.exclude(pk__in=mine)
            ),
            *(
                EmergencyTarget(team=row.team, referral_id=row.pk)
                for row in bare.exclude(pk__in=my_requests).select_related("team")
            ),
        ]
    open_already = families.filter(pk__in=mine).exists() or bare.filter(pk__in=my_requests).exists()
    return EmergencyFound(targets=targets, open_already=open_already)


def _people(words: str, day: date, *, by: User) -> QuerySet[Person]:
    number = "".join(words.split()).replace("-", "")
    held = PersonIdentifier.objects.filter(value=number, organisation=by.organisation_id)
    return _dated(day).filter(pk__in=held.values("person"))


def _dated(day: date) -> QuerySet[Person]:
    return Person.objects.filter(Q(born_on=day) | Q(born_on__isnull=True, due_on=day))


def _referrals(words: str, people: QuerySet[Person], day: date, *, by: User) -> QuerySet[Referral]:
    dated = ReferralBaby.objects.filter(baby__in=_dated(day).values("pk")).values("referral")
    named = ReferralBaby.objects.filter(baby__in=people.values("pk")).values("referral")
    fits = Q(reference__iexact=words.strip(), pk__in=dated) | Q(pk__in=named)
    rows = Referral.objects.filter(fits, team__organisation=by.organisation_id)
    return rows.filter(~with_oneself(by))


def open_now(user: User, *, at: datetime) -> list[EmergencyUse]:
    """What the user may open in an emergency at this moment, ending soonest first."""
    rows = EmergencyUse.objects.of(user, at=at).select_related("team")
    return list(rows.order_by("ends_at", "pk"))


def uses_to_review(user: User) -> "QuerySet[EmergencyUse]":
    """Every use that the user may review or read of, those not reviewed first."""
    rows = EmergencyUse.objects.to_review_by(user).select_related("user", "team", "reviewed_by")
    return rows.order_by("reviewed_on", "-opened_at", "pk")


def open_use(pk: UUID, *, by: User) -> EmergencyUse:
    """A use that the user may review.

    Raises:
        Http404: there is none, it is the user's own, or of another team.
    """
    found = uses_to_review(by).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSubject:
    """What of a use's record its reviewer may see: the babies, and whether its page opens."""

    babies: list[Person]
    may_open: bool


def subject_of(use: EmergencyUse, *, by: User) -> UseSubject:
    """The babies by name, for a lead to whom the record is open and for information governance."""
    may_open = _may_open(use, by=by)
    governs = use.team.organisation_id in by.organisations_where(Ability.SEE_LOGS)
    if not (may_open or governs):
        return UseSubject(babies=[], may_open=False)
    links: QuerySet[Any, Any]
    if use.family_id is not None:
        links = FamilyMember.objects.filter(family=use.family_id, role="baby").values("person")
    else:
        links = ReferralBaby.objects.filter(referral=use.referral_id).values("baby")
    babies = Person.objects.filter(pk__in=links).order_by("birth_order", "created_at")
    return UseSubject(babies=list(babies), may_open=may_open)


def _may_open(use: EmergencyUse, *, by: User) -> bool:
    if use.family_id is not None:
        return Family.objects.visible_to(by).filter(pk=use.family_id).exists()
    referrals = Referral.objects.visible_to(by)
    return use.referral_id is not None and referrals.filter(pk=use.referral_id).exists()


def open_notices(user: User) -> list[Notice]:
    """What the user is told and has not dealt with, the oldest first.

    One statement, and none for those whom no notice is for.
    """
    if not (may_review(user) or user.can(Ability.READ_GOVERNANCE_LOOKS)):
        return []
    return list(Notice.objects.visible_to(user).open().order_by("told_on", "pk"))


def may_review(user: User) -> bool:
    """Whether reviews of emergency access are for the user."""
    return user.can(Ability.TRIAGE) or user.can(Ability.SEE_LOGS)
