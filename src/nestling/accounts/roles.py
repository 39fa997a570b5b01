"""Roles and what each may do: the one table that every permission is read from."""

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """What a member does in a team or an organisation."""

    PRACTITIONER = "practitioner", "Practitioner"
    CLINICAL_LEAD = "clinical_lead", "Clinical lead"
    TEAM_ADMINISTRATOR = "team_administrator", "Team administrator"
    SERVICE_MANAGER = "service_manager", "Service manager"
    COMMISSIONER = "commissioner", "Commissioner"
    ANALYST = "analyst", "Analyst"
    INFORMATION_GOVERNANCE = "information_governance", "Information governance"
    SYSTEM_ADMINISTRATOR = "system_administrator", "System administrator"


class Ability(StrEnum):
    """Something that a role may do; permissions name abilities, never roles."""

    OPEN_FAMILY = "open_family"
    """See who a family is, its referral and its wait."""
    READ_CLINICAL = "read_clinical"
    """Read notes, risks, safeguarding words and an adult's own page."""
    WRITE_CLINICAL = "write_clinical"
    """Write them, and work with the family."""
    RECEIVE_REFERRAL = "receive_referral"
    TRIAGE = "triage"
    """Screen and decide referrals, allocate, and change the team's acceptance rules."""
    SEE_WORKLOAD = "see_workload"
    """Lists of a team: board, waiting list, unmet need."""
    SEE_FIGURES = "see_figures"
    """Counts that have passed disclosure control."""
    SEE_LOGS = "see_logs"
    """Who has looked at what and why; persons by name, without clinical content."""
    MANAGE_MEMBERS = "manage_members"
    """Accounts, teams and roles; no family."""
    MANAGE_STAFF = "manage_staff"
    """Practitioners' hours, leave and certificates."""
    READ_GOVERNANCE_LOOKS = "read_governance_looks"
    """The monthly list of information governance's own looks; no family."""


TEAM_ROLES = frozenset(
    {Role.PRACTITIONER, Role.CLINICAL_LEAD, Role.TEAM_ADMINISTRATOR, Role.SERVICE_MANAGER}
)
"""Roles held in one team; the others are held in the organisation."""

ABILITIES: dict[Role, frozenset[Ability]] = {
    Role.PRACTITIONER: frozenset(
        {
            *(Ability.OPEN_FAMILY, Ability.READ_CLINICAL, Ability.WRITE_CLINICAL),
            *(Ability.RECEIVE_REFERRAL, Ability.SEE_WORKLOAD, Ability.SEE_FIGURES),
        }
    ),
    Role.CLINICAL_LEAD: frozenset(
        {
            *(Ability.OPEN_FAMILY, Ability.READ_CLINICAL, Ability.WRITE_CLINICAL),
            *(Ability.RECEIVE_REFERRAL, Ability.TRIAGE, Ability.SEE_WORKLOAD),
            *(Ability.SEE_FIGURES, Ability.MANAGE_STAFF),
        }
    ),
    Role.TEAM_ADMINISTRATOR: frozenset(
        {Ability.OPEN_FAMILY, Ability.RECEIVE_REFERRAL, Ability.SEE_WORKLOAD}
    ),
    Role.SERVICE_MANAGER: frozenset(
        {
            *(Ability.OPEN_FAMILY, Ability.SEE_WORKLOAD, Ability.SEE_FIGURES),
            *(Ability.MANAGE_STAFF, Ability.READ_GOVERNANCE_LOOKS),
        }
    ),
    Role.COMMISSIONER: frozenset({Ability.SEE_FIGURES}),
    Role.ANALYST: frozenset({Ability.SEE_FIGURES}),
    Role.INFORMATION_GOVERNANCE: frozenset({Ability.SEE_LOGS}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({Ability.MANAGE_MEMBERS}),
}


def roles_with(ability: Ability) -> list[Role]:
    """The roles that have an ability."""
    return [role for role, abilities in ABILITIES.items() if ability in abilities]
