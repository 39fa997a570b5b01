"""People who leave: their account is closed or opened again, and their work goes to others."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nestling.accounts.closing import ClosingNotPossibleError, close_account, reopen_account
from nestling.accounts.models import User
from nestling.accounts.presenters import closing_words
from nestling.accounts.queries import open_member
from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.care.errors import CareRuleError
from nestling.desk.forms import ClosingForm, HandOverForm
from nestling.desk.handing_over import hand_over
from nestling.desk.leaver_words import hand_over_words, work_rows
from nestling.desk.queries import leavers as queries
from nestling.foundation.clock import today
from nestling.people.errors import PeopleRuleError
from nestling.ui.components import Column
from nestling.ui.frame import BackLink
from nestling.ui.versions import ConfirmForm, guard

COLUMNS = ("Who", "Team", "Account", "Still open")
REOPEN = "reopen"


def _require(request: StaffRequest, ability: Ability) -> None:
    if not request.user.can(ability):
        raise PermissionDenied(ability)


@require_http_methods(["GET", "POST"])
def account(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Close somebody's account from a day, or open it again; their open work by count."""
    _require(request, Ability.MANAGE_MEMBERS)
    member = open_member(pk, by=request.user)
    reopening = request.POST.get("part") == REOPEN
    sent = request.POST if request.method == "POST" else None
    now = [f"{closing_words(member, on=today()) or 'Open'}."]
    again = ConfirmForm(sent if reopening else None)
    guard(again, member, now=now)
    if again.is_valid():
        reopen_account(member, by=request.user)
        messages.success(request, f"The account of {member.full_name} is open.")
        return redirect("accounts:members")
    form = ClosingForm(None if reopening else sent, on=today(), initial={"from_on": today()})
    guard(form, member, stored={}, now=now)
    if form.is_valid() and _closed(request, form, member):
        said = closing_words(member, on=today())
        messages.success(request, f"The account of {member.full_name}: {said}.")
        return redirect("accounts:members")
    context = {
        "form": form,
        "forms": [again],
        "again": again,
        "member": member,
        "closing": closing_words(member, on=today()),
        "is_closed": member.is_closed(today()),
        "rows": work_rows(queries.work_of(member), on=today()),
        "back": BackLink(url=reverse("accounts:members"), label="Members"),
    }
    return render(request, "desk/account.jinja", context, status=422 if sent else 200)


def _closed(request: StaffRequest, form: ClosingForm, member: User) -> bool:
    """Whether the account could be closed; otherwise the form says why not."""
    try:
        close_account(member, from_on=form.cleaned_data["from_on"], on=today(), by=request.user)
    except ClosingNotPossibleError as error:
        form.add_error("from_on", error.words)
        return False
    return True


@require_GET
def leavers(request: StaffRequest) -> HttpResponse:
    """Open work of those who have left or will, in the teams that the user leads."""
    _require(request, Ability.TRIAGE)
    context = {
        "columns": [Column(label=label) for label in COLUMNS],
        "rows": work_rows(queries.leavers(request.user, on=today()), on=today()),
        "back": BackLink(url=reverse("staff:team"), label="The team’s practitioners"),
    }
    return render(request, "desk/leavers.jinja", context)


@require_http_methods(["GET", "POST"])
def leaver(request: StaffRequest, team: UUID, pk: UUID) -> HttpResponse:
    """Give what somebody leaves in a team to others."""
    _require(request, Ability.TRIAGE)
    work = queries.open_hand_over(team, pk, by=request.user, on=today())
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        on=today(),
        workers=work.workers,
        helpers=work.helpers,
    )
    now = [f"{hand_over_words(work)}."]
    guard(form, *work.episodes, *work.tasks, stored={}, now=now)
    if form.is_valid() and _handed_over(request, form, work):
        messages.success(request, f"The work of {work.user.full_name} has gone to others.")
        return redirect("desk:leavers")
    context = {
        "form": form,
        "who": work.user.full_name,
        "team": work.team.name,
        "closing": closing_words(work.user, on=today()),
        "work": hand_over_words(work),
        "open": bool(work.episodes or work.tasks or form.is_bound),
        "back": BackLink(url=reverse("desk:leavers"), label="Work of people who have left"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "desk/leaver.jinja", context, status=status)


def _handed_over(request: StaffRequest, form: HandOverForm, work: queries.HandOver) -> bool:
    """Whether the work could go to others; otherwise the form says why not."""
    try:
        hand_over(
            work,
            families_to=form.families,
            tasks_to=form.tasks,
            free_tasks=form.tasks_for_anyone,
            on=today(),
            by=request.user,
        )
    except (CareRuleError, PeopleRuleError) as error:
        form.add_error(error.field, error.words)
        return False
    return True
