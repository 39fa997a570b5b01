"""More teams for very many families, with as many practitioners as the families need."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from nestling.accounts.models import Membership, Team, User
from nestling.accounts.roles import Role
from nestling.accounts.services import give_role
from nestling.demo.copying import Pattern
from nestling.demo.crowd import Crowd
from nestling.demo.people import DOMAIN, Service, criteria
from nestling.foundation import audit
from nestling.referrals.services import set_criteria
from nestling.staff.services import WorkingFacts, keep_working_facts

TEAM_SIZE = 1_000
"""Families on a team's books, most of them from past years."""
FAMILIES_PER_PRACTITIONER = 90
"""Of these a third or so are being worked with or wait now."""
BIG = "riverside"
BIG_SHARE, BIG_AT_MOST = 0.3, 10_000
"""One team is far larger than any that exists, so that pages are tried with it."""
PROFESSIONS = (
    *("psychotherapist", "health_visitor", "clinical_psychologist", "psychotherapist"),
    *("health_visitor", "nursery_nurse", "social_worker"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A team, the weight with which families come to it, and its staff by role."""

    team: Team
    weight: float
    staff: dict[str, list[UUID]]


class Roster:
    """To which team a family comes, and who of its staff stands where another team's stood."""

    def __init__(self, places: list[Place]) -> None:
        """Keep the teams, and the role of each member of their staff."""
        self._places = places
        self._weights = [place.weight for place in places]
        self._roles = {
            user: role for place in places for role, users in place.staff.items() for user in users
        }

    def place(self, pattern: Pattern, *, rng: random.Random) -> tuple[Team, dict[UUID, str]]:
        """A team for a story, and whom to put for the team and each member of staff in it."""
        (place,) = rng.choices(self._places, weights=self._weights)
        shared = {}
        for old in pattern.shared:
            role = self._roles.get(old)
            new = rng.choice(place.staff[role]) if role else old
            shared[old] = (place.team.pk if old == pattern.team else new).hex
        return place.team, shared


def open_teams(
    service: Service, *, families: int, on: date, rng: random.Random, crowd: Crowd
) -> Roster:
    """The demo's teams and as many more as so many families need, all with their staff."""
    big = min(int(families * BIG_SHARE), BIG_AT_MOST)
    others = max((families - big) // TEAM_SIZE, 2)
    teams = list(service.teams.values())
    teams.append(make_team(service, "Riverside", slug=BIG, prefix="RS", on=on))
    for number in range(len(teams) - 1, others):
        name, slug = crowd.family_name(), f"team-{number:03d}"
        teams.append(make_team(service, f"{name} {number}", slug=slug, prefix=f"T{number}", on=on))
    weights = [big if team.slug == BIG else (families - big) / others for team in teams]
    for team, weight in zip(teams, weights, strict=True):
        Hiring(service, team, on=on, rng=rng, crowd=crowd).hire(families=weight)
    return Roster(
        [
            Place(team=team, weight=weight, staff=staff_of(team))
            for team, weight in zip(teams, weights, strict=True)
        ]
    )


def make_team(service: Service, name: str, *, slug: str, prefix: str, on: date) -> Team:
    """One more team with the same rules as the others."""
    team = Team(
        organisation=service.organisation,
        name=f"{name} Parent–Infant Team",
        slug=slug,
        reference_prefix=prefix,
        phone="01632 960 789",
        email=f"{slug}@{DOMAIN}",
        opening_hours="Monday to Friday, 9am to 5pm",
        place="Applegarth",
        takes_public_referrals=False,
    )
    audit.create(team, by=None)
    set_criteria(team, criteria(), on=on, by=service.staff["system"])
    return team


@dataclass(frozen=True, slots=True)
class Hiring:
    """Fills the posts of a team that are empty; everyone has the demo's password."""

    service: Service
    team: Team
    on: date
    rng: random.Random
    crowd: Crowd

    def hire(self, *, families: float) -> None:
        """One of each role, and practitioners for so many families."""
        here = staff_of(self.team)
        for role in self.posts(families=families):
            if here.get(role):
                here[role].pop()
            else:
                self.take_on(role)

    def posts(self, *, families: float) -> Iterator[Role]:
        """The posts of a team of this size."""
        yield from (Role.CLINICAL_LEAD, Role.TEAM_ADMINISTRATOR, Role.SERVICE_MANAGER)
        for _ in range(max(2, round(families / FAMILIES_PER_PRACTITIONER))):
            yield Role.PRACTITIONER

    def take_on(self, role: Role) -> None:
        """Someone new in a role, signing in as ``team.role`` or ``team.role2``."""
        number = Membership.objects.filter(team=self.team, role=role).count() + 1
        user = User(
            email=f"{self.team.slug}.{role.value}{number if number > 1 else ''}@{DOMAIN}",
            given_name=self.crowd.given_name(self.rng.choice(("woman", "man"))),
            family_name=self.crowd.family_name(),
            organisation=self.service.organisation,
            password=self.service.staff["lead"].password,
        )
        audit.create(user, by=None, action="account_added")
        give_role(user, role=role, team=self.team, on=self.on, by=None)
        if role in (Role.PRACTITIONER, Role.CLINICAL_LEAD):
            facts = WorkingFacts(
                profession=self.rng.choice(PROFESSIONS), wte_hundredths=80, started_on=self.on
            )
            keep_working_facts(user, facts, by=None)


def staff_of(team: Team) -> dict[str, list[UUID]]:
    """Who works in a team, by role; the same order each time."""
    found: dict[str, list[UUID]] = {}
    rows = Membership.objects.filter(team=team).order_by("user__email")
    for role, user in rows.values_list("role", "user_id"):
        found.setdefault(role, []).append(user)
    return found
