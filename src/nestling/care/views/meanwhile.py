"""What is done while a family waits: contacts, offers, news, looking again, closing."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.care import queries, services
from nestling.care.forms.base import CareForm, carried_out
from nestling.care.forms.waiting import (
    CloseWaitingForm,
    InterimOfferForm,
    ReferrerUpdateForm,
    TriageAgainForm,
    WaitingContactForm,
)
from nestling.care.queries import WaitCase
from nestling.care.rules import require
from nestling.care.views.base import FormPage, form_page
from nestling.foundation.clock import today
from nestling.foundation.records import Record
from nestling.referrals.presenters.written import state_sentence
from nestling.ui.frame import BackLink
from nestling.ui.versions import guard

CLOSE_LEAD = (
    "Each baby is counted as a baby for whom help was asked and not given, with this reason.",
)
LOSS_LEAD = (
    "A loss is recorded. Closing the wait counts nobody as turned away and sends nothing.",
    "Tell the family yourselves, in the way that they wish.",
)


@require_http_methods(["GET", "POST"])
def waiting_contact(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Add a contact, held or planned."""
    case = open_for(request, referral, act="waiting_contact")
    form = WaitingContactForm(request.POST or None, on=today())
    hold_to(form, case, *queries.plans_of(case.referral))

    def act() -> object:
        details = form.details()
        return services.record_waiting_contact(case.referral, details, on=form.on, by=request.user)

    page = wait_page(case, title="Add a contact while they wait", submit="Save the contact")
    return answer(request, form, act, page=page, case=case, done="The contact is saved.")


@require_http_methods(["GET", "POST"])
def interim_offer(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Offer something meanwhile."""
    case = open_for(request, referral, act="interim_offer")
    form = InterimOfferForm(request.POST or None, on=today())
    hold_to(form, case)

    def act() -> object:
        details = form.details()
        return services.make_interim_offer(case.referral, details, on=form.on, by=request.user)

    page = wait_page(case, title="Offer something meanwhile", submit="Save the offer")
    return answer(request, form, act, page=page, case=case, done="The offer is saved.")


@require_http_methods(["GET", "POST"])
def referrer_update(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Add news from the referrer."""
    case = open_for(request, referral, act="referrer_update")
    form = ReferrerUpdateForm(request.POST or None, on=today())
    hold_to(form, case)

    def act() -> object:
        return services.note_referrer_update(
            case.referral,
            words=form.cleaned_data["words"],
            heard_on=form.day("heard_on"),
            on=form.on,
            by=request.user,
        )

    lead = ("The referral then asks to be looked at again.",)
    page = wait_page(case, title="Add news from the referrer", submit="Save the news", lead=lead)
    return answer(request, form, act, page=page, case=case, done="The news is saved.")


@require_http_methods(["GET", "POST"])
def triage_again(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Say that the referral was looked at again."""
    case = open_for(request, referral, act="triage_again")
    form = TriageAgainForm(request.POST or None, on=today(), triggers=case.key.triggers)
    hold_to(form, case, *queries.news_of(case.referral))

    def act() -> object:
        words = form.cleaned_data["words"]
        return services.triage_again(
            case.referral, form.chosen(), words=words, on=form.on, by=request.user
        )

    page = wait_page(case, title="Look at the referral again", submit="Save")
    done = "Saved. The reasons you looked at are cleared."
    return answer(request, form, act, page=page, case=case, done=done)


@require_http_methods(["GET", "POST"])
def close_waiting(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Close the wait without a first session."""
    case = open_for(request, referral, act="close_waiting")
    lost = case.key.lost
    form = CloseWaitingForm(request.POST or None, on=today(), lost=lost)
    hold_to(form, case)

    def act() -> object:
        kind = form.cleaned_data["kind"]
        return services.close_waiting(case.referral, kind=kind, on=form.on, by=request.user)

    title = "Close the wait gently" if lost else "Close the wait"
    lead = LOSS_LEAD if lost else CLOSE_LEAD
    page = wait_page(case, title=title, submit="Close the wait", lead=lead)
    return answer(
        request, form, act, page=page, case=case, done="The wait is closed.", to_list=True
    )


def open_for(request: StaffRequest, referral: UUID, *, act: str) -> WaitCase:
    """The wait, for someone who may do this."""
    sent = request.method == "POST"
    case = queries.open_wait(referral, by=request.user, on=today(), also_over=sent)
    require(request.user, act, team_id=case.referral.team_id)
    return case


def hold_to(form: CareForm, case: WaitCase, *records: Record) -> None:
    """Hold a form to the wait as its page showed it."""
    guard(form, case.referral, *records, stored={}, now=[state_sentence(case.referral)])


def wait_page(case: WaitCase, *, title: str, submit: str, lead: tuple[str, ...] = ()) -> FormPage:
    """A page with one form about a wait."""
    back = BackLink(url=reverse("care:wait", args=[case.referral.pk]), label="The wait")
    return FormPage(title=title, submit=submit, back=back, lead=lead)


def answer(  # noqa: PLR0913 - a page with one form is all of these at once
    request: StaffRequest,
    form: CareForm,
    act: Callable[[], object],
    *,
    page: FormPage,
    case: WaitCase,
    done: str,
    to_list: bool = False,
) -> HttpResponse:
    """What follows the act: the way back with a word of what was done, or the form again."""
    if carried_out(form, act):
        messages.success(request, done)
        return redirect(reverse("care:waiting") if to_list else page.back.url)
    return form_page(request, form, page, family=case.referral.family, on=form.on)
