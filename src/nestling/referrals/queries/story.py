"""What this room tells of a family's story: when help was asked, read, decided and told."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.people.models import Family
from nestling.people.story import StoryEntry
from nestling.reference.codes import code_list
from nestling.referrals.models import Decision, DecisionTold, Referral, ReferralState, ReferralStep

LOSS = "loss"


def story_entries(family: Family, on: date, viewer: User) -> list[StoryEntry]:
    """The entries of a family's referrals up to a day, in no order: four statements.

    The reasons of a decision are told to those who read clinical content.
    """
    decisions = Decision.objects.prefetch_related(
        Prefetch("told", DecisionTold.objects.order_by("told_on"))
    )
    rows = Referral.objects.filter(family=family).prefetch_related(
        Prefetch("steps", ReferralStep.objects.order_by("number")),
        Prefetch("decisions", decisions.order_by("decided_on", "created_at")),
    )
    clinical = family.team_id in viewer.teams_where(Ability.READ_CLINICAL)
    found = [entry for row in rows for entry in _entries(row, clinical=clinical)]
    return [entry for entry in found if entry.on <= on]


def _entries(referral: Referral, *, clinical: bool) -> Iterator[StoryEntry]:
    who = code_list("referrer_types").label(referral.referrer_type)
    yield StoryEntry(
        on=referral.received_on,
        heading="Referral received.",
        text=f"From: {who}. Reference {referral.reference}.",
        kind="milestone",
        link=reverse("referrals:referral", args=[referral.pk]),
        link_text="Open the referral",
    )
    for step in referral.steps.all():
        if step.state == ReferralState.CLOSED_WAITING:
            yield StoryEntry(on=step.on, heading="The wait ended without a first session.")
    for decision in referral.decisions.all():
        yield _decided(decision, clinical=clinical)


def _decided(decision: Decision, *, clinical: bool) -> StoryEntry:
    label = code_list("decisions").label(decision.outcome)
    words = [_told_words(row) for row in decision.told.all() if row.whom != "no_one"]
    if clinical and decision.reason and decision.reason != LOSS:
        words.insert(0, f"{code_list('decline_reasons').label(decision.reason)}.")
    return StoryEntry(
        on=decision.decided_on,
        heading="Referral closed." if decision.reason == LOSS else f"Decision: {label}.",
        text=" ".join(words),
        kind="milestone",
    )


def _told_words(row: DecisionTold) -> str:
    whom = code_list("told_whom").label(row.whom)
    how = code_list("told_how").label(row.how)
    return f"{whom}: told ({how[:1].lower()}{how[1:]})."
