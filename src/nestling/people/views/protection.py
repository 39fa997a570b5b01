"""Lock a family's record, lift the lock, and begin a new record after an adoption."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.accounts.models import User
from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.people import queries, services
from nestling.people.forms.protection import AdoptionForm, LockForm
from nestling.people.models import Family, RecordLock
from nestling.people.queries import FamilyPeople
from nestling.people.queries import protection as locks
from nestling.people.services.families import CHILD
from nestling.people.views.pages import (
    around,
    family_page,
    form_page,
    open_for,
    sent,
    to_family,
    went_well,
)
from nestling.science.ages import day_words
from nestling.ui.versions import ConfirmForm, guard

LIFT = "lift"
NAME_COLUMNS = {"names": ("user_id", "until_on")}
NO_LOCK = "The record is not locked now."


@require_http_methods(["GET", "POST"])
def lock(request: StaffRequest, family: UUID) -> HttpResponse:
    """Name who may open the record; for everybody else in the team it is not there."""
    opened = open_for(request, family, Ability.TRIAGE)
    standing = locks.standing_locks(opened)
    shown = locks.shown_with(standing)
    lifting = request.POST.get("part") == LIFT
    lift_form = ConfirmForm(request.POST if lifting else None)
    now = [] if standing else [NO_LOCK]
    guard(lift_form, *shown, now=now)
    if went_well(lift_form, lambda: _lift(request, standing)):
        messages.success(request, "The lock is lifted. The team finds the record again.")
        return to_family(opened)
    people = queries.family_people(opened, today(), without=[CHILD])
    form = _lock_form(None if lifting else sent(request), people, standing, user=request.user)
    guard(form, *shown, columns=NAME_COLUMNS, now=now)

    def save() -> None:
        services.lock_record(
            people.babies,
            form.details,
            persons=queries.adults_of(people),
            team=opened.team,
            on=today(),
            by=request.user,
        )

    if went_well(form, save):
        messages.success(request, "The record is locked. Only those you named find it.")
        named = request.user in form.chosen
        return to_family(opened) if named else redirect("desk:home")
    context = {
        "form": form,
        "forms": [lift_form],
        "lift_form": lift_form,
        "standing": standing,
        "since": day_words(standing[0].locked_on) if standing else "",
    }
    status = 422 if request.method == "POST" else 200
    return family_page(
        request,
        "people/lock.jinja",
        people,
        title="Lock this record",
        context=context,
        status=status,
    )


def _lock_form(
    typed: QueryDict | None, people: FamilyPeople, standing: list[RecordLock], *, user: User
) -> LockForm:
    team = people.family.team
    chosen = locks.names_of(standing[0]) if standing else [user]
    initial = {
        "names": [str(user.pk) for user in chosen],
        "reason": standing[0].reason if standing else "",
        **locks.staff_in(queries.adults_of(people)),
    }
    return LockForm(
        typed,
        on=today(),
        initial=initial,
        team=locks.who_may_be_named(team, on=today()),
        persons=queries.adults_of(people),
        staff=locks.staff_of(team.organisation, on=today()),
    )


def _lift(request: StaffRequest, standing: list[RecordLock]) -> None:
    for row in standing:
        services.lift_lock(row, on=today(), by=request.user)


@require_http_methods(["GET", "POST"])
def adoption(request: StaffRequest, family: UUID, person: UUID) -> HttpResponse:
    """A new record for the child with no visible link; the old one is sealed."""
    opened = open_for(request, family, Ability.TRIAGE)
    child = queries.open_baby(opened, person)
    form = AdoptionForm(sent(request), on=today())
    guard(form, child, stored={})
    begun: list[Family] = []

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
