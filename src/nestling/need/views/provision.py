"""What an organisation states of help: its list, a new statement, and taking one back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.foundation.clock import today
from nestling.need import queries, services
from nestling.need.forms.provision import ProvisionForm
from nestling.need.presenters.around import own_rows, shipped_rows
from nestling.ui.frame import BackLink


@require_http_methods(["GET"])
def provision(request: HttpRequest) -> HttpResponse:
    """What the organisation has stated, then the list that we ship."""
    user = queries.reader_of(request)
    own = queries.own_statements(user)
    context = {
        "title": "What help is stated",
        "own": own_rows(own),
        "shipped": shipped_rows(own),
        "may_keep": queries.may_keep(user),
        "back": BackLink(url=reverse("need:map"), label="All areas"),
    }
    return render(request, "need/provision.jinja", context)


@require_http_methods(["GET", "POST"])
def provision_add(request: HttpRequest) -> HttpResponse:
    """A new statement about one team in one district."""
    user, organisation = queries.keeper_of(request)
    initial = {"lad_code": request.GET.get("district", "")}
    form = ProvisionForm(request.POST or None, initial=initial, today=today())
    if request.method == "POST" and form.is_valid():
        details = form.details()
        services.state_provision(details, organisation=organisation, on=today(), by=user)
        messages.success(request, f"Saved what is stated of {details.team_name}.")
        return redirect("need:area", code=details.lad_code)
    context = {
        "title": "Say what help there is",
        "form": form,
        "back": BackLink(url=reverse("need:provision"), label="What help is stated"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "need/provision_add.jinja", context, status=status)


@require_http_methods(["POST"])
def provision_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A statement that was a mistake no longer counts."""
    user, _ = queries.keeper_of(request)
    services.take_back(queries.open_statement(pk, by=user), on=today(), by=user)
    messages.success(request, "The statement no longer counts.")
    return redirect("need:provision")
