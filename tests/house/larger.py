"""The same house with many times the rows: every row of a team copied, with its relations."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import models

from nestling.accounts.models import Team
from nestling.care.models import (
    Contact,
    Ending,
    Episode,
    EpisodeFunder,
    EpisodeRelationship,
    EpisodeStage,
    InterimOffer,
    Presence,
    StepMove,
    WaitingContact,
)
from nestling.foundation.ids import new_id
from nestling.people.models import (
    Agreement,
    Family,
    FamilyMember,
    Note,
    Person,
    PersonTeam,
    Relationship,
    RiskAnswer,
    SafeContact,
    SafeguardingStatus,
    Task,
)
from nestling.referrals.models import (
    Decision,
    DecisionTold,
    Referral,
    ReferralBaby,
    ReferralIndicator,
    ReferralRelationship,
    ReferralStep,
    Screening,
    UnmetNeed,
)

#: From what others point at to what points at others. Numbers stay with the first of each.
COPIED: tuple[type[models.Model], ...] = (
    *(Person, PersonTeam, Relationship, Family, FamilyMember, SafeContact, SafeguardingStatus),
    *(Referral, ReferralStep, ReferralBaby, ReferralRelationship, ReferralIndicator, Screening),
    *(Decision, DecisionTold, UnmetNeed, RiskAnswer, Note, Task, Agreement),
    *(Episode, EpisodeRelationship, EpisodeFunder, EpisodeStage, Contact, Presence, StepMove),
    *(Ending, WaitingContact, InterimOffer),
)
#: What grows within one family: more notes, sessions, answers, agreements and things to do.
GROWING: tuple[type[models.Model], ...] = (Note, Task, RiskAnswer, Agreement, Contact, Presence)
Copies = dict[UUID, UUID]


def copy_team(team: Team, *, times: int) -> None:
    """Copy all families and referrals of a team, so many times."""
    persons = PersonTeam.objects.filter(team=team).values_list("person", flat=True)
    originals = {model: list(_of_team(model, team, set(persons))) for model in COPIED}
    for number in range(times):
        copies: Copies = {}
        for model in COPIED:
            _store(model, originals[model], copies=copies, number=number)


def copy_within(family: Family, *, times: int) -> None:
    """Copy what was written, done and agreed in the work with one family, so many times."""
    members = set(family.members.values_list("person", flat=True))
    originals = {
        model: [row for row in _rows(model) if _belongs(row, family=family, members=members)]
        for model in GROWING
    }
    for number in range(times):
        copies: Copies = {}
        for model, rows in originals.items():
            _store(model, rows, copies=copies, number=number)


def _rows(model: type[models.Model]) -> list[Any]:
    return list(model._default_manager.order_by("created_at", "pk"))


def _of_team(model: type[models.Model], team: Team, persons: set[UUID]) -> Iterator[Any]:
    known = _ids_of_team(team) | persons
    for row in _rows(model):
        links = {getattr(row, field.attname) for field in _relations(model)}
        if row.pk in known or links & known:
            yield row


def _ids_of_team(team: Team) -> set[UUID]:
    found: set[UUID] = {team.pk}
    for model in (Family, Referral, Episode):
        found |= set(model._default_manager.filter(team=team).values_list("pk", flat=True))
    decisions = Decision.objects.filter(referral__team=team)
    contacts = Contact.objects.filter(team=team)
    return found | {row.pk for row in decisions} | {row.pk for row in contacts}


def _belongs(row: Any, *, family: Family, members: set[UUID]) -> bool:
    if isinstance(row, Contact):
        return row.episode is not None and row.episode.family_id == family.pk
    if isinstance(row, Presence):
        return row.person_id in members
    if isinstance(row, Note | RiskAnswer):
        return row.family_id == family.pk
    about = row.about_id if isinstance(row, Agreement) else row.about_person_id
    return about in members


def _store(model: type[models.Model], originals: list[Any], *, copies: Copies, number: int) -> None:
    made = [_copy(row, copies=copies, number=number) for row in originals]
    model._default_manager.bulk_create(made, batch_size=500)


def _copy(row: Any, *, copies: Copies, number: int) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    for field in _relations(type(row)):
        values[field.attname] = copies.get(values[field.attname], values[field.attname])
    values["id"] = copies[row.pk] = new_id()
    if isinstance(row, Referral):
        values["reference"] = f"C{number}-{values['reference']}"[:16]
    if isinstance(row, Task):
        values["kind"] = "other"
    return type(row)(**values)


def _relations(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation]
