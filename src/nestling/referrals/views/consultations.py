"""Consultations: the list, a new one, and one that becomes a referral."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.people.views.same_person import all_answered
from nestling.referrals import queries, services
from nestling.referrals.forms.consulting import ConsultationForm
from nestling.referrals.forms.receiving import ReceiveForms
from nestling.referrals.presenters import consultations as words
from nestling.referrals.views.known import (
    Questions,
    keep_answers,
    questions_about,
    with_known,
)
from nestling.referrals.views.requests import check_can, page_number, user_of
from nestling.ui.components import BackLink
from nestling.ui.paging import pages
from nestling.ui.versions import guard


@require_http_methods(["GET"])
def consultations(request: HttpRequest) -> HttpResponse:
    """Advice given to colleagues, newest first."""
    user = check_can(request, Ability.RECEIVE_REFERRAL)
    number = page_number(request)
    rows = queries.consultations(user, page=number)
    context = {
        "title": "Consultations",
        "back": BackLink(url=reverse("referrals:board"), label="Referrals"),
        "rows": words.consultation_rows(rows, viewer=user),
        "pages": pages(number=number, total=queries.consultation_count(user), query={}),
        "columns": words.COLUMNS,
        "may_add": user.can(Ability.WRITE_CLINICAL),
    }
    return render(request, "referrals/consultations.jinja", context)


@require_http_methods(["GET", "POST"])
def consultation_add(request: HttpRequest) -> HttpResponse:
    """Record a consultation; no family need be named."""
    user = user_of(request)
    teams = queries.teams_of(user, Ability.WRITE_CLINICAL)
    form = ConsultationForm(
        request.POST or None, teams=teams, today=today(), initial={"on": today()}
    )
    if request.method == "POST" and form.is_valid():
        team = form.chosen_team()
        services.give_consultation(form.details(), team=team, on=form.cleaned_data["on"], by=user)
        messages.success(request, "The consultation is recorded.")
        return redirect("referrals:consultations")
    context = {
        "title": "New consultation",
        "form": form,
        "submit": "Save",
        "cancel_url": reverse("referrals:consultations"),
        "back": BackLink(url=reverse("referrals:consultations"), label="Consultations"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "referrals/plain_form.jinja", context, status=status)


@require_http_methods(["GET", "POST"])
def consultation_convert(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a referral of a consultation; the two stay linked."""
    user = user_of(request)
    found = queries.open_consultation(pk, by=user)
    start = {
        "route": "consultation",
        "referrer_type": found.consultee_type,
        "workplace": found.consultee_workplace,
    }
    forms = ReceiveForms(request.POST or None, teams=[found.team], on=today(), initial=start)
    guard(forms.baby, found, stored={})
    if found.referral_id is not None and request.method == "GET":
        return redirect("referrals:referral", pk=found.referral_id)
    questions: Questions = {}
    if request.method == "POST" and forms.are_valid():
        questions = questions_about(forms.details(), request, team=found.team)
    if request.method == "POST" and forms.are_valid() and all_answered(questions.values()):
        details = with_known(forms.details(), questions)
        received_on = forms.referral.cleaned_data["received_on"]
        try:
            referral = services.convert_consultation(found, details, on=received_on, by=user)
        except services.AlreadyReferredError as error:
            forms.baby.add_error(None, error.words)
        else:
            keep_answers(questions, referral, request)
            messages.success(request, f"Referral {referral.reference} received.")
            return redirect("referrals:referral", pk=referral.pk)
    context = {
        "title": "Make a referral of this consultation",
        "consultation": words.consultation_words(found, viewer=user),
        "forms": [*forms.all, *(question.form for question in questions.values())],
        "questions": list(questions.values()),
        "baby_form": forms.baby,
        "carer_form": forms.carer,
        "referral_form": forms.referral,
        "cancel_url": reverse("referrals:consultations"),
        "back": BackLink(url=reverse("referrals:consultations"), label="Consultations"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "referrals/receive.jinja", context, status=status)
