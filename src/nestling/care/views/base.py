"""What the pages with one form have in common."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render

from nestling.accounts.requests import StaffRequest
from nestling.care import queries
from nestling.care.forms.base import CareForm
from nestling.care.presenters.words import headers_of
from nestling.people.models import Family
from nestling.ui.components import BabyHeader
from nestling.ui.frame import BackLink


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """The words of a page with one form; ``lead`` are sentences above it."""

    title: str
    submit: str
    back: BackLink
    lead: tuple[str, ...] = ()
    template: str = "care/form.jinja"


def form_page(
    request: StaffRequest, form: CareForm, page: FormPage, *, family: Family | None, on: date
) -> HttpResponse:
    """The page under the header of each baby; 422 when the form was sent with faults."""
    context = {
        "form": form,
        "title": page.title,
        "page": page,
        "back": page.back,
        "headers": headers(request, family, on=on),
    }
    return render(request, page.template, context, status=422 if form.is_bound else 200)


def headers(request: StaffRequest, family: Family | None, *, on: date) -> list[BabyHeader]:
    """The header of each baby of a family, for whoever asks."""
    if family is None:
        return []
    rules = queries.team_rules(family.team_id, on=on)
    return headers_of(family, viewer=request.user, on=on, limit_months=rules.limit_months)
