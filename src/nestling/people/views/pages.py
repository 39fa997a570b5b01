"""What every page about a family does: asks permission, draws its babies, keeps what was typed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.people import queries
from nestling.people.errors import PeopleRuleError
from nestling.people.models import Family, Person
from nestling.people.presenters import baby_headers
from nestling.people.queries import FamilyPeople
from nestling.people.rules import require
from nestling.ui.frame import BackLink


def open_for(request: StaffRequest, family: UUID, ability: Ability) -> Family:
    """The family, opened by someone who has the ability in its team; the look is noted."""
    opened = queries.open_family(family, by=request.user)
    require(request.user, ability, opened)
    return opened


def around(family: Family, baby: Person | None = None) -> FamilyPeople:
    """Those whom a header names: of one baby, or of every baby of the family."""
    return queries.header_people(family, on=today(), baby=baby)


def sent(request: StaffRequest) -> QueryDict | None:
    """What was sent, if something was."""
    return request.POST if request.method == "POST" else None


def went_well(form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether a valid form's act kept every rule; a broken rule becomes words on the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except PeopleRuleError as error:
        form.add_error(error.field if error.field in form.fields else None, error.words)
    return form.is_valid()


def family_page(
    request: StaffRequest,
    template: str,
    people: FamilyPeople,
    *,
    title: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page about a family, its babies on top."""
    home = reverse("desk:family", args=[people.family.pk])
    headers = baby_headers(people, viewer=request.user, on=today())
    whole = {
        "title": title,
        "babies": headers,
        "back": BackLink(url=home, label="Family page"),
        "family": people.family,
        **context,
    }
    return render(request, template, whole, status=status)


def form_page(
    request: StaffRequest,
    form: BaseForm,
    people: FamilyPeople,
    *,
    title: str,
    lead: tuple[str, ...] = (),
    submit: str = "Save",
) -> HttpResponse:
    """A page with one form; 422 and all that was typed when it was sent with faults."""
    context = {"form": form, "lead": lead, "submit": submit}
    status = 422 if form.is_bound else 200
    return family_page(
        request, "people/form.jinja", people, title=title, context=context, status=status
    )


def to_family(family: Family) -> HttpResponse:
    """Back to the family page."""
    return redirect("desk:family", pk=family.pk)
