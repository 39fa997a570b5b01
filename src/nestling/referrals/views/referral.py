"""One referral: its page, its screening, its pauses."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.foundation.versions import Seen
from nestling.referrals import queries, services
from nestling.referrals.forms.triage import PauseForm, ResumeForm, ScreeningForm
from nestling.referrals.models import Referral, ReferralState
from nestling.referrals.moves import LEGAL_MOVES, READ, MoveNotLegalError
from nestling.referrals.presenters import board as board_words
from nestling.referrals.presenters import one as words
from nestling.referrals.presenters.words import babies_named
from nestling.referrals.presenters.written import pause_values, screening_values, state_sentence
from nestling.referrals.views.known import known_already
from nestling.referrals.views.requests import user_of
from nestling.science.acceptance import Judgement, Verdict
from nestling.ui.components import BackLink
from nestling.ui.versions import guard

Context = dict[str, Any]
YES_NO = {Verdict.INSIDE: "yes", Verdict.OUTSIDE: "no"}


def around(referral: Referral, *, by: User) -> Context:
    """What every page about a referral shows: the babies first."""
    people = queries.referral_people(referral, on=today())
    limit = queries.age_limit_months(referral.team, on=referral.received_on)
    return {
        "people": people,
        "babies": words.headers(referral, people, viewer=by, on=today(), limit_months=limit),
        "name": babies_named(people.babies),
        "reference": referral.reference,
        "referral_url": reverse("referrals:referral", args=[referral.pk]),
        "back": BackLink(
            url=reverse("referrals:referral", args=[referral.pk]), label="The referral"
        ),
    }


@require_http_methods(["GET"])
def referral(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything about one referral that the viewer may read."""
    user = user_of(request)
    found = queries.open_referral(pk, by=user)
    clinical = queries.has_ability(found, Ability.READ_CLINICAL, by=user)
    history = queries.history_of(found)
    context = around(found, by=user)
    context |= {
        "title": f"Referral {found.reference}",
        "state": board_words.state_tag(ReferralState(found.state)),
        "actions": words.actions(found, history, viewer=user),
        "about": words.about_rows(found),
        "asked": words.asked_rows(found) if clinical else [],
        "clinical": clinical,
        "carers": words.carer_rows(context["people"]),
        "signed": words.signed_lines(history, clinical=clinical),
        "unmet": words.unmet_lines(history),
        "consultations": words.consultation_lines(history),
        "elsewhere": queries.numbers_elsewhere(found, by=user),
        "back": BackLink(url=reverse("referrals:board"), label="Referrals"),
    }
    return render(request, "referrals/referral.jinja", context)


@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read the referral against the team's rules and send it on."""
    user = user_of(request)
    found = queries.open_referral(pk, by=user)
    queries.check_able(found, Ability.TRIAGE, by=user)
    context = around(found, by=user)
    judgement = queries.judgement_of(found, context["people"])
    form = ScreeningForm(request.POST or None, initial=_beginning(found, judgement))
    newest = queries.newest_screening(found)
    guard(form, found, newest, stored=screening_values(newest), now=[state_sentence(found)])
    closed = not form.is_bound and not LEGAL_MOVES[ReferralState(found.state)] & READ
    if request.method == "POST" and form.is_valid() and _screened(found, form, user):
        messages.success(request, f"Screened. Now: {ReferralState(found.state).label}.")
        return redirect("referrals:board")
    known, known_elsewhere = known_already(context["people"], by=user)
    context |= {
        "title": f"Screen {context['name']}",
        "known": known,
        "known_elsewhere": known_elsewhere,
        "form": form,
        "closed": closed,
        "verdicts": words.verdict_lines(judgement, context["people"]),
        "asked": words.asked_rows(found),
        "about": words.about_rows(found),
        "elsewhere": queries.numbers_elsewhere(found, by=user),
        "declares": found.family_id is None and bool(context["people"].babies),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "referrals/screen.jinja", context, status=status)


def _beginning(found: Referral, judgement: Judgement) -> Context:
    """The rules' verdicts as the form's first answers: the screener confirms or changes them."""
    signs = [row.sign for row in found.indicators.all() if row.sign]
    return {
        "in_age": YES_NO.get(judgement.age, "not_known"),
        "in_area": YES_NO.get(judgement.area.verdict, "not_known"),
        "referrer_accepted": "no" if judgement.referrer.verdict is Verdict.OUTSIDE else "yes",
        "signs": signs,
    }


def _screened(found: Referral, form: ScreeningForm, user: User) -> bool:
    """Whether the screening could be signed; otherwise the form says why not."""
    opened = queries.doors_opened(found, more_signs=form.cleaned_data["signs"])
    details = form.details(door_opened_by=words.door_words(opened))
    try:
        services.screen(found, details, on=today(), by=user)
    except MoveNotLegalError as error:
        form.add_error(None, error.words)
        return False
    return True


@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop the clock because the family asked, or let it go on."""
    user = user_of(request)
    found = queries.open_referral(pk, by=user)
    queries.check_able(found, Ability.WRITE_CLINICAL, by=user)
    newest = queries.newest_pause(found)
    still = newest is not None and newest.until_on is None
    if request.method == "POST":
        # What was sent is read by the form that was filled in, also where the clock has changed.
        still = "until_on-day" in request.POST
    kind = ResumeForm if still else PauseForm
    form = kind(request.POST or None, on=today())
    seen = guard(form, found, newest, stored=pause_values(newest), now=[state_sentence(found)])
    if request.method == "POST" and form.is_valid() and _paused(found, form, user, seen=seen):
        messages.success(request, "The clock goes on." if still else "The clock stands still.")
        return redirect("referrals:referral", pk=found.pk)
    context = around(found, by=user)
    context |= {
        "title": "The delay is over" if still else "The family asks for a delay",
        "form": form,
        "submit": "Let the clock go on" if still else "Stop the clock",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "referrals/form.jinja", context, status=status)


def _paused(
    found: Referral, form: PauseForm | ResumeForm, user: User, *, seen: Seen | None
) -> bool:
    """Whether the pause could begin or end; otherwise the form says why not."""
    values = form.cleaned_data
    name = "until_on" if isinstance(form, ResumeForm) else "from_on"
    try:
        if isinstance(form, ResumeForm):
            services.resume(found, until_on=values[name], by=user, seen=seen)
        else:
            words = values["words"]
            services.pause(found, from_on=values[name], words=words, by=user, seen=seen)
    except (services.PauseNotPossibleError, MoveNotLegalError) as error:
        form.add_error(name, error.words)
        return False
    return True
