"""What happens after a decision, told through care's services: waiting, sessions, endings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from nestling.accounts.models import User
from nestling.care.models import Episode
from nestling.care.services import (
    ContactDetails,
    EndingDetails,
    InterimOfferDetails,
    NoteGiven,
    StepDetails,
    TakeUpDetails,
    WaitingContactDetails,
    end_episode,
    make_interim_offer,
    record_contact,
    record_waiting_contact,
    set_stage,
    take_up,
)
from nestling.demo import words
from nestling.demo.maker import Maker, relationships_of
from nestling.people.models import Family, Person, Relationship
from nestling.people.services import (
    AgreementDetails,
    NoteDetails,
    RiskGiven,
    add_to_network,
    answer_risks,
    give_agreement,
    keep_professional,
    sign_note,
    write_note,
)
from nestling.referrals.models import Referral

BABY_FACTORS = ("B1", "B4", "B6", "B10", "B13")
BETWEEN_FACTORS = ("I1", "I4", "I5", "I8")
ADULT_FACTORS = ("P1", "P5", "P11")
AGREEMENTS = ("C2", "C3", "C4", "C9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How long ago the work began and ended, how many sessions, how many times not brought."""

    taken_up_days_ago: int
    sessions: int
    not_brought: tuple[int, ...] = ()
    every_days: int = 7


class Carer:
    """Looks after a family in the demo: everything from the wait on."""

    def __init__(self, maker: Maker) -> None:
        """Stand on the maker's tools."""
        self.maker = maker

    def keep_in_touch(self, referral: Referral, *, held: Sequence[int], planned: int = 0) -> None:
        """Calls held so many days ago, and one planned ahead."""
        worker = self.maker.worker(referral.team)
        for days_ago in held:
            with self.maker.on(days_ago) as day:
                details = WaitingContactDetails(
                    mode=self.maker.rng.choice(("phone", "text")),
                    held_on=day,
                    words=self.maker.rng.choice(words.KEEPING_IN_TOUCH),
                )
                record_waiting_contact(referral, details, on=day, by=worker)
        if planned:
            with self.maker.on(0) as day:
                ahead = WaitingContactDetails(mode="phone", planned_on=self.maker.day(-planned))
                record_waiting_contact(referral, ahead, on=day, by=worker)

    def offer(self, referral: Referral, offer: str, *, days_ago: int) -> None:
        """Something offered meanwhile."""
        with self.maker.on(days_ago) as day:
            details = InterimOfferDetails(offer=offer, offered_on=day, accepted="yes")
            make_interim_offer(referral, details, on=day, by=self.maker.worker(referral.team))

    def take_up(self, referral: Referral, course: Course) -> Episode:
        """The first session is agreed, the family is asked what matters, and the work begins."""
        relationships = list(relationships_of(referral))
        worker = self.maker.worker(referral.team)
        with self.maker.on(course.taken_up_days_ago) as day:
            details = TakeUpDetails(
                relationships=relationships,
                funders=["icb"],
                practitioner=worker,
                first_session_on=self.maker.day(course.taken_up_days_ago - 2),
                first_session_mode="home",
            )
            episode = take_up(referral, details, on=day, by=worker)
        self.ask(episode, relationships, by=worker, days_ago=course.taken_up_days_ago - 2)
        self.meet(episode, relationships, course, by=worker)
        return episode

    def ask(
        self, episode: Episode, relationships: list[Relationship], *, by: User, days_ago: int
    ) -> None:
        """Agreements, risks asked about, and the health visitor added to the network."""
        team, rng = episode.team, self.maker.rng
        with self.maker.on(days_ago) as day:
            for one in relationships:
                for code in rng.sample(AGREEMENTS, 3):
                    give_agreement(
                        AgreementDetails(
                            code=code,
                            about=one.baby,
                            given_by=one.carer,
                            relationship=one,
                            capacity="parental_responsibility",
                            answer="given",
                            method="written",
                            given_on=day,
                        ),
                        team=team,
                        by=by,
                    )
            answer_risks(team, self.risks(episode.family, relationships), on=day, by=by)
            visitor = keep_professional(
                team.organisation,
                name=f"Opal {self.maker.cast.family_name()}",
                role="health_visitor",
                workplace="Acorn Children’s Centre",
                phone="01632 960 222",
                email="",
                by=by,
            )
            add_to_network(episode.family, visitor, role="health_visitor", on=day, by=by)

    def risks(self, family: Family, relationships: list[Relationship]) -> list[RiskGiven]:
        """Answers about the baby, between them, and, apart, about the adult's own life."""
        rng = self.maker.rng
        answers = ("present", "absent", "past", "not_known", "not_asked")
        first = relationships[0]
        given = [
            RiskGiven(
                factor=factor, answer=rng.choice(answers), about_person=first.baby, family=family
            )
            for factor in BABY_FACTORS
        ]
        given += [
            RiskGiven(
                factor=factor,
                answer=rng.choice(answers),
                about_relationship=one,
                family=family,
            )
            for one in relationships
            for factor in BETWEEN_FACTORS
        ]
        given += [
            RiskGiven(
                factor=factor, answer=rng.choice(answers), about_person=first.carer, family=family
            )
            for factor in ADULT_FACTORS
        ]
        return given

    def meet(
        self, episode: Episode, relationships: list[Relationship], course: Course, *, by: User
    ) -> None:
        """Session after session; at some the baby was not brought."""
        for number in range(course.sessions):
            days_ago = course.taken_up_days_ago - 2 - number * course.every_days
            if days_ago < 0:
                return
            with self.maker.on(days_ago) as day:
                details = ContactDetails(
                    on=day,
                    recorded_on=day,
                    mode=self.maker.rng.choice(("home", "family_hub", "clinic")),
                    practitioner=by,
                    episode=episode,
                    minutes=50,
                    presences=self.presences(
                        relationships, brought=number not in course.not_brought
                    ),
                    next_on=self.next_session(number, course),
                    next_mode="home",
                    note=NoteGiven(
                        body=self.maker.rng.choice(words.SESSION_NOTES),
                        about_relationship=relationships[0],
                    ),
                )
                contact = record_contact(details, by=by)
                # The newest note is still a draft, as it would be on a working day.
                if contact.note is not None and days_ago > course.every_days:
                    sign_note(contact.note, on=day, by=by)
                if number == 2:
                    set_stage(episode, stage="intervention", on=day, by=by)

    def next_session(self, number: int, course: Course) -> date | None:
        """After the last session that was held, the next one is agreed, for most families."""
        if number + 1 < course.sessions or self.maker.rng.random() < 0.25:
            return None
        return self.maker.day(-self.maker.rng.randrange(1, 7))

    @staticmethod
    def presences(relationships: list[Relationship], *, brought: bool) -> dict[UUID, str]:
        """The adults came; the baby was brought, was not, or is not born yet."""
        seen: dict[UUID, str] = {}
        for one in relationships:
            seen[one.carer_id] = "attended"
            if one.baby.born_on is not None:
                seen[one.baby_id] = "brought" if brought else "was_not_brought"
        return seen

    def note_about(
        self, person: Person, family: Family, body: str, *, days_ago: int, restricted: bool = False
    ) -> None:
        """A signed note on one person's own page."""
        worker = self.maker.worker(family.team)
        with self.maker.on(days_ago) as day:
            details = NoteDetails(
                kind="session",
                body=body,
                happened_on=day,
                written_on=day,
                family=family,
                about_person=person,
                restricted=restricted,
            )
            note = write_note(details, team=family.team, by=worker)
            sign_note(note, on=day, by=worker)

    def end(self, episode: Episode, *, days_ago: int, reason: str, step_to: str = "") -> None:
        """A planned ending, with a step down where there is one."""
        with self.maker.on(days_ago) as day:
            step = StepDetails(
                direction="down", destination=step_to, handed_over_on=day, accepted="yes"
            )
            details = EndingDetails(
                planned=True,
                reason=reason,
                session_held="yes",
                last_contact_on=day,
                words="We looked at the first film and the last one together.",
                step=step if step_to else None,
            )
            end_episode(episode, details, on=day, by=episode.practitioner)
