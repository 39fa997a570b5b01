"""Pages of accounts: one's own profile, and for administrators the members, roles and teams."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nestling.accounts import queries, services
from nestling.accounts import second_step as steps
from nestling.accounts.closing import ClosingNotPossibleError
from nestling.accounts.forms import MemberForm, NewTeamForm, RoleForm, SecondStepForm, TeamForm
from nestling.accounts.models import Membership, User
from nestling.accounts.presenters import member_rows, reset_words
from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability, Role
from nestling.foundation.clock import today
from nestling.ui.frame import BackLink
from nestling.ui.versions import ConfirmForm, guard


def require(request: StaffRequest, ability: Ability) -> None:
    """Refuse a user without the ability.

    Raises:
        PermissionDenied: no role held today has it.
    """
    if not request.user.can(ability):
        raise PermissionDenied(ability)


@require_GET
def profile(request: StaffRequest) -> HttpResponse:
    """The user's own account: roles, password, second step."""
    context = {"user": request.user, "reset": reset_words(steps.newest_reset(request.user))}
    return render(request, "accounts/profile.jinja", context)


@require_GET
def members(request: StaffRequest) -> HttpResponse:
    """Everyone with an account, and their roles."""
    require(request, Ability.MANAGE_MEMBERS)
    found = member_rows(queries.members(request.user), on=today())
    teams = list(queries.managed_teams(request.user))
    return render(request, "accounts/members.jinja", {"members": found, "teams": teams})


@require_http_methods(["GET", "POST"])
def member_add(request: StaffRequest) -> HttpResponse:
    """A new account."""
    require(request, Ability.MANAGE_MEMBERS)
    form = MemberForm(request.POST or None)
    if form.is_valid() and request.user.organisation:
        new = services.NewMember(**form.cleaned_data)
        try:
            user = services.add_member(new, organisation=request.user.organisation, by=request.user)
        except services.AccountExistsError:
            form.add_error("email", "Someone already signs in with this email address")
        else:
            messages.success(request, f"Added {user.full_name}. Now give a role.")
            return redirect("accounts:membership_add", pk=user.pk)
    return form_page(request, form, title="Add a member", back="accounts:members")


@require_http_methods(["GET", "POST"])
def membership_add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A role for a member."""
    require(request, Ability.MANAGE_MEMBERS)
    member = queries.open_member(pk, by=request.user)
    form = RoleForm(request.POST or None, teams=queries.managed_teams(request.user))
    if form.is_valid():
        role, team = Role(form.cleaned_data["role"]), form.cleaned_data["team"]
        day = form.cleaned_data["from_on"]
        services.give_role(member, role=role, team=team, on=day, by=request.user)
        messages.success(request, f"{member.full_name} is now: {role.label}.")
        return redirect("accounts:members")
    return form_page(
        request, form, title=f"Give {member.full_name} a role", back="accounts:members"
    )


@require_http_methods(["GET", "POST"])
def membership_end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The end of a role, asked once more."""
    require(request, Ability.MANAGE_MEMBERS)
    sent = request.POST if request.method == "POST" else None
    membership = queries.open_membership(pk, by=request.user, also_over=sent is not None)
    form = ConfirmForm(sent)
    guard(form, membership)
    if form.is_valid() and _ended(request, form, membership):
        messages.success(request, f"{membership.user.full_name} no longer has this role.")
        return redirect("accounts:members")
    context = {"membership": membership, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/membership_end.jinja", context, status=status)


def _ended(request: StaffRequest, form: ConfirmForm, membership: Membership) -> bool:
    """Whether the role could end; otherwise the form says why not."""
    try:
        services.end_role(membership, on=max(today(), membership.from_on), by=request.user)
    except ClosingNotPossibleError as error:
        form.add_error(None, error.words)
        return False
    return True


@require_http_methods(["GET", "POST"])
def second_step(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take somebody's second step away, for a reason, so that they set up another."""
    require(request, Ability.MANAGE_MEMBERS)
    member = queries.open_member(pk, by=request.user)
    form = SecondStepForm(request.POST if request.method == "POST" else None)
    guard(form, member, stored={})
    if form.is_valid() and _reset(request, form, member):
        messages.success(request, f"{member.full_name} sets up a new second step at next sign-in.")
        return redirect("accounts:members")
    context = {
        "form": form,
        "member": member,
        "is_set_up": steps.has_second_step(member),
        "back": BackLink(url=reverse("accounts:members"), label="Members"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/second_step.jinja", context, status=status)


def _reset(request: StaffRequest, form: SecondStepForm, member: User) -> bool:
    """Whether the second step could be reset; otherwise the form says why not."""
    reason = form.cleaned_data["reason"]
    try:
        steps.reset_second_step(member, reason=reason, on=today(), by=request.user)
    except steps.ResetNotPossibleError as error:
        form.add_error(None, error.words)
        return False
    return True


@require_http_methods(["GET", "POST"])
def team_add(request: StaffRequest) -> HttpResponse:
    """A new team."""
    require(request, Ability.MANAGE_MEMBERS)
    form = NewTeamForm(request.POST or None, initial={"takes_public_referrals": True})
    if form.is_valid() and request.user.organisation:
        values = dict(form.cleaned_data)
        prefix = values.pop("reference_prefix")
        try:
            team = services.add_team(
                request.user.organisation, values, prefix=prefix, by=request.user
            )
        except services.TeamExistsError:
            form.add_error("name", "There is a team of this name already")
        else:
            messages.success(request, f"Added {team.name}. Now give its people their roles.")
            return redirect("accounts:members")
    return form_page(request, form, title="Add a team", back="accounts:members")


@require_http_methods(["GET", "POST"])
def team_edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A team's public facts."""
    require(request, Ability.MANAGE_MEMBERS)
    team = queries.open_team(pk, by=request.user)
    names = TeamForm.NAMES
    form = TeamForm(request.POST or None, initial={name: getattr(team, name) for name in names})
    guard(form, team)
    if form.is_valid():
        services.change_team(team, form.cleaned_data, by=request.user)
        messages.success(request, "Saved.")
        return redirect("accounts:members")
    return form_page(request, form, title=team.name, back="accounts:members")


def form_page(
    request: StaffRequest, form: MemberForm | RoleForm | TeamForm, *, title: str, back: str
) -> HttpResponse:
    """A page with one form; 422 when it was sent with faults."""
    context = {"form": form, "title": title, "back": BackLink(url=reverse(back), label="Members")}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form.jinja", context, status=status)
