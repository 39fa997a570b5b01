"""Pages about relationships, and the professionals around a family."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.people import queries, services
from nestling.people.forms.relationships import (
    NetworkForm,
    RelationshipChangeForm,
    RelationshipForm,
)
from nestling.people.presenters import relationship_words
from nestling.people.services.relationships import CHANGEABLE
from nestling.people.views.pages import around, form_page, open_for, sent, to_family, went_well
from nestling.ui.versions import guard

KEEP = Ability.RECEIVE_REFERRAL


@require_http_methods(["GET", "POST"])
def relationship_add(request: StaffRequest, family: UUID) -> HttpResponse:
    """A new relationship between a baby and someone else of the family."""
    opened = open_for(request, family, KEEP)
    people = queries.family_people(opened, today())
    others = [person for person in people.everyone if person not in people.babies]
    first = {name: request.GET[name] for name in ("baby", "carer") if name in request.GET}
    if len(people.babies) == 1:
        first.setdefault("baby", str(people.babies[0].pk))
    form = RelationshipForm(
        sent(request), on=today(), babies=people.babies, carers=others, initial=first
    )

    def save() -> None:
        services.relate(**form.values(), by=request.user)

    if went_well(form, save):
        messages.success(request, "The relationship is recorded.")
        return to_family(opened)
    lead = ("A relationship is one baby and one person who cares for the baby.",)
    title = "Add a relationship"
    return form_page(request, form, people, title=title, lead=lead, submit="Add")


@require_http_methods(["GET", "POST"])
def relationship_edit(request: StaffRequest, family: UUID, pk: UUID) -> HttpResponse:
    """The facts of a relationship, and its end."""
    opened = open_for(request, family, KEEP)
    row = queries.open_relationship(opened, pk)
    before = {name: getattr(row, name) for name in (*CHANGEABLE, "until_on")}
    form = RelationshipChangeForm(sent(request), on=today(), initial=before)
    guard(form, row)

    def save() -> None:
        services.update_relationship(row, form.cleaned_data, by=request.user)

    words = relationship_words(row)
    if went_well(form, save):
        messages.success(request, f"{words}: saved.")
        return to_family(opened)
    return form_page(request, form, around(opened, row.baby), title=words)


@require_http_methods(["GET", "POST"])
def network_add(request: StaffRequest, family: UUID) -> HttpResponse:
    """A professional around the family."""
    opened = open_for(request, family, KEEP)
    form = NetworkForm(sent(request), on=today())

    def save() -> None:
        services.add_professional(opened, form.cleaned_data, on=today(), by=request.user)

    if went_well(form, save):
        messages.success(request, f"{form.cleaned_data['name']} is in the network.")
        return to_family(opened)
    lead = ("A professional is a contact, not a person with a record.",)
    title = "Add someone to the network"
    return form_page(request, form, around(opened), title=title, lead=lead, submit="Add")
