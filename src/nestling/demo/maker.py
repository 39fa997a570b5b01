"""Makes one family's history through the same services that staff use, on the days it happened."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from nestling.accounts.models import Team, User
from nestling.demo import words
from nestling.demo.names import Cast
from nestling.demo.people import Service
from nestling.foundation.clock import fixed_at
from nestling.people.models import Family, Person, Relationship
from nestling.referrals.models import Decision, Referral
from nestling.referrals.services import (
    BabyGiven,
    CarerGiven,
    DecisionDetails,
    ReferralDetails,
    ReferralWords,
    ReferrerGiven,
    SafeWays,
    ScreeningDetails,
    decide,
    receive,
    screen,
    tell,
)

REFERRERS = (
    *("midwife", "health_visitor", "health_visitor", "gp", "social_worker", "family_hub"),
    *("perinatal_mental_health", "nursery"),
)
WORKPLACES = ("Applegarth Hub", "Mill Race Surgery", "Acorn Children’s Centre", "St Brannoc’s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A referral that arrives: about whom, from whom, how many days ago."""

    days_ago: int
    babies: tuple[BabyGiven, ...]
    carers: tuple[CarerGiven, ...]
    self_referred: bool = False
    concern: str = ""
    safeguarding: str = ""
    signs: frozenset[str] = frozenset()


class Maker:
    """The tools with which every story is told."""

    def __init__(self, service: Service, *, rng: random.Random, today: date) -> None:
        """Keep the service, the source of chance, and the day that counts as today."""
        self.service = service
        self.rng = rng
        self.today = today
        self.cast = Cast(rng)

    def day(self, days_ago: int) -> date:
        """The date so many days ago; below zero, ahead."""
        return self.today - timedelta(days=days_ago)

    @contextmanager
    def on(self, days_ago: int) -> Iterator[date]:
        """Do something as it was done on that day, during working hours."""
        day = self.day(days_ago)
        hour = time(hour=9 + self.rng.randrange(8), minute=self.rng.randrange(60))
        with fixed_at(timezone.make_aware(datetime.combine(day, hour))):
            yield day

    # Who they are

    def baby(self, family_name: str, *, age_days: int, weeks: int = 39) -> BabyGiven:
        """A born baby of an age today, born after so many weeks."""
        born = self.day(age_days)
        return BabyGiven(
            given_name=self.cast.baby(family_name),
            family_name=family_name,
            born_on=born,
            due_on=born + timedelta(days=280 - weeks * 7),
            due_source="scan",
            sex=self.rng.choice(("female", "male")),
            number=self.cast.nhs_number(),
            gp_practice="Mill Race Surgery",
        )

    def unborn(self, family_name: str, *, weeks: int) -> BabyGiven:
        """A baby who is so many weeks along today."""
        due = self.today + timedelta(days=280 - weeks * 7)
        return BabyGiven(family_name=family_name, due_on=due, due_source="scan")

    def carer(self, family_name: str, kind: str = "mother", **more: object) -> CarerGiven:
        """A parent or carer with a phone and a rule that says how it is safe to reach them."""
        responsible = kind in {"mother", "father", "co_mother"}
        given = self.cast.man if kind == "father" else self.cast.woman
        values: dict[str, object] = {
            "kind": kind,
            "given_name": given(family_name),
            "family_name": family_name,
            "parental_responsibility": "yes" if responsible else "no",
            "is_primary_carer": kind != "father",
            "lives_with": "yes",
            "phone": f"07700 900{self.rng.randrange(1000):03d}",
            "language": self.rng.choice(("en", "en", "en", "en", "pl", "pa", "ro")),
            "safe": SafeWays(may_call=True, may_text=True, words="Text first, then call."),
        }
        return CarerGiven(**{**values, **more})  # type: ignore[arg-type]

    # What happens to a referral

    def refer(self, team: Team, arrival: Arrival) -> Referral:
        """The referral as it arrives."""
        with self.on(arrival.days_ago) as day:
            return receive(self._details(arrival, day), team=team, on=day, by=None)

    def _details(self, arrival: Arrival, day: date) -> ReferralDetails:
        kind = self.rng.choice(REFERRERS)
        referrer = ReferrerGiven(
            name=f"{self.rng.choice(('Opal', 'Ines', 'Tam', 'Joss'))} {self.cast.family_name()}",
            role=kind,
            workplace=self.rng.choice(WORKPLACES),
            phone="01632 960 789",
        )
        return ReferralDetails(
            route="self" if arrival.self_referred else "professional",
            referrer_type="self_family" if arrival.self_referred else kind,
            referrer=None if arrival.self_referred else referrer,
            self_referred=arrival.self_referred,
            family_knows="yes",
            babies=arrival.babies,
            carers=arrival.carers,
            written_on=day,
            words=ReferralWords(
                concern=arrival.concern or self.rng.choice(words.CONCERNS[concern_kind(arrival)]),
                seen_between=self.rng.choice(words.SEEN_BETWEEN),
                baby_signals=self.rng.choice(words.SIGNALS),
                strengths=self.rng.choice(words.STRENGTHS),
            ),
            safeguarding=arrival.safeguarding,
            signs=arrival.signs,
        )

    def screen(self, referral: Referral, *, days_ago: int, then: str = "for_meeting") -> Family:
        """The lead reads it; from here on the team has a declared family."""
        with self.on(days_ago) as day:
            details = ScreeningDetails(
                complete=then != "more_information",
                in_age="yes",
                in_area="yes",
                referrer_accepted=True,
                next_state=then,
                missing="Does the family know?" if then == "more_information" else "",
            )
            screen(referral, details, on=day, by=self.service.lead(referral.team))
        referral.refresh_from_db()
        if referral.family is None:
            raise LookupError("screening declares a family")
        return referral.family

    def decide(
        self, referral: Referral, outcome: str, *, days_ago: int, reason: str = "", to: str = ""
    ) -> Decision:
        """The meeting decides, and the family and the referrer are told."""
        lead = self.service.lead(referral.team)
        with self.on(days_ago) as day:
            details = DecisionDetails(
                outcome=outcome,
                reason=reason,
                rationale="Discussed at the referral meeting.",
                deciders="Referral meeting",
                redirected_to=to,
            )
            decision = decide(referral, details, on=day, by=lead)
            tell(decision, whom="family", how="phone", on=day, by=lead)
            if referral.referrer_id:
                tell(decision, whom="referrer", how="email", on=day, by=lead)
        referral.refresh_from_db()
        return decision

    def worker(self, team: Team) -> User:
        """A practitioner of the team."""
        return self.rng.choice(self.service.practitioners(team))


def concern_kind(arrival: Arrival) -> str:
    """What kind of worry fits this referral: by the pregnancy, or by who cares for the baby."""
    if any(baby.born_on is None for baby in arrival.babies):
        return "expecting"
    kinds = {carer.kind for carer in arrival.carers}
    return "foster_carer" if "foster_carer" in kinds else arrival.carers[0].kind


def babies_of(referral: Referral) -> list[Person]:
    """The babies of a referral, first-born first."""
    links = referral.babies_link.select_related("baby").order_by("created_at", "id")
    return [link.baby for link in links]


def relationships_of(referral: Referral) -> Sequence[Relationship]:
    """The relationships of a referral."""
    links = referral.relationships_link.select_related("relationship__baby", "relationship__carer")
    return [link.relationship for link in links.order_by("created_at", "id")]
