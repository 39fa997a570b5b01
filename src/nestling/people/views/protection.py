"""Lock a family's record, lift the lock, and begin a new record after an adoption."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.people import models, queries, services
from nestling.people.forms.protection import AdoptionForm
from nestling.people.queries.protection import standing_locks
from nestling.people.services.families import CHILD
from nestling.people.views.locking import act_on_lock, status_of
from nestling.people.views.pages import (
    around,
    family_page,
    form_page,
    open_for,
    sent,
    to_family,
    went_well,
)
from nestling.ui.versions import guard


@require_http_methods(["GET", "POST"])
def lock(request: StaffRequest, family: UUID) -> HttpResponse:
    """Name who may open the record; for everybody else in the team it is not there."""
    opened = open_for(request, family, Ability.TRIAGE)
    people = queries.family_people(opened, today(), without=[CHILD])
    locking = act_on_lock(request, people, standing_locks(opened))
    if locking.done:
        return to_family(opened) if locking.may_still_open else redirect("desk:home")
    return family_page(
        request,
        "people/lock.jinja",
        people,
        title="Lock this record",
        context=locking.context,
        status=status_of(request),
    )


@require_http_methods(["GET", "POST"])
def adoption(request: StaffRequest, family: UUID, person: UUID) -> HttpResponse:
    """A new record for the child with no visible link; the old one is sealed."""
    opened = open_for(request, family, Ability.TRIAGE)
    child = queries.open_baby(opened, person)
    form = AdoptionForm(sent(request), on=today())
    guard(form, child, stored={})
    begun: list[models.Family] = []

    def save() -> None:
        _, new_family = services.adopt(
            child, form.details, team=opened.team, on=today(), by=request.user
        )
        begun.append(new_family)

    if went_well(form, save):
        messages.success(request, "This is the child’s new record. Add the parents to it next.")
        return redirect(reverse("desk:family", args=[begun[0].pk]))
    lead = (
        "Use this when an adoption order has been made. It cannot be undone from here.",
        (
            "The child gets a new record with the name and number below and the date of birth, and "
            "nothing else. Write what the new family needs to know in a note there."
        ),
        (
            "The record that you are in now is sealed. From then on nobody finds it but "
            "information governance, with a reason. Messages stop and open tasks end."
        ),
        (
            "If a brother or sister stays in this family, its record stays, without this child. "
            "Words that name the child in notes about others are not changed: read them first."
        ),
    )
    title = f"Adoption of {child.full_name}"
    people = around(opened, child)
    return form_page(request, form, people, title=title, lead=lead, submit="Seal and begin anew")
