"""The families of the demo, each story told through the services, by kind.

Every story takes a teller and a team and leaves behind one family's record (or two, where a father
has babies in two families). The order of the list is the order in which they are made.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nestling.accounts.models import Team
from nestling.care.services import close_waiting
from nestling.demo import words
from nestling.demo.caring import Carer, Course
from nestling.demo.maker import Arrival, Maker, babies_of, relationships_of
from nestling.people.services import (
    AddressDetails,
    BirthDetails,
    add_address,
    end_relationship,
    record_birth,
    record_loss,
    record_safeguarding,
)
from nestling.referrals.models import Referral
from nestling.referrals.services import (
    BabyGiven,
    CarerGiven,
    ConsultationDetails,
    give_consultation,
)

if TYPE_CHECKING:
    from nestling.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """The tools of a story."""

    make: Maker
    care: Carer

    def mother_and_baby(
        self, *, age_days: int, weeks: int = 39, kind: str = "mother"
    ) -> tuple[tuple[BabyGiven, ...], tuple[CarerGiven, ...]]:
        """One born baby and one carer of the same family name."""
        name = self.make.cast.family_name()
        return (self.make.baby(name, age_days=age_days, weeks=weeks),), (
            self.make.carer(name, kind),
        )

    def expecting(self, *, weeks: int) -> tuple[tuple[BabyGiven, ...], tuple[CarerGiven, ...]]:
        """A baby who is not born yet and the mother."""
        name = self.make.cast.family_name()
        return (self.make.unborn(name, weeks=weeks),), (self.make.carer(name),)

    def accepted(self, team: Team, arrival: Arrival, *, outcome: str = "accept") -> Referral:
        """A referral that was screened after two days and decided after six."""
        referral = self.make.refer(team, arrival)
        self.make.screen(referral, days_ago=max(arrival.days_ago - 2, 0))
        self.make.decide(referral, outcome, days_ago=max(arrival.days_ago - 6, 0))
        return referral


def waiting(tell: Teller, team: Team) -> None:
    """Born, accepted, waiting, kept in touch with."""
    rng = tell.make.rng
    waited = rng.randrange(15, 95)
    babies, carers = tell.mother_and_baby(age_days=waited + rng.randrange(-10, 200))
    if babies[0].born_on and babies[0].born_on > tell.make.day(waited):
        waited = 12
        babies = (replace(babies[0], born_on=tell.make.day(40), due_on=tell.make.day(35)),)
    referral = tell.accepted(team, Arrival(days_ago=waited, babies=babies, carers=carers))
    tell.care.keep_in_touch(
        referral,
        held=[waited // 2],
        planned=rng.choice((0, 3, 9)),
    )
    if rng.random() < 0.5:
        tell.care.offer(referral, "joint_visit", days_ago=waited // 3)


def waiting_unborn(tell: Teller, team: Team) -> None:
    """Not born yet, accepted, waiting through the pregnancy."""
    babies, carers = tell.expecting(weeks=tell.make.rng.randrange(24, 39))
    referral = tell.accepted(
        team, Arrival(days_ago=tell.make.rng.randrange(14, 60), babies=babies, carers=carers)
    )
    tell.care.keep_in_touch(referral, held=[8], planned=5)


def held_for_birth(tell: Teller, team: Team) -> None:
    """Held until the birth by agreement."""
    babies, carers = tell.expecting(weeks=25)
    tell.accepted(
        team, Arrival(days_ago=20, babies=babies, carers=carers), outcome="hold_for_birth"
    )


def born_while_waiting(tell: Teller, team: Team) -> None:
    """Referred unborn, born three weeks ago: the same record became a baby."""
    babies, carers = tell.expecting(weeks=43)
    babies = (replace(babies[0], due_on=tell.make.day(18)),)
    referral = tell.accepted(team, Arrival(days_ago=70, babies=babies, carers=carers))
    baby = babies_of(referral)[0]
    with tell.make.on(20) as day:
        details = BirthDetails(
            born_on=tell.make.day(21),
            given_name=tell.make.cast.baby(baby.family_name),
            sex="female",
            nhs_number=tell.make.cast.nhs_number(),
        )
        record_birth(baby, details, on=day, by=tell.make.worker(team))


def overdue(tell: Teller, team: Team) -> None:
    """Past the due date by weeks, and no one has heard."""
    babies, carers = tell.expecting(weeks=39)
    babies = (replace(babies[0], due_on=tell.make.day(25)),)
    tell.accepted(team, Arrival(days_ago=80, babies=babies, carers=carers))


def in_care(tell: Teller, team: Team) -> None:
    """Weekly sessions with one carer."""
    babies, carers = tell.mother_and_baby(age_days=tell.make.rng.randrange(130, 500))
    referral = tell.accepted(team, Arrival(days_ago=120, babies=babies, carers=carers))
    course = Course(taken_up_days_ago=80, sessions=tell.make.rng.randrange(4, 11), not_brought=(3,))
    episode = tell.care.take_up(referral, course)
    carer = relationships_of(referral)[0].carer
    tell.care.note_about(carer, episode.family, words.EARLIER_LIFE, days_ago=30)


def in_care_both_parents(tell: Teller, team: Team) -> None:
    """A mother and a father, each relationship worked with."""
    name, other = tell.make.cast.family_name(), tell.make.cast.family_name()
    babies = (tell.make.baby(name, age_days=210, weeks=34),)
    carers = (tell.make.carer(name), tell.make.carer(other, "father"))
    referral = tell.accepted(team, Arrival(days_ago=150, babies=babies, carers=carers))
    tell.care.take_up(referral, Course(taken_up_days_ago=100, sessions=12, not_brought=(4, 8)))


def in_care_twins(tell: Teller, team: Team) -> None:
    """Twins with one mother: two babies, two relationships."""
    name = tell.make.cast.family_name()
    first = replace(tell.make.baby(name, age_days=160, weeks=36), birth_order=1)
    second = replace(tell.make.baby(name, age_days=160, weeks=36), birth_order=2)
    referral = tell.accepted(
        team, Arrival(days_ago=100, babies=(first, second), carers=(tell.make.carer(name),))
    )
    tell.care.take_up(referral, Course(taken_up_days_ago=60, sessions=7))


def in_care_foster(tell: Teller, team: Team) -> None:
    """Removed from the birth mother, now with a foster carer; the court order is in the history."""
    name = tell.make.cast.family_name()
    carers = (tell.make.carer(name), tell.make.carer(tell.make.cast.family_name(), "foster_carer"))
    carers = (replace(carers[0], lives_with="no", is_primary_carer=False), carers[1])
    referral = tell.accepted(
        team,
        Arrival(days_ago=140, babies=(tell.make.baby(name, age_days=260),), carers=carers),
    )
    baby = babies_of(referral)[0]
    lead = tell.make.service.lead(team)
    for status, days_ago in (("section_47", 150), ("interim_care_order", 130)):
        with tell.make.on(min(days_ago, 138)):
            record_safeguarding(
                baby, team=team, status=status, from_on=tell.make.day(days_ago), by=lead
            )
    episode = tell.care.take_up(referral, Course(taken_up_days_ago=90, sessions=9))
    birth_mother = relationships_of(referral)[0].carer
    with tell.make.on(88) as day:
        hidden = AddressDetails(lines="A foster home, not to be disclosed", confidential=True)
        add_address(relationships_of(referral)[1].carer, hidden, on=day, by=lead)
    tell.care.note_about(birth_mother, episode.family, words.EARLIER_LIFE, days_ago=40)


def removed_while_waiting(tell: Teller, team: Team) -> None:
    """A removal: the relationship with the parent's home ended, and kinship care began."""
    name = tell.make.cast.family_name()
    carers = (tell.make.carer(name), tell.make.carer(name, "kinship_carer"))
    referral = tell.accepted(
        team, Arrival(days_ago=50, babies=(tell.make.baby(name, age_days=120),), carers=carers)
    )
    first = relationships_of(referral)[0]
    with tell.make.on(10) as day:
        record_safeguarding(
            first.baby,
            team=team,
            status="looked_after_kinship",
            from_on=day,
            by=tell.make.service.lead(team),
        )
        end_relationship(first, on=day, by=tell.make.service.lead(team))


def safeguarding_history(tell: Teller, team: Team) -> None:
    """A child protection plan that became a Child in Need plan; domestic abuse, restricted."""
    babies, carers = tell.mother_and_baby(age_days=220)
    referral = tell.accepted(
        team, Arrival(days_ago=160, babies=babies, carers=carers, safeguarding="section_47")
    )
    baby, lead = babies_of(referral)[0], tell.make.service.lead(team)
    for status, category, days_ago in (("cp_plan", "emotional", 130), ("child_in_need", "", 40)):
        with tell.make.on(days_ago) as day:
            record_safeguarding(
                baby, team=team, status=status, category=category, from_on=day, by=lead
            )
    episode = tell.care.take_up(referral, Course(taken_up_days_ago=110, sessions=10))
    carer = relationships_of(referral)[0].carer
    tell.care.note_about(carer, episode.family, words.RESTRICTED, days_ago=60, restricted=True)


def father_of_two_families(tell: Teller, team: Team) -> None:
    """A father with a baby in each of two families; neither family's pages name the other."""
    mothers = (tell.make.cast.family_name(), tell.make.cast.family_name())
    fathers_name = tell.make.cast.family_name()
    father = tell.make.carer(fathers_name, "father", lives_with="no")
    known: Person | None = None
    for place, name in enumerate(mothers):
        baby = tell.make.baby(name, age_days=90 + 150 * place)
        carers = (tell.make.carer(name), replace(father, existing=known))
        arrival = Arrival(days_ago=60 - 20 * place, babies=(baby,), carers=carers)
        referral = tell.accepted(team, arrival)
        known = relationships_of(referral)[1].carer
        tell.care.take_up(referral, Course(taken_up_days_ago=30 - 10 * place, sessions=3))


def ended(tell: Teller, team: Team) -> None:
    """Worked with, ended well, stepped down to a family hub group."""
    babies, carers = tell.mother_and_baby(age_days=480)
    referral = tell.accepted(team, Arrival(days_ago=400, babies=babies, carers=carers))
    episode = tell.care.take_up(referral, Course(taken_up_days_ago=360, sessions=14))
    tell.care.end(episode, days_ago=200, reason="goals_met", step_to="family_hub_group")


def declined(tell: Teller, team: Team) -> None:
    """Turned away with a reason; the baby is counted."""
    rng = tell.make.rng
    babies, carers = tell.mother_and_baby(age_days=rng.randrange(60, 600))
    ago = rng.randrange(10, 120)
    referral = tell.make.refer(team, Arrival(days_ago=ago, babies=babies, carers=carers))
    tell.make.screen(referral, days_ago=ago - 2)
    reason = rng.choice(("relationship_not_main", "at_capacity", "universal_or_targeted"))
    tell.make.decide(referral, "decline", days_ago=ago - 5, reason=reason)


def too_old(tell: Teller, team: Team) -> None:
    """Over the age limit when referred."""
    babies, carers = tell.mother_and_baby(age_days=810)
    referral = tell.make.refer(team, Arrival(days_ago=12, babies=babies, carers=carers))
    tell.make.screen(referral, days_ago=10)
    tell.make.decide(referral, "decline", days_ago=6, reason="outside_age")


def redirected(tell: Teller, team: Team) -> None:
    """Sent on to another service."""
    babies, carers = tell.mother_and_baby(age_days=300)
    referral = tell.make.refer(team, Arrival(days_ago=33, babies=babies, carers=carers))
    tell.make.screen(referral, days_ago=31)
    tell.make.decide(
        referral, "redirect", days_ago=27, reason="developmental", to="Community paediatrics"
    )


def gave_up_waiting(tell: Teller, team: Team) -> None:
    """Waited long, then stopped answering."""
    babies, carers = tell.mother_and_baby(age_days=240)
    referral = tell.accepted(team, Arrival(days_ago=130, babies=babies, carers=carers))
    with tell.make.on(14) as day:
        close_waiting(referral, kind="gave_up_waiting", on=day, by=tell.make.service.lead(team))


def near_limit(tell: Teller, team: Team) -> None:
    """Waiting, and two years old within weeks."""
    babies, carers = tell.mother_and_baby(age_days=695)
    tell.accepted(team, Arrival(days_ago=45, babies=babies, carers=carers))


def loss(tell: Teller, team: Team) -> None:
    """A loss in pregnancy while waiting: from here on nothing is sent and no age is said."""
    babies, carers = tell.expecting(weeks=30)
    referral = tell.accepted(team, Arrival(days_ago=40, babies=babies, carers=carers))
    with tell.make.on(9) as day:
        record_loss(
            babies_of(referral)[0],
            loss="stillbirth",
            lost_on=tell.make.day(11),
            on=day,
            by=tell.make.worker(team),
        )


def new_unborn(tell: Teller, team: Team) -> None:
    """Just arrived from a midwife."""
    babies, carers = tell.expecting(weeks=tell.make.rng.randrange(20, 38))
    signs = frozenset({"earlier_removal"}) if tell.make.rng.random() < 0.3 else frozenset()
    tell.make.refer(team, Arrival(days_ago=1, babies=babies, carers=carers, signs=signs))


def new_from_father(tell: Teller, team: Team) -> None:
    """A father asked for help himself."""
    name = tell.make.cast.family_name()
    arrival = Arrival(
        days_ago=0,
        babies=(tell.make.baby(name, age_days=26),),
        carers=(tell.make.carer(name, "father", is_primary_carer=True),),
        self_referred=True,
        concern="I can’t bear it when he cries. I want to be a better dad than I had.",
    )
    tell.make.refer(team, arrival)


def more_information(tell: Teller, team: Team) -> None:
    """The referrer was asked whether the family knows."""
    babies, carers = tell.mother_and_baby(age_days=75)
    referral = tell.make.refer(team, Arrival(days_ago=5, babies=babies, carers=carers))
    tell.make.screen(referral, days_ago=3, then="more_information")


def for_meeting(tell: Teller, team: Team) -> None:
    """Screened, for the next meeting."""
    babies, carers = tell.mother_and_baby(age_days=tell.make.rng.randrange(30, 600))
    referral = tell.make.refer(team, Arrival(days_ago=4, babies=babies, carers=carers))
    tell.make.screen(referral, days_ago=2)


def consulted(tell: Teller, team: Team) -> None:
    """A colleague was advised about a baby who is not named; beside it, a family that waits."""
    with tell.make.on(9) as day:
        details = ConsultationDetails(
            minutes=40,
            consultee_type="health_visitor",
            age_band="0_5_months",
            theme="A mother who cannot look at her baby after a frightening birth.",
            advice="Stay close, film a nappy change if she agrees, ring again in two weeks.",
            outcome="manage_in_universal",
        )
        give_consultation(details, team=team, on=day, by=tell.make.worker(team))
    waiting(tell, team)


Story = Callable[[Teller, Team], None]
ALWAYS: tuple[tuple[Story, int], ...] = (
    (father_of_two_families, 2),
    *((story, 1) for story in (in_care_twins, in_care_both_parents, in_care_foster)),
    *((story, 1) for story in (removed_while_waiting, safeguarding_history, loss, overdue)),
    *((story, 1) for story in (born_while_waiting, held_for_birth, waiting_unborn, ended)),
    *((story, 1) for story in (declined, too_old, redirected, gave_up_waiting, near_limit)),
    *((story, 1) for story in (new_unborn, new_from_father, more_information, for_meeting)),
    (consulted, 1),
)
"""One of each kind, with the number of families it makes."""
OFTEN: tuple[Story, ...] = (
    *(waiting, waiting, waiting, waiting_unborn, in_care, in_care, in_care, in_care_both_parents),
    *(ended, declined, new_unborn, for_meeting, in_care_twins, born_while_waiting),
)
"""What the rest of the families are drawn from."""
