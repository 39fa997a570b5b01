"""A small demo inside the test database, and what each of its two teams holds."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db import transaction
from django.test import Client

from nestling.accounts.closing import close_account
from nestling.accounts.models import Membership, Team, User
from nestling.accounts.roles import Role
from nestling.accounts.services import NewMember, add_member, give_role
from nestling.care.models import Episode, StepMove
from nestling.demo import stories
from nestling.demo.build import DemoSettings, build_demo
from nestling.demo.caring import Carer
from nestling.demo.maker import Maker
from nestling.demo.people import DOMAIN, STAFF, Service
from nestling.demo.stories import Story, Teller
from nestling.foundation.clock import now, today
from nestling.people import services as people
from nestling.people.merging.moving import merge_persons
from nestling.people.models import (
    Adoption,
    Agreement,
    EmergencyUse,
    Family,
    FamilyMember,
    Note,
    Person,
    PersonMerge,
    RecordLock,
    Relationship,
    Task,
)
from nestling.people.queries.protection import who_may_be_named
from nestling.people.services.details import NoteDetails, PersonDetails, TaskDetails
from nestling.people.services.families import BABY
from nestling.referrals.models import Consultation, Referral
from nestling.staff.models import Practitioner

FAMILIES = 24
SEED = 1001
SEALED_NAME = "Saxifrage"
"""The name of children whose records are under a seal: it must stand on no page."""
BACKEND = "nestling.accounts.signed_in.SignInBackend"
STAFF_OF_ROLE = {
    Role.PRACTITIONER: "practitioner",
    Role.CLINICAL_LEAD: "lead",
    Role.TEAM_ADMINISTRATOR: "administrator",
    Role.SERVICE_MANAGER: "manager",
    Role.COMMISSIONER: "commissioner",
    Role.ANALYST: "analyst",
    Role.INFORMATION_GOVERNANCE: "governance",
    Role.SYSTEM_ADMINISTRATOR: "system",
}
"""One member of staff for each role; those who work in a team work in Willowbrook."""
OUTSIDERS = ("larkfield.lead", "larkfield.practitioner")
"""Members of the other team, who may do as much there."""
MORE: dict[str, tuple[Story, ...]] = {
    "willowbrook": (
        *(stories.safeguarding_history, stories.ended, stories.redirected),
        *(stories.born_while_waiting, stories.for_meeting),
    ),
    "larkfield": (
        *(stories.father_of_two_families, stories.consulted, stories.loss),
        stories.in_care_foster,
    ),
}


@dataclass(frozen=True)
class Holdings:
    """What one team holds, as ids for addresses. Rows are read outside any request."""

    team: Team

    @cached_property
    def families(self) -> list[Family]:
        """Every family of the team, oldest first."""
        return list(Family.objects.filter(team=self.team).order_by("declared_on", "pk"))

    @cached_property
    def relationships(self) -> list[tuple[Family, Relationship]]:
        """Every relationship within a family of the team."""
        return [
            (family, row)
            for family in self.families
            for row in Relationship.objects.filter(
                baby__memberships__family=family, carer__memberships__family=family
            )
            .distinct()
            .order_by("created_at", "pk")
        ]

    def relationships_of(self, family: Family) -> Iterator[Relationship]:
        """The relationships within one family."""
        return (row for held, row in self.relationships if held.pk == family.pk)

    def members(self, *, kind: str = "", role: str = "") -> Iterator[tuple[Family, Person]]:
        """Members of the team's families, of one kind or in one part."""
        rows = FamilyMember.objects.filter(family__in=self.families)
        rows = rows.filter(person__kind=kind) if kind else rows
        rows = rows.filter(role=role) if role else rows
        rows = rows.select_related("family", "person").order_by("family__declared_on", "pk")
        return ((row.family, row.person) for row in rows)

    def about(self, model: type[Agreement | Task]) -> Iterator[tuple[Family, Agreement | Task]]:
        """Rows about a baby of a family, with the family."""
        field = "about" if model is Agreement else "about_person"
        for family, baby in self.members(role=BABY):
            rows = model._default_manager.filter(**{field: baby}, team=self.team)
            yield from ((family, row) for row in rows.order_by("created_at", "pk"))

    def notes(self, **which: object) -> Iterator[tuple[Family, Note]]:
        """Notes written in the work with the team's families."""
        rows = Note.objects.filter(family__in=self.families, **which).order_by("created_at", "pk")
        return ((row.family, row) for row in rows.select_related("family") if row.family)

    def referrals(self, **which: object) -> list[Referral]:
        """Referrals to the team."""
        rows = Referral.objects.filter(team=self.team, **which)
        return list(rows.order_by("received_on", "pk"))

    def episodes(self, **which: object) -> list[Episode]:
        """Episodes of the team."""
        rows = Episode.objects.filter(team=self.team, **which)
        return list(rows.order_by("taken_up_on", "pk"))

    def steps(self) -> list[StepMove]:
        """Steps up, down and out."""
        return list(StepMove.objects.filter(episode__team=self.team).order_by("pk"))

    def consultations(self) -> list[Consultation]:
        """Consultations that did not become a referral."""
        return list(Consultation.objects.filter(team=self.team, referral=None).order_by("pk"))

    def merges(self) -> list[PersonMerge]:
        """Merges into records of the team."""
        return list(PersonMerge.objects.filter(kept__teams_link__team=self.team).order_by("pk"))

    def locks(self) -> list[RecordLock]:
        """Standing locks of the team."""
        return list(RecordLock.objects.standing().filter(team=self.team).order_by("pk"))

    def emergencies(self) -> list[EmergencyUse]:
        """Uses of emergency access to a record of the team."""
        return list(EmergencyUse.objects.filter(team=self.team).order_by("pk"))

    def left(self) -> list[User]:
        """Those who held a role in the team and whose account is closed."""
        rows = Membership.objects.filter(team=self.team, user__closed_on__isnull=False)
        return [row.user for row in rows.select_related("user").order_by("pk")]

    def seals(self) -> list[Adoption]:
        """Seals of the organisation."""
        rows = Adoption.objects.filter(organisation=self.team.organisation)
        return list(rows.order_by("pk"))

    def practitioners(self) -> list[Practitioner]:
        """Those who work in the team, but for those by whom its pages are opened in tests."""
        working = Membership.objects.filter(team=self.team).values("user")
        visitors = [f"{name}@{DOMAIN}" for name in STAFF_OF_ROLE.values()]
        found = Practitioner.objects.filter(user__in=working)
        return list(found.exclude(user__email__in=visitors).order_by("pk"))


@dataclass(frozen=True)
class House:
    """The demo with both teams' holdings, and a way to sign in as its staff."""

    willowbrook: Holdings
    larkfield: Holdings

    def user(self, name: str) -> User:
        """A member of staff by the start of their email address."""
        return User.objects.get(email=f"{name}@{DOMAIN}")

    def browser(self, name: str) -> Client:
        """A browser in which they are signed in; a fault in a view is a 500, as in production."""
        client = Client(raise_request_exception=False)
        client.force_login(self.user(name), backend=BACKEND)
        return client

    def browser_of(self, role: Role) -> Client:
        """A browser of Willowbrook's member with a role, or of the organisation's."""
        return self.browser(STAFF_OF_ROLE[role])


@contextmanager
def built(*, families: int = FAMILIES) -> Iterator[House]:
    """The demo in a transaction that is rolled back at the end; tests nest inside it."""
    outer = transaction.atomic()
    # Django's own mark on a test's outermost block: the access log's durable block may stand in it.
    outer._from_testcase = True  # type: ignore[attr-defined]
    with outer:
        build_demo(DemoSettings(families=families, seed=SEED), on_progress=lambda _: None)
        house = House(
            willowbrook=Holdings(Team.objects.get(slug="willowbrook")),
            larkfield=Holdings(Team.objects.get(slug="larkfield")),
        )
        fill_up(house)
        yield house
        transaction.set_rollback(True)


def fill_up(house: House) -> None:
    """The stories and records that the demo's order gives to one team and not to the other."""
    service = Service(
        organisation=house.willowbrook.team.organisation,
        teams={held.team.slug: held.team for held in (house.willowbrook, house.larkfield)},
        staff={member.email: house.user(member.email) for member in STAFF},
    )
    maker = Maker(service, rng=random.Random(SEED), today=today())
    # The demo has given out the first numbers.
    for _ in range(10 * FAMILIES):
        maker.cast.nhs_number()
    tell = Teller(make=maker, care=Carer(maker))
    for slug, told in MORE.items():
        for story in told:
            story(tell, service.teams[slug])
    for held, name in ((house.willowbrook, "lead"), (house.larkfield, "larkfield.lead")):
        add_small_things(held, by=house.user(name))
        add_leaver(held, by=house.user("system"))
    for held, lead, stranger in (
        (house.willowbrook, "lead", OUTSIDERS[1]),
        (house.larkfield, OUTSIDERS[0], "practitioner"),
    ):
        number = maker.cast.nhs_number()
        add_protected(held, lead=house.user(lead), stranger=house.user(stranger), number=number)


def add_leaver(held: Holdings, *, by: User) -> None:
    """Someone who left yesterday with a task still in their name, and set up a second step."""
    new = NewMember(
        email=f"{held.team.slug}.leaver@{DOMAIN}", given_name="Teasel", family_name="Left"
    )
    user = add_member(new, organisation=held.team.organisation, by=by)
    begun, role = today() - timedelta(days=400), Role.PRACTITIONER
    give_role(user, role=role, team=held.team, on=begun, by=by)
    _, baby = list(held.members(role=BABY))[1]
    task = TaskDetails(
        kind="promised_contact",
        words="Ring as promised",
        due_on=today(),
        about_person=baby,
        assigned_to=user,
    )
    people.add_task(task, team=held.team, by=user)
    close_account(user, from_on=today() - timedelta(days=1), on=today(), by=by)


def add_protected(held: Holdings, *, lead: User, stranger: User, number: str) -> None:
    """A lock that names the whole team, a use of emergency access that is over, and a seal."""
    families = list(held.members(role=BABY))
    family, baby = families[-1]
    team = tuple(who_may_be_named(held.team, on=today()))
    details = people.LockDetails(reason="A cousin works in the trust", names=team)
    people.lock_record([baby], details, persons=[], team=held.team, on=today(), by=lead)
    people.open_in_emergency(
        [people.EmergencyTarget(team=held.team, family=family)],
        reason="The mother rang, nobody could be reached",
        at=now() - timedelta(days=1),
        on=today(),
        by=stranger,
    )
    child = people.add_person(
        PersonDetails(
            kind="baby",
            given_name=f"{SEALED_NAME} {held.team.name}",
            family_name="Underhill",
            born_on=today() - timedelta(days=200),
        ),
        organisation=held.team.organisation,
        team=held.team,
        by=lead,
        identifiers={"nhs": number},
    )
    people.declare_family(held.team, babies=[child], carers=[], on=today(), by=lead)
    new_name = people.AdoptionDetails(given_name="Tansy", family_name=f"New {held.team.name}")
    people.adopt(child, new_name, team=held.team, on=today(), by=lead)


def add_small_things(held: Holdings, *, by: User) -> None:
    """A task, a draft note, a restricted note and a mark, by the team's lead."""
    family, baby = next(held.members(role=BABY))
    carer = next(held.relationships_of(family)).carer
    task = TaskDetails(
        kind="other",
        words="Ring the health visitor",
        due_on=today() + timedelta(days=2),
        about_person=baby,
        assigned_to=by,
    )
    people.add_task(task, team=held.team, by=by)
    for about, restricted in ((baby, False), (carer, False), (carer, True)):
        note = NoteDetails(
            kind="session",
            body="Written in the test.",
            happened_on=today(),
            written_on=today(),
            family=family,
            about_person=about,
            restricted=restricted,
        )
        people.write_note(note, team=held.team, by=by)
    people.mark_family(family, words="Think of the bank holiday.", by=by)
    merge_a_double(carer, team=held.team, by=by)


def merge_a_double(carer: Person, *, team: Team, by: User) -> None:
    """A second record of a carer, merged into the first."""
    details = people.PersonDetails(
        kind=carer.kind, given_name=carer.given_name, family_name=carer.family_name
    )
    double = people.add_person(details, organisation=team.organisation, team=team, by=by)
    merge_persons(carer, double, reason="One phone number", on=today(), by=by)
