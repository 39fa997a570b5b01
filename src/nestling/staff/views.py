"""Pages about practitioners: one's own facts, and for leads and managers those of the team."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.staff import queries, services
from nestling.staff.forms import CertificateForm, LeaveForm, WorkingFactsForm
from nestling.staff.presenters import practitioner_facts, practitioner_words
from nestling.ui.frame import BackLink
from nestling.ui.versions import guard


@require_http_methods(["GET", "POST"])
def me(request: StaffRequest) -> HttpResponse:
    """The user's own working facts, to read and change."""
    own = queries.own(request.user)
    form = WorkingFactsForm(request.POST or None, initial=practitioner_facts(own))
    seen = guard(form, own)
    if form.is_valid():
        services.keep_working_facts(request.user, form.facts(), by=request.user, seen=seen)
        messages.success(request, "Saved.")
        return redirect("staff:me")
    context = {"form": form, "own": own, "back": back("accounts:profile", "Your account")}
    return render(request, "staff/me.jinja", context, status=422 if form.is_bound else 200)


@require_GET
def team(request: StaffRequest) -> HttpResponse:
    """Practitioners of the teams whose staff the user manages."""
    if not request.user.can(Ability.MANAGE_STAFF):
        raise PermissionDenied(Ability.MANAGE_STAFF)
    found = [practitioner_words(row, on=today()) for row in queries.practitioners(request.user)]
    context = {"practitioners": found, "leads": request.user.can(Ability.TRIAGE)}
    return render(request, "staff/team.jinja", context)


@require_GET
def practitioner(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One practitioner's facts, leave and certificates."""
    found = queries.open_practitioner(pk, by=request.user)
    context = {"practitioner": practitioner_words(found, on=today())}
    return render(request, "staff/practitioner.jinja", context)


@require_http_methods(["GET", "POST"])
def leave_add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Days away."""
    found = queries.open_practitioner(pk, by=request.user)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        services.add_leave(found, by=request.user, **form.cleaned_data)
        messages.success(request, "Days away are saved.")
        return redirect("staff:practitioner", pk=pk)
    return form_page(request, form, title="Add days away", pk=pk)


@require_http_methods(["GET", "POST"])
def certificate_add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A certificate."""
    found = queries.open_practitioner(pk, by=request.user)
    form = CertificateForm(request.POST or None)
    if form.is_valid():
        details = services.CertificateDetails(**form.cleaned_data)
        services.add_certificate(found, details, by=request.user)
        messages.success(request, "The certificate is saved.")
        return redirect("staff:practitioner", pk=pk)
    return form_page(request, form, title="Add a certificate", pk=pk)


def back(page: str, label: str) -> BackLink:
    """The way back to a page without parts."""
    return BackLink(url=reverse(page), label=label)


def form_page(
    request: StaffRequest, form: LeaveForm | CertificateForm, *, title: str, pk: UUID
) -> HttpResponse:
    """A page with one form; 422 when it was sent with faults."""
    way_back = BackLink(url=reverse("staff:practitioner", args=[pk]), label="Back")
    context = {"form": form, "title": title, "back": way_back}
    return render(request, "staff/form.jinja", context, status=422 if form.is_bound else 200)
