"""Pages for notes, tasks and one's own marks."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.people import queries, services
from nestling.people.forms.notes import MarkForm, NoteForm, NoteTextForm, TaskForm
from nestling.people.models import Note
from nestling.people.presenters import note_card
from nestling.people.rules import writes_clinical
from nestling.people.views.pages import (
    around,
    family_page,
    form_page,
    open_for,
    sent,
    to_family,
    went_well,
)
from nestling.ui.versions import ConfirmForm, guard

KEEP, READ, WRITE = Ability.RECEIVE_REFERRAL, Ability.READ_CLINICAL, Ability.WRITE_CLINICAL
SIGN = "sign"


@require_http_methods(["GET", "POST"])
def note_add(request: StaffRequest, family: UUID) -> HttpResponse:
    """A new note; it is a draft until it is signed on its own page."""
    opened = open_for(request, family, WRITE)
    people = queries.family_people(opened, today())
    form = NoteForm(sent(request), on=today(), people=people, initial={"happened_on": today()})
    written: list[Note] = []

    def save() -> None:
        details = form.details(opened)
        written.append(services.write_note(details, team=opened.team, by=request.user))

    if went_well(form, save):
        messages.success(request, "The draft is kept. Read it once more and sign it.")
        return redirect("people:note", family=opened.pk, pk=written[0].pk)
    lead = ("For anything about domestic abuse use the restricted entries instead.",)
    title = "Write a note"
    return form_page(request, form, people, title=title, lead=lead, submit="Keep as a draft")


@require_http_methods(["GET", "POST"])
def note(request: StaffRequest, family: UUID, pk: UUID) -> HttpResponse:
    """A note: read, change a draft, sign it, or add a correction to a signed one."""
    opened = open_for(request, family, READ)
    found = queries.open_note(opened, pk, by=request.user)
    if found.restricted:
        return redirect("people:restricted", family=opened.pk)
    is_draft = found.signed_on is None
    may_change = writes_clinical(request.user, opened) and (
        request.user.pk == found.written_by_id or not is_draft
    )
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    signing = request.POST.get("part") == SIGN
    sign_form = ConfirmForm(request.POST if signing else None)
    guard(sign_form, found)
    if went_well(sign_form, lambda: _sign(request, found)):
        messages.success(request, "The note is signed.")
        return redirect("people:note", family=opened.pk, pk=found.pk)
    typed = None if signing else sent(request)
    form = NoteTextForm(typed, on=today(), initial={"body": found.body if is_draft else ""})
    guard(form, found, stored=None if is_draft else {})
    if went_well(form, lambda: _written(request, found, body=form.cleaned_data["body"])):
        messages.success(request, "The draft is kept." if is_draft else "The correction is added.")
        return redirect("people:note", family=opened.pk, pk=found.pk)
    context = {
        "form": form,
        "forms": [sign_form],
        "sign_form": sign_form,
        "note": note_card(found, family=opened),
        "corrections": [note_card(row, family=opened) for row in queries.corrections_of(found)],
        "is_draft": is_draft,
        "may_change": may_change,
    }
    return family_page(
        request,
        "people/note.jinja",
        around(opened),
        title=f"Note about {note_card(found, family=opened).about}",
        context=context,
        status=422 if request.method == "POST" else 200,
    )


def _sign(request: StaffRequest, found: Note) -> None:
    if found.signed_on is None:
        services.sign_note(found, on=today(), by=request.user)


def _written(request: StaffRequest, found: Note, *, body: str) -> None:
    if found.signed_on is None:
        services.change_draft(found, body=body, by=request.user)
    else:
        services.correct_note(found, body=body, on=today(), by=request.user)


@require_http_methods(["GET", "POST"])
def task_add(request: StaffRequest, family: UUID) -> HttpResponse:
    """A task about a baby or a relationship of this family, or about nobody."""
    opened = open_for(request, family, KEEP)
    people = around(opened)
    team = queries.who_may_do_tasks(opened.team_id, on=today())
    form = TaskForm(sent(request), on=today(), people=people, team=team)

    def save() -> None:
        services.add_task(form.details(), team=opened.team, by=request.user)

    if went_well(form, save):
        messages.success(request, "The task is on the list.")
        return to_family(opened)
    return form_page(request, form, people, title="Add a task", submit="Add")


@require_http_methods(["GET", "POST"])
def task_done(request: StaffRequest, family: UUID, pk: UUID) -> HttpResponse:
    """A task, asked once more whether it is done."""
    opened = open_for(request, family, KEEP)
    task = queries.open_task(opened, pk, by=request.user)
    form = ConfirmForm(sent(request))
    guard(form, task)
    if went_well(form, lambda: services.finish_task(task, on=today(), by=request.user)):
        messages.success(request, "Done.")
        return to_family(opened)
    return family_page(
        request,
        "people/task_done.jinja",
        around(opened),
        title="Is this task done?",
        context={"task": task.words, "form": form},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
def mark(request: StaffRequest, family: UUID) -> HttpResponse:
    """One's own mark on a family: words that only their writer sees."""
    opened = open_for(request, family, Ability.OPEN_FAMILY)
    newest = queries.newest_mark(opened, user=request.user)
    mine = newest if newest is not None and newest.until_on is None else None
    ending = request.POST.get("part") == "unmark"
    unmark_form = ConfirmForm(request.POST if ending else None)
    ended = guard(unmark_form, newest)

    def end() -> None:
        services.unmark_family(opened, on=today(), by=request.user, seen=ended)

    if went_well(unmark_form, end):
        messages.success(request, "The mark is taken away.")
        return to_family(opened)
    typed = None if ending else sent(request)
    form = MarkForm(typed, on=today(), initial={"words": mine.words if mine else ""})
    seen = guard(form, newest)

    def save() -> None:
        words = form.cleaned_data["words"]
        services.mark_family(opened, words=words, by=request.user, seen=seen)

    if went_well(form, save):
        messages.success(request, "This family is on your mind.")
        return to_family(opened)
    return family_page(
        request,
        "people/mark.jinja",
        around(opened),
        title="On my mind",
        context={
            "form": form,
            "forms": [unmark_form],
            "unmark_form": unmark_form,
            "is_marked": mine is not None,
        },
        status=422 if request.method == "POST" else 200,
    )
