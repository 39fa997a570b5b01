"""The triage board, the agenda of the referral meeting, and taking a referral by phone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.foundation.looks import describe_export
from nestling.people.views.same_person import all_answered
from nestling.referrals import queries, services
from nestling.referrals.forms.receiving import ReceiveForms
from nestling.referrals.presenters import agenda as agenda_words
from nestling.referrals.presenters import board as words
from nestling.referrals.queries.board import CARDS
from nestling.referrals.views.known import (
    Questions,
    keep_answers,
    questions_about,
    with_known,
)
from nestling.referrals.views.requests import check_can, page_number, user_of
from nestling.science.ages import day_words
from nestling.ui.components import BackLink
from nestling.ui.paging import pages


@require_http_methods(["GET"])
def board(request: HttpRequest) -> HttpResponse:
    """Four columns, one action a card; or one column with all its cards."""
    user = check_can(request, Ability.SEE_WORKLOAD)
    found = queries.figures(user, on=today())
    asked = request.GET.get("column", "")
    column = asked if asked in words.HEADINGS else ""
    number = page_number(request)
    rows = queries.board(user, on=today(), column=column, page=number)
    shown = words.columns(rows, found, viewer=user, on=today())
    context = {
        "title": "Referrals",
        "columns": [one for one in shown if not column or one.key == column],
        "figures": words.strip_figures(found, on=today()),
        "links": words.page_links(user),
        "column": column,
        "pages": pages(
            number=number,
            total=found.totals.get(column, 0),
            query={"column": column},
            per_page=CARDS,
        ),
        "back": BackLink(url=reverse("referrals:board"), label="The whole board")
        if column
        else None,
    }
    return render(request, "referrals/board.jinja", context)


@require_http_methods(["GET"])
def agenda(request: HttpRequest) -> HttpResponse:
    """The agenda on paper: first for whom."""
    user = check_can(request, Ability.TRIAGE)
    audience = request.GET.get("for", "")
    if audience not in agenda_words.AUDIENCES:
        context = {
            "title": "Print the agenda",
            "audiences": agenda_words.audience_links(),
            "back": BackLink(url=reverse("referrals:board"), label="Referrals"),
        }
        return render(request, "referrals/agenda_for_whom.jinja", context)
    rows = queries.agenda(user, on=today(), with_names=audience == agenda_words.TEAM)
    asked = {"list": "agenda", "for": audience}
    describe_export(filter=asked, ids=[row.referral.pk for row in rows], action="printed")
    context = {
        "title": "Agenda of the referral meeting",
        "rows": agenda_words.agenda_rows(rows, viewer=user, on=today(), audience=audience),
        "printed_for": agenda_words.AUDIENCES[audience],
        "printed_words": f"Printed by {user.full_name} on {day_words(today())}.",
    }
    return render(request, "referrals/agenda.jinja", context)


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """A referral that came by phone, letter or meeting."""
    user = user_of(request)
    teams = queries.teams_of(user, Ability.RECEIVE_REFERRAL)
    forms = ReceiveForms(request.POST or None, teams=teams, on=today())
    questions: Questions = {}
    if request.method == "POST" and forms.are_valid():
        details, team = forms.details(), forms.referral.chosen_team()
        questions = questions_about(details, request, team=team)
        if all_answered(questions.values()):
            received_on = forms.referral.cleaned_data["received_on"]
            known = with_known(details, questions)
            referral = services.receive(known, team=team, on=received_on, by=user)
            keep_answers(questions, referral, request)
            messages.success(request, f"Referral {referral.reference} received.")
            return redirect("referrals:referral", pk=referral.pk)
    context = {
        "title": "New referral",
        "forms": [*forms.all, *(question.form for question in questions.values())],
        "questions": list(questions.values()),
        "baby_form": forms.baby,
        "carer_form": forms.carer,
        "referral_form": forms.referral,
        "cancel_url": reverse("referrals:board"),
        "back": BackLink(url=reverse("referrals:board"), label="Referrals"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "referrals/receive.jinja", context, status=status)
