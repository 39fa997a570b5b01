"""What this room tells of a family's story: when help was asked, read, decided and told."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.foundation.prepared import Among, among, rows_of
from nestling.people.models import Family
from nestling.people.story import StoryEntry
from nestling.reference.codes import code_list
from nestling.referrals.models import Decision, Referral, ReferralState

LOSS = "loss"


def story_entries(
    family: Family, on: date, viewer: User, referrals: Sequence[Referral] | None = None
) -> list[StoryEntry]:
    """The entries of a family's referrals up to a day, in no order.

    One statement when the referrals are given, else two. The reasons of a decision are told to
    those who read clinical content.
    """
    rows = list(Referral.objects.filter(family=family)) if referrals is None else referrals
    clinical = family.team_id in viewer.teams_where(Ability.READ_CLINICAL)
    found = [
        *(entry for row in rows for entry in _entries(row)),
        *_decided(rows, clinical=clinical),
    ]
    return [entry for entry in found if entry.on <= on]


def _entries(referral: Referral) -> Iterator[StoryEntry]:
    who = code_list("referrer_types").label(referral.referrer_type)
    yield StoryEntry(
        on=referral.received_on,
        heading="Referral received.",
        text=f"From: {who}. Reference {referral.reference}.",
        kind="milestone",
        link=reverse("referrals:referral", args=[referral.pk]),
        link_text="Open the referral",
    )
    if referral.state == ReferralState.CLOSED_WAITING:
        yield StoryEntry(on=referral.state_on, heading="The wait ended without a first session.")


def _decided(referrals: Sequence[Referral], *, clinical: bool) -> Iterator[StoryEntry]:
    """Each decision with everyone who was told of it: one statement."""
    if not referrals:
        return
    chosen = among(row.pk for row in referrals)
    rows = rows_of("decisions of referrals", [chosen], lambda: _decision_rows(chosen))
    for _, group in groupby(rows, key=lambda row: row[0]):
        told = list(group)
        _, outcome, reason, day, *_ = told[0]
        words = [_told_words(whom, how) for *_, whom, how in told if whom and whom != "no_one"]
        if clinical and reason and reason != LOSS:
            words.insert(0, f"{code_list('decline_reasons').label(reason)}.")
        label = code_list("decisions").label(outcome)
        yield StoryEntry(
            on=day,
            heading="Referral closed." if reason == LOSS else f"Decision: {label}.",
            text=" ".join(words),
            kind="milestone",
        )


def _decision_rows(referrals: Among) -> QuerySet[Any, tuple[Any, ...]]:
    """Decisions in their order, once for everyone who was told."""
    rows = Decision.objects.filter(referral__in=referrals)
    ordered = rows.order_by("decided_on", "created_at", "pk", "told__told_on")
    return ordered.values_list("pk", "outcome", "reason", "decided_on", "told__whom", "told__how")


def _told_words(whom: str, how: str) -> str:
    who, way = code_list("told_whom").label(whom), code_list("told_how").label(how)
    return f"{who}: told ({way[:1].lower()}{way[1:]})."
