"""The restricted entries of a family: nothing is read before a reason is given, which is logged."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.foundation.looks import describe_look
from nestling.people import queries, services
from nestling.people.forms.facts import ReasonForm, RestrictedForm
from nestling.people.models import Family
from nestling.people.presenters import note_card, risk_row
from nestling.people.rules import writes_clinical
from nestling.people.services.families import CHILD
from nestling.people.views.pages import around, family_page, form_page, open_for, went_well

ADD = "add"


@require_http_methods(["GET", "POST"])
def restricted(request: StaffRequest, family: UUID) -> HttpResponse:
    """Ask for a reason; with one, show the entries and the form for a new one."""
    opened = open_for(request, family, Ability.READ_CLINICAL)
    asked = ReasonForm(request.POST if request.method == "POST" else None, on=today())
    if not asked.is_valid():
        lead = (
            "Entries about domestic abuse stand nowhere else: not in the story, lists or prints.",
            "Your name, your reason and the time are kept.",
        )
        title = "Restricted entries"
        people = around(opened)
        return form_page(request, asked, people, title=title, lead=lead, submit="Show the entries")
    describe_look("opened", reason=asked.cleaned_data["reason"])
    return _entries(request, opened, reason=asked.cleaned_data["reason"])


def _entries(request: StaffRequest, family: Family, *, reason: str) -> HttpResponse:
    people = queries.family_people(family, today(), without=[CHILD])
    typed = request.POST if request.POST.get("part") == ADD else None
    form = RestrictedForm(typed, on=today(), adults=queries.adults_of(people))

    def save() -> None:
        services.add_restricted(
            family,
            form.given(family),
            on=today(),
            by=request.user,
        )

    may_add = writes_clinical(request.user, family)
    if may_add and went_well(form, save):
        messages.success(request, "The entry is kept. It is shown only behind a reason.")
        return redirect("people:restricted", family=family.pk)
    answers, notes = queries.restricted_answers(family), queries.restricted_notes(family)
    context = {
        "form": form,
        "reason": reason,
        "may_add": may_add,
        "answers": [
            risk_row(row, about=row.about_person.full_name if row.about_person else "")
            for row in answers
        ],
        "restricted_notes": [note_card(note, family=family) for note in notes],
    }
    return family_page(
        request,
        "people/restricted.jinja",
        people,
        title="Restricted entries",
        context=context,
        status=422 if form.is_bound else 200,
    )
