"""Unmet need: each baby for whom help was asked and not given; and the team's acceptance rules."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.referrals import queries, services
from nestling.referrals.forms.criteria import SAMPLE, CriteriaForm, beginning
from nestling.referrals.forms.unmet import UnmetFilterForm
from nestling.referrals.presenters import criteria as criteria_words
from nestling.referrals.presenters import unmet as words
from nestling.referrals.queries import UnmetFilter
from nestling.referrals.views.requests import check_can, chosen_id, page_number, user_of
from nestling.science.ages import day_words
from nestling.ui.components import BackLink
from nestling.ui.paging import pages
from nestling.ui.versions import guard


@require_http_methods(["GET"])
def unmet_need(request: HttpRequest) -> HttpResponse:
    """One baby a row, newest first, filtered; on paper for a named reader."""
    user = check_can(request, Ability.SEE_WORKLOAD)
    form = UnmetFilterForm(request.GET)
    wanted = form.wanted()
    audience = request.GET.get("for", "")
    if audience in words.AUDIENCES:
        return _printed(request, wanted, user=user, audience=audience)
    number = page_number(request)
    total = queries.unmet_count(user, wanted)
    query = form.query()
    context = {
        "title": "Unmet need",
        "filter_form": form,
        "rows": words.unmet_rows(queries.unmet_needs(user, wanted, page=number)),
        "total": words.total_words(total),
        "pages": pages(number=number, total=total, query=query),
        "prints": words.print_links(query),
        "columns": words.COLUMNS,
        "empty": words.NOBODY_FITS if wanted != UnmetFilter() else words.NOBODY,
    }
    return render(request, "referrals/unmet_need.jinja", context)


def _printed(
    request: HttpRequest, wanted: UnmetFilter, *, user: User, audience: str
) -> HttpResponse:
    with_names = audience == words.TEAM
    needs = queries.unmet_for_print(user, wanted, with_names=with_names)
    context = {
        "title": "Unmet need",
        "rows": words.unmet_rows(needs) if with_names else words.unmet_rows_without_names(needs),
        "total": words.total_words(len(needs)),
        "columns": words.COLUMNS,
        "printed_for": words.AUDIENCES[audience],
        "printed_words": f"Printed by {user.full_name} on {day_words(today())}.",
    }
    return render(request, "referrals/unmet_need_print.jinja", context)


@require_http_methods(["GET", "POST"])
def criteria(request: HttpRequest) -> HttpResponse:
    """Whom a team takes: read by all who see its lists, changed by its leads."""
    user = user_of(request)
    teams = queries.teams_of(user, Ability.SEE_WORKLOAD)
    team = queries.team_for(chosen_id(request, "team"), teams=teams)
    may_change = team.pk in user.teams_where(Ability.TRIAGE)
    row = queries.criteria_row(team.pk, on=today())
    form = CriteriaForm(request.POST or None, initial=beginning(row)) if may_change else None
    if request.method == "POST":
        queries.check_team(team, Ability.TRIAGE, by=user)
    seen = guard(form, queries.stored_row(row)) if form is not None else None
    if form is not None and request.method == "POST" and form.is_valid():
        services.set_criteria(team, form.details(), on=today(), by=user, seen=seen)
        messages.success(request, "The rules are in force from today.")
        return redirect(f"{reverse('referrals:criteria')}?team={team.pk}")
    context = {
        "title": f"Acceptance rules of {team.name}",
        "rules": criteria_words.criteria_rows(row),
        "since": criteria_words.since_words(row),
        "teams": [(one.name, f"?team={one.pk}", one.pk == team.pk) for one in teams],
        "form": form,
        "sample": SAMPLE,
        "sample_ways": [criteria_words.way_words(way.model_dump()) for way in SAMPLE.any_of],
        "back": BackLink(url=reverse("referrals:board"), label="Referrals"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "referrals/criteria.jinja", context, status=status)
