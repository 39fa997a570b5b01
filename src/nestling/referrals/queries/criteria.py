"""A team's acceptance rules as science reads them, and what a referrer is asked because of them."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Ability
from nestling.reference.codes import code_list
from nestling.referrals.models import TeamCriteria
from nestling.science.acceptance import Criteria, TestedOn, Way


def current_criteria(on: date) -> QuerySet[TeamCriteria]:
    """The rules that hold on a day, of every team, newest first."""
    rows = TeamCriteria.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on))
    return rows.filter(from_on__lte=on).order_by("-from_on")


def criteria_row(team_id: UUID, *, on: date) -> TeamCriteria:
    """The team's rules on a day; Nestling's own beginning where the team has set none."""
    found = current_criteria(on).filter(team=team_id).first()
    return found or TeamCriteria(team_id=team_id, from_on=on)


def stored_row(row: TeamCriteria) -> TeamCriteria | None:
    """The rules if a team has set them, nothing for Nestling's own beginning."""
    return None if row._state.adding else row


def default_limit() -> int:
    """The age limit in months of a team that has set no rules."""
    return TeamCriteria().limit_months


def criteria_of(team: Team, *, on: date) -> Criteria:
    """The team's rules on a day, ready to judge a case by."""
    return as_criteria(criteria_row(team.pk, on=on))


def as_criteria(row: TeamCriteria) -> Criteria:
    """A stored row as the rules that it stands for."""
    return Criteria(
        from_conception=row.from_conception,
        limit_months=row.limit_months,
        tested_on=TestedOn(row.tested_on),
        postcode_districts=frozenset(row.postcode_districts),
        referrer_types=frozenset(row.referrer_types),
        threshold=tuple(Way(**way) for way in row.threshold),
        opening_signs=frozenset(row.opening_signs),
    )


def age_limit_months(team: Team, *, on: date) -> int:
    """The age in months at which a baby is outside the team's window."""
    return criteria_row(team.pk, on=on).limit_months


def counted_domains(team: Team, *, on: date) -> tuple[str, ...]:
    """The domains in which a referrer counts indicators: none where the team has no threshold."""
    if not criteria_row(team.pk, on=on).threshold:
        return ()
    return tuple(code for code, _ in code_list("indicator_domains").choices())


def teams_of(user: User, ability: Ability) -> list[Team]:
    """The teams in which the user holds an ability, by name.

    Raises:
        PermissionDenied: there is none.
    """
    rows = Team.objects.filter(pk__in=user.teams_where(ability)).select_related("organisation")
    found = list(rows.order_by("name", "pk"))
    if not found:
        raise PermissionDenied
    return found


def check_team(team: Team, ability: Ability, *, by: User) -> None:
    """Pass if the user holds the ability in this team.

    Raises:
        PermissionDenied: not in this team.
    """
    if team.pk not in by.teams_where(ability):
        raise PermissionDenied


def team_for(pk: UUID | None, *, teams: list[Team]) -> Team:
    """The one of these teams that is named, or the first.

    Raises:
        Http404: another team is named.
    """
    if pk is None:
        return teams[0]
    found = next((team for team in teams if team.pk == pk), None)
    if found is None:
        raise Http404
    return found


def public_teams() -> list[Team]:
    """The teams that take referrals from the public form."""
    rows = Team.objects.filter(takes_public_referrals=True).select_related("organisation")
    return list(rows.order_by("name", "pk"))
