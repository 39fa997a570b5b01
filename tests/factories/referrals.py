"""Referrals and what is signed about them, one trait a situation; `received` runs the service.

Dates stand around `tests.factories.people.TODAY`.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from factory.django import DjangoModelFactory

from nestling.accounts.models import Team, User
from nestling.referrals import models, services
from nestling.referrals.models import Referral, ReferralState
from nestling.referrals.services import BabyGiven, CarerGiven, ReferralDetails, ReferralWords
from tests.factories import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from tests.factories.accounts import TeamFactory, UserFactory
from tests.factories.people import TODAY, PersonFactory, RelationshipFactory

RECEIVED = TODAY - timedelta(days=4)
UNBORN = BabyGiven(family_name="Quillfeather", due_on=date(2026, 4, 2), due_source="scan")
BORN = BabyGiven(given_name="Robin", family_name="Nettlefold", born_on=date(2026, 2, 12))
MOTHER = CarerGiven(
    kind="mother",
    given_name="Ivy",
    family_name="Quillfeather",
    parental_responsibility="yes",
    is_primary_carer=True,
    phone="01632 960 001",
)
DETAILS = ReferralDetails(
    route="professional",
    referrer_type="midwife",
    family_knows="agrees",
    babies=(UNBORN,),
    carers=(MOTHER,),
    words=ReferralWords(concern="She says the baby does not feel real."),
)


def received(
    team: Team, *, on: date = RECEIVED, by: User | None = None, **changes: Any
) -> Referral:
    """A referral that came through the service: an unborn baby and the mother, from a midwife."""
    return services.receive(replace(DETAILS, **changes), team=team, on=on, by=by)


class ReferralFactory(DjangoModelFactory[Referral]):
    """A new referral without babies or steps; traits for other states."""

    class Meta:
        model = Referral

    class Params:
        for_meeting = Trait(state=ReferralState.FOR_MEETING)
        waiting = Trait(state=ReferralState.WAITING)
        declined = Trait(state=ReferralState.DECLINED)
        by_family = Trait(referrer_type="self_family", route="self")

    team = SubFactory(TeamFactory)
    reference = Sequence(lambda n: f"REF-{n:06d}")
    route = "professional"
    referrer_type = "midwife"
    received_on = RECEIVED
    state_on = SelfAttribute("received_on")


class ReferralStepFactory(DjangoModelFactory[models.ReferralStep]):
    """The step that the referral stands on."""

    class Meta:
        model = models.ReferralStep

    referral = SubFactory(ReferralFactory)
    number = 1
    state = SelfAttribute("referral.state")
    on = SelfAttribute("referral.state_on")


class ReferralBabyFactory(DjangoModelFactory[models.ReferralBaby]):
    """A baby of a referral."""

    class Meta:
        model = models.ReferralBaby

    referral = SubFactory(ReferralFactory)
    baby = SubFactory(
        PersonFactory, baby=True, organisation=SelfAttribute("..referral.team.organisation")
    )


class ReferralRelationshipFactory(DjangoModelFactory[models.ReferralRelationship]):
    """A relationship of a referral."""

    class Meta:
        model = models.ReferralRelationship

    referral = SubFactory(ReferralFactory)
    relationship = SubFactory(RelationshipFactory)


class ReferralIndicatorFactory(DjangoModelFactory[models.ReferralIndicator]):
    """Three signs in the relationship with the main carer; `sign` opens the door by itself."""

    class Meta:
        model = models.ReferralIndicator

    class Params:
        opening = Trait(domain="", count=0, sign="disorganised_pattern")

    referral = SubFactory(ReferralFactory)
    domain = "main_carer"
    count = 3


class ScreeningFactory(DjangoModelFactory[models.Screening]):
    """Within every rule, and for the meeting."""

    class Meta:
        model = models.Screening

    referral = SubFactory(ReferralFactory)
    complete = True
    in_age = "yes"
    in_area = "yes"
    referrer_accepted = True
    next_state = ReferralState.FOR_MEETING
    screened_by = SubFactory(UserFactory)
    screened_on = TODAY


class DecisionFactory(DjangoModelFactory[models.Decision]):
    """Accepted; traits for refusals."""

    class Meta:
        model = models.Decision

    class Params:
        declined = Trait(outcome="decline", reason="outside_age")
        redirected = Trait(
            outcome="redirect", reason="universal_or_targeted", redirected_to="The family hub"
        )

    referral = SubFactory(ReferralFactory)
    outcome = "accept"
    decided_by = SubFactory(UserFactory)
    decided_on = TODAY


class DecisionToldFactory(DjangoModelFactory[models.DecisionTold]):
    """The referrer was told by phone."""

    class Meta:
        model = models.DecisionTold

    decision = SubFactory(DecisionFactory)
    whom = "referrer"
    how = "phone"
    told_on = TODAY
    told_by = SelfAttribute("decision.decided_by")


class ClockPauseFactory(DjangoModelFactory[models.ClockPause]):
    """A delay that still goes on; `over` ends it."""

    class Meta:
        model = models.ClockPause

    class Params:
        over = Trait(until_on=TODAY)

    referral = SubFactory(ReferralFactory)
    from_on = TODAY - timedelta(days=2)
    recorded_by = SubFactory(UserFactory)


class UnmetNeedFactory(DjangoModelFactory[models.UnmetNeed]):
    """A baby turned away; `met` says that help came after all."""

    class Meta:
        model = models.UnmetNeed

    class Params:
        met = Trait(met_on=TODAY)
        told_not_to_refer = Trait(
            kind="told_not_to_refer",
            reason="",
            referral=None,
            baby=None,
            consultation=SubFactory("tests.factories.referrals.ConsultationFactory"),
        )

    referral = SubFactory(ReferralFactory)
    team = LazyAttribute(lambda row: (row.referral or row.consultation).team)
    baby = LazyAttribute(
        lambda row: (
            PersonFactory.create(baby=True, organisation=row.team.organisation)
            if row.referral
            else None
        )
    )
    consultation = None
    kind = "declined"
    reason = "outside_age"
    referrer_type = "midwife"
    on = TODAY


class ConsultationFactory(DjangoModelFactory[models.Consultation]):
    """Advice to a health visitor."""

    class Meta:
        model = models.Consultation

    team = SubFactory(TeamFactory)
    on = TODAY
    minutes = 30
    consultee_type = "health_visitor"
    age_band = "0_5_months"
    theme = "A baby who looks away"
    outcome = "manage_in_universal"
    given_by = SubFactory(UserFactory)


class TeamCriteriaFactory(DjangoModelFactory[models.TeamCriteria]):
    """From conception to the second birthday, everywhere, from anyone."""

    class Meta:
        model = models.TeamCriteria

    class Params:
        ended = Trait(until_on=TODAY)

    team = SubFactory(TeamFactory)
    from_on = date(2025, 1, 1)


class ReferralDraftFactory(DjangoModelFactory[models.ReferralDraft]):
    """A draft of someone's session, for a day."""

    class Meta:
        model = models.ReferralDraft

    class Params:
        expired = Trait(expires_at=datetime(2026, 3, 9, tzinfo=UTC))

    team = SubFactory(TeamFactory)
    session_hash = Sequence(lambda n: f"{n:064d}")
    audience = "professional"
    expires_at = datetime(2026, 3, 11, tzinfo=UTC)
