"""Waits, episodes and contacts, one trait a situation; `waiting_family` makes a whole wait.

Dates stand around `tests.factories.people.TODAY`.
"""

from datetime import date, timedelta
from typing import Any

from factory.django import DjangoModelFactory

from nestling.accounts.models import Team
from nestling.care import models
from nestling.people.models import Family, Person
from nestling.referrals.models import (
    ClockPause,
    Decision,
    Referral,
    ReferralBaby,
    ReferralState,
    TeamCriteria,
)
from tests.factories import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from tests.factories.accounts import UserFactory
from tests.factories.people import TODAY, FamilyFactory, PersonFactory, family_of

RECEIVED = date(2026, 1, 27)


class WaitingReferralFactory(DjangoModelFactory[Referral]):
    """A referral that waits for its family's team; traits for other states."""

    class Meta:
        model = Referral

    class Params:
        held_for_birth = Trait(state=ReferralState.HELD_FOR_BIRTH)
        taken_up = Trait(state=ReferralState.TAKEN_UP)
        urgent = Trait(urgency="urgent")

    family = SubFactory(FamilyFactory)
    team = SelfAttribute("family.team")
    reference = Sequence(lambda n: f"CARE-{n:06d}")
    route = "form"
    referrer_type = "midwife"
    received_on = RECEIVED
    state = ReferralState.WAITING
    state_on = SelfAttribute("received_on")


class EpisodeFactory(DjangoModelFactory[models.Episode]):
    """An open episode; `ended` gives it an end but no ending."""

    class Meta:
        model = models.Episode

    class Params:
        ended = Trait(ended_on=TODAY)

    referral = SubFactory(WaitingReferralFactory, taken_up=True)
    team = SelfAttribute("referral.team")
    family = SelfAttribute("referral.family")
    practitioner = SubFactory(UserFactory, organisation=SelfAttribute("..team.organisation"))
    taken_up_on = date(2026, 2, 10)
    taken_up_by = SelfAttribute("practitioner")
    first_session_on = date(2026, 2, 17)


class EpisodeRelationshipFactory(DjangoModelFactory[models.EpisodeRelationship]):
    """A relationship in focus since take-up."""

    class Meta:
        model = models.EpisodeRelationship

    episode = SubFactory(EpisodeFactory)
    relationship = SubFactory("tests.factories.people.RelationshipFactory")
    from_on = SelfAttribute("episode.taken_up_on")


class EpisodeFunderFactory(DjangoModelFactory[models.EpisodeFunder]):
    """The health board pays."""

    class Meta:
        model = models.EpisodeFunder

    episode = SubFactory(EpisodeFactory)
    funder = "icb"


class EpisodeStageFactory(DjangoModelFactory[models.EpisodeStage]):
    """The first stage."""

    class Meta:
        model = models.EpisodeStage

    class Params:
        intervention = Trait(stage="intervention")

    episode = SubFactory(EpisodeFactory)
    stage = "assessment"
    on = SelfAttribute("episode.taken_up_on")
    by = SelfAttribute("episode.practitioner")


class StepMoveFactory(DjangoModelFactory[models.StepMove]):
    """A step down to enhanced health visiting."""

    class Meta:
        model = models.StepMove

    class Params:
        bounced_back = Trait(
            came_back_on=LazyAttribute(lambda row: row.handed_over_on + timedelta(days=30))
        )

    episode = SubFactory(EpisodeFactory)
    direction = "down"
    destination = "health_visitor_enhanced"
    handed_over_on = date(2026, 3, 1)
    by = SelfAttribute("episode.practitioner")


class EndingFactory(DjangoModelFactory[models.Ending]):
    """A planned ending today."""

    class Meta:
        model = models.Ending

    class Params:
        reopened = Trait(
            reopened_on=TODAY + timedelta(days=20), reopened_by=SelfAttribute("ended_by")
        )

    episode = SubFactory(EpisodeFactory, ended=True)
    planned = True
    reason = "goals_met"
    ended_on = TODAY
    session_held = "yes"
    reopen_until = TODAY + timedelta(days=91)
    ended_by = SelfAttribute("episode.practitioner")


class ContactFactory(DjangoModelFactory[models.Contact]):
    """A visit at home; traits for a call, and for one before take-up."""

    class Meta:
        model = models.Contact

    class Params:
        call = Trait(mode="phone")
        while_waiting = Trait(
            episode=None,
            referral=SubFactory(WaitingReferralFactory),
            team=SelfAttribute("referral.team"),
        )

    episode = SubFactory(EpisodeFactory)
    team = SelfAttribute("episode.team")
    on = date(2026, 2, 17)
    mode = "home"
    minutes = 50
    practitioner = SubFactory(UserFactory, organisation=SelfAttribute("..team.organisation"))


class PresenceFactory(DjangoModelFactory[models.Presence]):
    """An adult who came; traits for a baby brought, and for one who was not."""

    class Meta:
        model = models.Presence

    class Params:
        brought = Trait(
            attendance="brought",
            person=SubFactory(
                PersonFactory, baby=True, organisation=SelfAttribute("..contact.team.organisation")
            ),
        )
        was_not_brought = Trait(
            attendance="was_not_brought",
            person=SubFactory(
                PersonFactory, baby=True, organisation=SelfAttribute("..contact.team.organisation")
            ),
        )

    contact = SubFactory(ContactFactory)
    person = SubFactory(PersonFactory, organisation=SelfAttribute("..contact.team.organisation"))
    attendance = "attended"


class WaitingContactFactory(DjangoModelFactory[models.WaitingContact]):
    """A call that was held; a trait for one planned."""

    class Meta:
        model = models.WaitingContact

    class Params:
        planned = Trait(held_on=None, planned_on=TODAY + timedelta(days=3))

    referral = SubFactory(WaitingReferralFactory)
    held_on = date(2026, 3, 6)
    mode = "phone"


class InterimOfferFactory(DjangoModelFactory[models.InterimOffer]):
    """A joint visit."""

    class Meta:
        model = models.InterimOffer

    referral = SubFactory(WaitingReferralFactory)
    offer = "joint_visit"
    offered_on = date(2026, 2, 20)


class TriageAgainFactory(DjangoModelFactory[models.TriageAgain]):
    """Looked at again because of the birth."""

    class Meta:
        model = models.TriageAgain

    referral = SubFactory(WaitingReferralFactory)
    trigger = "birth"
    by = SubFactory(UserFactory)
    on = TODAY


class ReferrerUpdateFactory(DjangoModelFactory[models.ReferrerUpdate]):
    """News from the midwife."""

    class Meta:
        model = models.ReferrerUpdate

    referral = SubFactory(WaitingReferralFactory)
    words = "They have moved in with the grandmother."
    on = date(2026, 3, 2)


def waiting_family(
    team: Team,
    *,
    babies: list[Person] | None = None,
    carers: list[Person] | None = None,
    decided: bool = True,
    **referral: Any,
) -> Referral:
    """A family that waits: declared, referred and accepted, with its babies on the referral."""
    family = family_of(team, babies=babies, carers=carers)
    row: Referral = WaitingReferralFactory.create(family=family, **referral)
    for member in family.members.filter(role="baby").order_by("pk"):
        ReferralBaby.objects.create(referral=row, baby=member.person)
    if decided:
        decider = UserFactory.create(organisation=team.organisation)
        Decision.objects.create(
            referral=row, outcome="accept", decided_by=decider, decided_on=row.received_on
        )
    return row


def working_family(team: Team, **episode: Any) -> models.Episode:
    """A family in open work: taken up, with its relationships in focus."""
    referral = waiting_family(team, taken_up=True)
    row: models.Episode = EpisodeFactory.create(referral=referral, **episode)
    EpisodeStageFactory.create(episode=row)
    babies = family_babies(row.family)
    for baby in babies:
        for relationship in baby.carers_link.all():
            EpisodeRelationshipFactory.create(episode=row, relationship=relationship)
    return row


def family_babies(family: Family) -> list[Person]:
    """The babies of a declared family."""
    return [row.person for row in family.members.filter(role="baby").select_related("person")]


def rules_of(team: Team, **values: Any) -> TeamCriteria:
    """A team's acceptance rules since long ago."""
    row: TeamCriteria = TeamCriteria.objects.create(team=team, from_on=date(2020, 1, 1), **values)
    return row


def pause_of(referral: Referral, *, from_on: date, until_on: date | None = None) -> ClockPause:
    """A delay that the family asked for."""
    by = UserFactory.create()
    row: ClockPause = ClockPause.objects.create(
        referral=referral, from_on=from_on, until_on=until_on, recorded_by=by
    )
    return row
