"""The public referral: no sign-in, no script needed, a page at a time, sent after a check."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from nestling.foundation.clock import now, today
from nestling.foundation.row_security import enter, for_visitors
from nestling.referrals import public_answers, public_steps, queries, services
from nestling.referrals.forms.public_start import AUDIENCES, StartForm
from nestling.referrals.presenters import public as words
from nestling.referrals.public_steps import Page
from nestling.referrals.services import drafts
from nestling.referrals.services.drafts import Draft
from nestling.ui.components import BackLink, Link
from nestling.ui.once import sent_again_replaces
from nestling.ui.views import too_many

STARTED = "referral_draft"
RECEIPT = "referral_receipt"
Context = dict[str, Any]


def sends_too_much(request: HttpRequest, *, group: str) -> bool:
    """Whether this address has sent more in this hour than a person would."""
    rate = settings.PUBLIC_REFERRAL_RATE
    return bool(
        is_ratelimited(request, group=group, key="ip", rate=rate, method="POST", increment=True)
    )


def show(
    request: HttpRequest, template: str, context: Context, *, status: int = 200
) -> HttpResponse:
    """A public page, with the way to leave it quickly."""
    return render(request, f"referrals/public/{template}.jinja", context, status=status)


@for_visitors
@sent_again_replaces
@never_cache
@require_http_methods(["GET", "POST"])
def public_start(request: HttpRequest) -> HttpResponse:
    """The door: who asks, and whom."""
    teams = queries.public_teams()
    if not teams:
        return show(request, "closed", {"title": "Referrals are not taken here"})
    if request.method == "POST" and sends_too_much(request, group="referral-start"):
        return too_many(request)
    wish = request.GET.get("as", "")
    initial = {"audience": wish} if wish in dict(AUDIENCES) else {}
    form = StartForm(request.POST or None, teams=teams, initial=initial)
    if request.method == "POST" and form.is_valid():
        begin(request, form)
        return redirect("referrals:public_step", step="agreement")
    status = 422 if form.errors else 200
    going = drafts.open_draft(request.session.session_key, now=now())
    context = {
        "title": "Refer or ask for help",
        "form": form,
        "going": Link("Go on with what you wrote", reverse("referrals:public_check")),
        "has_draft": going is not None and bool(going.answers),
        "stop": Link("Stop and delete what you wrote", reverse("referrals:public_stop")),
    }
    return show(request, "start", context, status=status)


def begin(request: HttpRequest, form: StartForm) -> None:
    """An empty draft in a session that no one had before; the same one goes on."""
    going = drafts.open_draft(request.session.session_key, now=now())
    audience = form.cleaned_data["audience"]
    if going and (going.audience, going.team) == (audience, form.chosen_team()):
        return
    drafts.throw_away(request.session.session_key)
    request.session.cycle_key()
    request.session[STARTED] = True
    request.session.pop(RECEIPT, None)
    enter(request, form.chosen_team().organisation_id)
    key = str(request.session.session_key)
    drafts.start_draft(key, team=form.chosen_team(), audience=audience, now=now())


def with_draft(
    view: Callable[[HttpRequest, Draft], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A page that needs an open draft; without one it says what became of it."""

    def page(request: HttpRequest) -> HttpResponse:
        draft = drafts.open_draft(request.session.session_key, now=now())
        return gone(request) if draft is None else view(request, draft)

    return page


def gone(request: HttpRequest) -> HttpResponse:
    """Begin at the door; or, after a draft ended, say so and give back what was typed now."""
    if STARTED not in request.session and request.method != "POST":
        return redirect("referrals:public_start")
    context = {
        "title": "What you wrote has been deleted",
        "typed": words.typed_lines(request.POST),
        "hours": settings.DRAFT_HOURS,
        "start": words.start_link(),
    }
    request.session.pop(STARTED, None)
    return show(request, "gone", context, status=410)


@for_visitors
@sent_again_replaces
@never_cache
@require_http_methods(["GET", "POST"])
def public_step(request: HttpRequest, step: str) -> HttpResponse:
    """One page of questions."""
    return with_draft(lambda request, draft: answer_page(request, draft, step))(request)


def answer_page(request: HttpRequest, draft: Draft, step: str) -> HttpResponse:
    """Show a page with what was answered, or keep what is sent and go on."""
    pages = public_steps.pages_of(draft)
    page = public_steps.page_named(step, pages=pages)
    if page is None:
        raise Http404
    domains = queries.counted_domains(draft.team, on=today())
    typed = request.POST if request.method == "POST" else None
    form = public_steps.form_of(page, draft=draft, on=today(), domains=domains, typed=typed)
    if request.method == "POST" and form.is_valid():
        kept = public_steps.typed_in(form, request.POST)
        draft = drafts.keep_answers(draft, step=page.slug, typed=kept)
        return redirect(next_url(request, draft, page))
    status = 422 if request.method == "POST" else 200
    context = page_context(request, draft, page) | {"form": form}
    return show(request, "step", context, status=status)


def page_context(request: HttpRequest, draft: Draft, page: Page) -> Context:
    """What stands around a page's questions."""
    heads_itself = page.slug == "agreement" and draft.audience != public_steps.PARENT
    return {
        "title": page.heading,
        "caption": words.caption(draft, page),
        "asked": words.asked(draft, page),
        "heads_itself": heads_itself,
        "for_parent": draft.audience == public_steps.PARENT,
        "back": BackLink(url=back_url(request, draft, page)),
        "stop": Link("Stop and delete what you wrote", reverse("referrals:public_stop")),
        "team": draft.team,
        "hours": settings.DRAFT_HOURS,
    }


def next_url(request: HttpRequest, draft: Draft, page: Page) -> str:
    """The page after, or the check; after a change the first page that needs an answer."""
    pages = public_steps.pages_of(draft)
    later = public_steps.page_after(page, pages=pages)
    if request.GET.get("back") == "check":
        later = next((one for one in pages if one.slug not in draft.answers), None)
    return step_url(later) if later else reverse("referrals:public_check")


def back_url(request: HttpRequest, draft: Draft, page: Page) -> str:
    """The page before, the check, or the door."""
    if request.GET.get("back") == "check":
        return reverse("referrals:public_check")
    earlier = public_steps.page_before(page, pages=public_steps.pages_of(draft))
    return step_url(earlier) if earlier else reverse("referrals:public_start")


def step_url(page: Page) -> str:
    """The address of a page."""
    return reverse("referrals:public_step", args=[page.slug])


@for_visitors
@never_cache
@require_http_methods(["GET", "POST"])
def public_check(request: HttpRequest) -> HttpResponse:
    """Everything once more; sent from here only."""
    return with_draft(check_and_send)(request)


def check_and_send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the answers, or send them if each of them is right."""
    domains = queries.counted_domains(draft.team, on=today())
    checked = public_answers.check_all(draft, on=today(), domains=domains)
    wrong = public_answers.first_wrong(checked)
    if request.method == "POST" and wrong is None:
        if sends_too_much(request, group="referral-send"):
            return too_many(request)
        details = public_answers.details_of(draft, checked, on=today())
        return send(request, draft, details)
    context = {
        "title": "Check your answers",
        "sections": words.sections(checked),
        "wrong": words.change_url(wrong.page) if wrong else "",
        "form_name": words.form_name(draft),
        "for_parent": draft.audience == public_steps.PARENT,
        "back": BackLink(url=step_url(checked[-1].page)),
        "team": draft.team,
        "stop": Link("Stop and delete what you wrote", reverse("referrals:public_stop")),
    }
    return show(request, "check", context, status=422 if request.method == "POST" else 200)


def send(request: HttpRequest, draft: Draft, details: services.ReferralDetails) -> HttpResponse:
    """Receive the referral, forget the draft, and keep the reference for the receipt."""
    referral = services.receive(details, team=draft.team, on=today(), by=None)
    drafts.throw_away(request.session.session_key)
    request.session.pop(STARTED, None)
    request.session[RECEIPT] = {
        "reference": referral.reference,
        "audience": draft.audience,
        "team": draft.team.slug,
    }
    return redirect("referrals:public_receipt")


@for_visitors
@never_cache
@require_http_methods(["GET"])
def public_receipt(request: HttpRequest) -> HttpResponse:
    """The reference, and what happens next."""
    kept = request.session.get(RECEIPT)
    if kept is None:
        return redirect("referrals:public_start")
    team = next((one for one in queries.public_teams() if one.slug == kept["team"]), None)
    context = {
        "title": "We have received it",
        "reference": kept["reference"],
        "for_parent": kept["audience"] == public_steps.PARENT,
        "team": team,
    }
    return show(request, "receipt", context)


@for_visitors
@never_cache
@require_http_methods(["GET", "POST"])
def public_stop(request: HttpRequest) -> HttpResponse:
    """Throw away what was written."""
    if request.method == "POST":
        drafts.throw_away(request.session.session_key)
        request.session.pop(STARTED, None)
        return show(
            request, "stopped", {"title": "What you wrote is gone", "start": words.start_link()}
        )
    context = {
        "title": "Stop and delete what you wrote?",
        "back": BackLink(url=reverse("referrals:public_check")),
    }
    return show(request, "stop", context)
