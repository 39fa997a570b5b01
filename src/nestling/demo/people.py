"""The demo's organisation, teams and members of staff: one login for each role."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from nestling.accounts.models import Organisation, Team, User
from nestling.accounts.roles import TEAM_ROLES, Role
from nestling.accounts.services import NewMember, add_member, give_role
from nestling.foundation import audit
from nestling.people.services import decide_lawful_basis
from nestling.referrals.services import CriteriaDetails, set_criteria
from nestling.staff.services import (
    CertificateDetails,
    WorkingFacts,
    add_certificate,
    keep_working_facts,
)

ORGANISATION = "Applegarth Community Trust"
PASSWORD = "made-up-people-only"  # noqa: S105 - printed on the screen, opens made-up people
DOMAIN = "applegarth.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Someone who works in the demo."""

    email: str
    given_name: str
    family_name: str
    role: Role
    team: str = ""
    profession: str = ""
    wte_hundredths: int | None = None
    languages: tuple[str, ...] = ()


STAFF = (
    StaffMember(
        email="practitioner",
        given_name="Asha",
        family_name="Fenwick",
        role=Role.PRACTITIONER,
        team="willowbrook",
        profession="psychotherapist",
        wte_hundredths=80,
        languages=("en", "pa"),
    ),
    StaffMember(
        email="practitioner2",
        given_name="Barnaby",
        family_name="Flint",
        role=Role.PRACTITIONER,
        team="willowbrook",
        profession="health_visitor",
        wte_hundredths=60,
        languages=("en",),
    ),
    StaffMember(
        email="lead",
        given_name="Morwen",
        family_name="Tallis",
        role=Role.CLINICAL_LEAD,
        team="willowbrook",
        profession="clinical_psychologist",
        wte_hundredths=100,
        languages=("en", "cy"),
    ),
    StaffMember(
        email="administrator",
        given_name="Odette",
        family_name="Marsh",
        role=Role.TEAM_ADMINISTRATOR,
        team="willowbrook",
        profession="administrator",
        wte_hundredths=100,
    ),
    StaffMember(
        email="manager",
        given_name="Cosmo",
        family_name="Hartwell",
        role=Role.SERVICE_MANAGER,
        team="willowbrook",
        profession="manager",
        wte_hundredths=100,
    ),
    StaffMember(
        email="larkfield.practitioner",
        given_name="Ines",
        family_name="Caraway",
        role=Role.PRACTITIONER,
        team="larkfield",
        profession="psychotherapist",
        wte_hundredths=100,
        languages=("en", "es"),
    ),
    StaffMember(
        email="larkfield.lead",
        given_name="Gwilym",
        family_name="Dray",
        role=Role.CLINICAL_LEAD,
        team="larkfield",
        profession="clinical_psychologist",
        wte_hundredths=80,
        languages=("en", "cy"),
    ),
    StaffMember(
        email="commissioner",
        given_name="Beatrix",
        family_name="Lowell",
        role=Role.COMMISSIONER,
    ),
    StaffMember(email="analyst", given_name="Idris", family_name="Vaughan", role=Role.ANALYST),
    StaffMember(
        email="governance",
        given_name="Perpetua",
        family_name="Quill",
        role=Role.INFORMATION_GOVERNANCE,
    ),
    StaffMember(
        email="system",
        given_name="Saul",
        family_name="Whitaker",
        role=Role.SYSTEM_ADMINISTRATOR,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The demo's organisation with its teams by slug and its staff by the start of their email."""

    organisation: Organisation
    teams: dict[str, Team]
    staff: dict[str, User] = field(default_factory=dict)

    def practitioners(self, team: Team) -> list[User]:
        """Who takes families up in a team."""
        return [
            self.staff[member.email]
            for member in STAFF
            if member.role is Role.PRACTITIONER and self.teams[member.team] == team
        ]

    def lead(self, team: Team) -> User:
        """Who decides in a team."""
        return next(
            self.staff[member.email]
            for member in STAFF
            if member.role is Role.CLINICAL_LEAD and self.teams[member.team] == team
        )


def make_service(*, on: date) -> Service:
    """The organisation, its two teams with their rules, and everyone who works there."""
    organisation = audit.create(
        Organisation(name=ORGANISATION, nation="england", ods_code="ZZ9"), by=None
    )
    teams = {
        "willowbrook": make_team(organisation, "Willowbrook", prefix="WB", phone="01632 960 123"),
        "larkfield": make_team(organisation, "Larkfield", prefix="LF", phone="01632 960 456"),
    }
    service = Service(organisation=organisation, teams=teams)
    for member in STAFF:
        service.staff[member.email] = make_member(member, service, on=on)
    system = service.staff["system"]
    decide_lawful_basis(
        organisation,
        basis="public_task",
        reason="The organisation provides health and care for babies and their carers.",
        on=on,
        by=system,
    )
    for team in teams.values():
        set_criteria(team, criteria(), on=on, by=service.lead(team))
    return service


def criteria() -> CriteriaDetails:
    """Both teams' rules: from conception to the second birthday, opened by two signs."""
    return CriteriaDetails(
        from_conception=True,
        limit_months=24,
        tested_on="received",
        threshold=((3, 5), (4, 4), (5, 3)),
        opening_signs=("disorganised_pattern", "earlier_removal"),
    )


def make_team(organisation: Organisation, name: str, *, prefix: str, phone: str) -> Team:
    """One team, open to referrals from the public form."""
    team = Team(
        organisation=organisation,
        name=f"{name} Parent–Infant Team",
        slug=name.lower(),
        reference_prefix=prefix,
        phone=phone,
        email=f"{name.lower()}@{DOMAIN}",
        opening_hours="Monday to Friday, 9am to 5pm",
        place="Applegarth",
    )
    return audit.create(team, by=None)


def make_member(member: StaffMember, service: Service, *, on: date) -> User:
    """A member of staff with their role and, for those who work with families, their facts."""
    user = add_member(
        NewMember(
            email=f"{member.email}@{DOMAIN}",
            given_name=member.given_name,
            family_name=member.family_name,
        ),
        organisation=service.organisation,
        by=None,
        password=PASSWORD,
    )
    team = service.teams[member.team] if member.role in TEAM_ROLES else None
    give_role(user, role=member.role, team=team, on=on, by=None)
    if member.profession:
        keep_facts(user, member, on=on)
    return user


def keep_facts(user: User, member: StaffMember, *, on: date) -> None:
    """What is known of someone as a worker, with a certificate for those who use video."""
    facts = WorkingFacts(
        profession=member.profession,
        wte_hundredths=member.wte_hundredths,
        languages=list(member.languages),
        started_on=on,
        works_with_under_twos_since=on - timedelta(days=900),
    )
    practitioner = keep_working_facts(user, facts, by=None)
    if member.role is Role.PRACTITIONER:
        vig = CertificateDetails(
            subject="vig", title="Video interaction guidance", issued_on=on - timedelta(days=400)
        )
        add_certificate(practitioner, vig, by=None)


def logins() -> list[tuple[str, str, str]]:
    """Role, email and password of one member for each role."""
    first = {member.role: member for member in reversed(STAFF)}
    return [(role.label, f"{first[role].email}@{DOMAIN}", PASSWORD) for role in Role]
