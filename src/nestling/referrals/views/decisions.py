"""Deciding, noting who was told, and what became of a baby who was sent elsewhere."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.referrals import queries, services
from nestling.referrals.forms.triage import DecisionForm, RedirectOutcomeForm, ToldForm
from nestling.referrals.models import Referral, ReferralState
from nestling.referrals.moves import LEGAL_MOVES, MoveNotLegalError
from nestling.referrals.presenters import one as words
from nestling.referrals.presenters.written import (
    DECISION_COLUMNS,
    decision_values,
    state_sentence,
)
from nestling.referrals.services.deciding import OUTCOME_STATES
from nestling.referrals.views.referral import around
from nestling.referrals.views.requests import user_of
from nestling.ui.versions import guard


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide with a coded reason, and say who was told."""
    user = user_of(request)
    found = queries.open_referral(pk, by=user)
    queries.check_able(found, Ability.TRIAGE, by=user)
    context = around(found, by=user)
    legal = LEGAL_MOVES[ReferralState(found.state)] & set(OUTCOME_STATES.values())
    form = DecisionForm(
        request.POST or None,
        # A decision that was chosen while it could still be made stays chosen: the service judges.
        legal=set(OUTCOME_STATES.values()) if request.method == "POST" else legal,
        babies=[baby.dates for baby in context["people"].babies],
        on=today(),
        initial={"decided_on": today()},
    )
    newest = queries.newest_decision(found)
    guard(
        form,
        found,
        newest,
        stored=decision_values(newest),
        columns=DECISION_COLUMNS,
        now=[state_sentence(found)],
    )
    if request.method == "POST" and form.is_valid() and _decided(found, form, user):
        messages.success(request, "The decision is signed.")
        return redirect("referrals:board")
    context |= {
        "title": f"Decide about {context['name']}",
        "form": form,
        "closed": not legal and not form.is_bound,
        "asked": words.asked_rows(found),
        "signed": words.signed_lines(queries.history_of(found), clinical=True),
        "verdicts": words.verdict_lines(
            queries.judgement_of(found, context["people"]), context["people"]
        ),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "referrals/decide.jinja", context, status=status)


def _decided(found: Referral, form: DecisionForm, user: User) -> bool:
    """Whether the decision could be signed; otherwise the form says why not."""
    on = form.cleaned_data["decided_on"]
    try:
        services.decide_and_tell(
            found,
            form.details(),
            told=form.told_whom(),
            how=form.cleaned_data["told_how"],
            on=on,
            by=user,
        )
    except MoveNotLegalError as error:
        form.add_error(None, error.words)
        return False
    except services.DecisionNotPossibleError as error:
        form.add_error(error.field, error.words)
        return False
    return True


@require_http_methods(["GET", "POST"])
def told(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that someone was told of the newest decision."""
    user = user_of(request)
    found = queries.open_referral(pk, by=user)
    queries.check_able(found, Ability.RECEIVE_REFERRAL, by=user)
    decision = queries.open_decision(found)
    form = ToldForm(request.POST or None, on=today(), initial={"told_on": today()})
    guard(form, decision, *queries.told_of(decision), stored={})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        services.tell(
            decision, whom=values["whom"], how=values["how"], on=values["told_on"], by=user
        )
        messages.success(request, "Noted.")
        return redirect("referrals:referral", pk=found.pk)
    context = around(found, by=user) | {
        "title": "Who was told of the decision?",
        "form": form,
        "submit": "Save",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "referrals/form.jinja", context, status=status)


@require_http_methods(["GET", "POST"])
def redirect_outcome(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note whether a baby who was sent elsewhere was seen there."""
    user = user_of(request)
    found = queries.open_referral(pk, by=user)
    queries.check_able(found, Ability.RECEIVE_REFERRAL, by=user)
    decision = queries.open_redirect(found)
    form = RedirectOutcomeForm(
        request.POST or None, initial={"taken_up": decision.redirect_taken_up}
    )
    guard(form, decision, columns={"taken_up": "redirect_taken_up"})
    if request.method == "POST" and form.is_valid():
        taken_up = form.cleaned_data["taken_up"]
        services.note_redirect_outcome(decision, taken_up=taken_up, on=today(), by=user)
        messages.success(request, "Noted.")
        return redirect("referrals:referral", pk=found.pk)
    context = around(found, by=user) | {
        "title": f"What became of the referral to {decision.redirected_to}?",
        "form": form,
        "submit": "Save",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "referrals/form.jinja", context, status=status)
