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
    if request.POST.get("part") == SIGN:
        return _signed(request, opened.pk, found)
    form = NoteTextForm(sent(request), on=today(), initial={"body": found.body if is_draft else ""})
    if went_well(form, lambda: _written(request, found, body=form.cleaned_data["body"])):
        messages.success(request, "The draft is kept." if is_draft else "The correction is added.")
        return redirect("people:note", family=opened.pk, pk=found.pk)
    context = {
        "form": form,
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
        status=422 if form.is_bound else 200,
    )


def _signed(request: StaffRequest, family: UUID, found: Note) -> HttpResponse:
    if found.signed_on is None:
        services.sign_note(found, on=today(), by=request.user)
    messages.success(request, "The note is signed.")
    return redirect("people:note", family=family, pk=found.pk)


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
    if request.method == "POST":
        services.finish_task(task, on=today(), by=request.user)
        messages.success(request, "Done.")
        return to_family(opened)
    context = {"task": task.words}
    people = around(opened)
    return family_page(
        request, "people/task_done.jinja", people, title="Is this task done?", context=context
    )


@require_http_methods(["GET", "POST"])
def mark(request: StaffRequest, family: UUID) -> HttpResponse:
    """One's own mark on a family: words that only their writer sees."""
    opened = open_for(request, family, Ability.OPEN_FAMILY)
    mine = queries.my_mark(opened, user=request.user)
    if request.method == "POST" and request.POST.get("part") == "unmark":
        services.unmark_family(opened, on=today(), by=request.user)
        messages.success(request, "The mark is taken away.")
        return to_family(opened)
    form = MarkForm(sent(request), on=today(), initial={"words": mine.words if mine else ""})

    def save() -> None:
        services.mark_family(opened, words=form.cleaned_data["words"], by=request.user)

    if went_well(form, save):
        messages.success(request, "This family is on your mind.")
        return to_family(opened)
    return family_page(
        request,
        "people/mark.jinja",
        around(opened),
        title="On my mind",
        context={"form": form, "is_marked": mine is not None},
        status=422 if form.is_bound else 200,
    )
