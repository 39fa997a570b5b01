"""Taking up, and an episode from its stages to its ending."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nestling.accounts.models import Nation
from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.care import queries, services
from nestling.care.forms.base import CareForm, carried_out
from nestling.care.forms.contacts import ContactForm
from nestling.care.forms.episodes import (
    EndingForm,
    FocusForm,
    ReopenForm,
    StageForm,
    StepForm,
    StepOutcomeForm,
    TakeUpForm,
)
from nestling.care.models import Episode, StepMove
from nestling.care.presenters import episodes as words
from nestling.care.presenters import written
from nestling.care.rules import require
from nestling.care.views.base import FormPage, form_page, headers
from nestling.foundation.clock import today
from nestling.people.models import Family, Relationship
from nestling.referrals.presenters.written import state_sentence
from nestling.science.ages import day_words
from nestling.ui.frame import BackLink
from nestling.ui.versions import guard


@require_http_methods(["GET", "POST"])
def take_up(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Take a waiting family up."""
    on = today()
    sent = request.method == "POST"
    case = queries.open_wait(referral, by=request.user, on=on, also_over=sent)
    waiting = case.referral
    require(request.user, "take_up", team_id=waiting.team_id)
    workers = queries.practitioners_of(waiting.team_id, ability=Ability.WRITE_CLINICAL, on=on)
    offered = _relationships(waiting.family)
    chosen = {"relationships": [str(row.pk) for row in offered]}
    form = TakeUpForm(
        request.POST or None, on=on, offered=offered, workers=list(workers), initial=chosen
    )
    other = queries.taken_up_as(waiting) if sent else None
    stored = written.taken_up_values(other)
    guard(form, waiting, other, stored=stored, now=[state_sentence(waiting)])
    made: list[Episode] = []

    def act() -> None:
        made.append(services.take_up(waiting, form.details(), on=on, by=request.user))

    if carried_out(form, act):
        messages.success(request, "The family is taken up.")
        return redirect("care:episode", pk=made[0].pk)
    back = BackLink(url=reverse("care:wait", args=[waiting.pk]), label="The wait")
    lead = ("Taking up means that a first session is agreed with the family.",)
    page = FormPage(title="Take up", submit="Take up", back=back, lead=lead)
    return form_page(request, form, page, family=waiting.family, on=on)


@require_GET
def episode(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One episode with everything that the viewer may read."""
    on = today()
    found = queries.open_episode(pk, by=request.user)
    parts = queries.episode_parts(found, viewer=request.user)
    ending = queries.last_ending(found)
    context: dict[str, Any] = {
        "title": "Episode",
        "headers": headers(request, found.family, on=on),
        "rows": words.episode_rows(found, parts, queries.wait_of(found.referral)),
        "acts": words.act_links(found, viewer=request.user, ending=ending, on=on),
        "focus": words.focus_words(parts),
        "stages": words.stage_lines(parts),
        "contacts": _contact_words(request, found, parts),
        "clinical": parts.clinical,
        "steps": [words.step_words(step) for step in parts.steps],
        "endings": [words.ending_words(one) for one in parts.endings],
        "back": BackLink(url=reverse("desk:family", args=[found.family_id]), label="The family"),
    }
    return render(request, "care/episode.jinja", context)


@require_http_methods(["GET", "POST"])
def stage(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change the stage."""
    found = open_for_work(request, pk)
    form = StageForm(request.POST or None, on=today(), initial={"stage": found.stage})
    guard(form, found, now=[written.episode_sentence(found)])

    def act() -> object:
        chosen = form.cleaned_data["stage"]
        return services.set_stage(found, stage=chosen, on=form.on, by=request.user)

    page = episode_page(found, title="Change the stage", submit="Save the stage")
    return answer(request, form, act, page=page, found=found, done="The stage is saved.")


@require_http_methods(["GET", "POST"])
def focus(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change the relationships in focus."""
    found = open_for_work(request, pk)
    rows = list(queries.in_focus(found))
    now = [row.relationship for row in rows if row.until_on is None]
    offered = {row.pk: row for row in [*now, *_relationships(found.family)]}
    chosen = {"relationships": [str(row.pk) for row in now]}
    form = FocusForm(
        request.POST or None, on=today(), offered=list(offered.values()), initial=chosen
    )
    seen = guard(form, found, *rows, columns=written.FOCUS_COLUMNS)

    def act() -> object:
        return services.change_focus(found, form.chosen(), on=form.on, by=request.user, seen=seen)

    page = episode_page(found, title="Change the focus", submit="Save the focus")
    return answer(request, form, act, page=page, found=found, done="The focus is saved.")


@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Step up, down or out to another service."""
    found = open_for_work(request, pk)
    form = StepForm(request.POST or None, on=today())
    guard(form, found, stored={}, now=[written.episode_sentence(found)])

    def act() -> object:
        return services.make_step(found, form.details(), on=form.on, by=request.user)

    page = episode_page(found, title="Step up, down or out", submit="Save the step")
    return answer(request, form, act, page=page, found=found, done="The step is saved.")


@require_http_methods(["GET", "POST"])
def step_outcome(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say what came of a step."""
    move = queries.open_step(pk, by=request.user)
    found = move.episode
    require(request.user, "work_on_episode", team_id=found.team_id)
    form = StepOutcomeForm(request.POST or None, on=today(), initial=outcome_of(move))
    guard(form, move)

    def act() -> object:
        return services.note_step_outcome(move, **form.cleaned_data, on=form.on, by=request.user)

    page = episode_page(
        found,
        title="What came of the step",
        submit="Save",
        lead=(f"{words.step_words(move).words}, {day_words(move.handed_over_on)}.",),
    )
    return answer(request, form, act, page=page, found=found, done="Saved.")


@require_http_methods(["GET", "POST"])
def contact_add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Add a contact with who was there."""
    found = open_for_work(request, pk)
    on = today()
    form = ContactForm(
        request.POST or None,
        on=on,
        people=queries.family_adults_and_babies(found.family, on=on),
        relationships=_relationships(found.family),
        initial={"happened_on": on},
    )
    guard(
        form,
        found,
        stored=written.next_session_values(found),
        columns=written.NEXT_SESSION_COLUMNS,
        now=[written.episode_sentence(found)],
    )

    def act() -> object:
        return services.record_contact(form.details(found, by=request.user), by=request.user)

    back = BackLink(url=reverse("care:episode", args=[pk]), label="The episode")
    page = FormPage(
        title="Add a contact",
        submit="Save the contact",
        back=back,
        template="care/contact.jinja",
    )
    return answer(request, form, act, page=page, found=found, done="The contact is saved.")


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End the work."""
    found = open_for_work(request, pk)
    on = today()
    top = headers(request, found.family, on=on)
    form = EndingForm(
        request.POST or None,
        on=on,
        nation=Nation(found.family.team.organisation.nation),
        lost=any(header.silent for header in top),
    )
    ending = queries.last_ending(found)
    stored = written.ending_values(ending)
    guard(form, found, ending, stored=stored, now=[written.episode_sentence(found)])

    def act() -> object:
        return services.end_episode(found, form.details(), on=on, by=request.user)

    page = episode_page(found, title="End the work", submit="End the work")
    return answer(request, form, act, page=page, found=found, done="The work has ended.")


@require_http_methods(["GET", "POST"])
def reopen(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Open an ended episode again."""
    found = open_for_work(request, pk)
    form = ReopenForm(request.POST if request.method == "POST" else None, on=today())
    guard(form, found, now=[written.episode_sentence(found)])

    def act() -> object:
        return services.reopen_episode(found, on=form.on, by=request.user)

    page = episode_page(
        found,
        title="Open the episode again",
        submit="Open it again",
        lead=(
            "The same episode goes on. A step down at its ending is noted as one that came back.",
        ),
    )
    return answer(request, form, act, page=page, found=found, done="The episode is open again.")


def open_for_work(request: StaffRequest, pk: UUID) -> Episode:
    """The episode, for someone who works with the family."""
    found = queries.open_episode(pk, by=request.user)
    require(request.user, "work_on_episode", team_id=found.team_id)
    return found


def episode_page(
    found: Episode, *, title: str, submit: str, lead: tuple[str, ...] = ()
) -> FormPage:
    """A page with one form about an episode."""
    back = BackLink(url=reverse("care:episode", args=[found.pk]), label="The episode")
    return FormPage(title=title, submit=submit, back=back, lead=lead)


def answer(
    request: StaffRequest,
    form: CareForm,
    act: Callable[[], object],
    *,
    page: FormPage,
    found: Episode,
    done: str,
) -> HttpResponse:
    """What follows the act: the episode with a word of what was done, or the form again."""
    if carried_out(form, act):
        messages.success(request, done)
        return redirect("care:episode", pk=found.pk)
    return form_page(request, form, page, family=found.family, on=form.on)


def outcome_of(move: StepMove) -> dict[str, Any]:
    """What is known of a step."""
    return {"accepted": move.accepted, "came_back_on": move.came_back_on}


def _relationships(family: Family | None) -> list[Relationship]:
    return list(queries.relationships_in(family, on=today())) if family else []


def _contact_words(
    request: StaffRequest, found: Episode, parts: queries.EpisodeParts
) -> list[words.ContactWords]:
    return [
        words.contact_words(
            contact,
            clinical=parts.clinical,
            url=words.note_url(contact, found, viewer=request.user, clinical=parts.clinical),
        )
        for contact in parts.contacts
    ]
