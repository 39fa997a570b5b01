"""The waiting list, and the page of one wait."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.care import queries
from nestling.care.presenters import wait as wait_words
from nestling.care.presenters import waiting as words
from nestling.care.rules import reads_clinical
from nestling.care.views.base import headers
from nestling.foundation.clock import today
from nestling.foundation.looks import describe_export, describe_look
from nestling.science.ages import day_words
from nestling.ui.components import EmptyState
from nestling.ui.frame import BackLink
from nestling.ui.paging import address, pages

LIST_EMPTY = EmptyState(
    heading="No family waits",
    text="A family appears here once its referral has been accepted.",
)
FILTER_EMPTY = EmptyState(heading="No family to show", text="Choose “Everyone waiting” above.")


@require_GET
def waiting(request: StaffRequest) -> HttpResponse:
    """The waiting list; with `print` in the address, the same rows made to be printed."""
    if not request.user.can(Ability.SEE_WORKLOAD):
        raise PermissionDenied(Ability.SEE_WORKLOAD)
    printing, reader = "print" in request.GET, words.Reader.of(request.user)
    describe_look("listed")
    on = today()
    asked = asked_of(request)
    number = page_number(request.GET.get("page", ""))
    found = queries.waiting_list(
        request.user, on=on, order=asked["order"], show=asked["show"], page=number
    )
    if printing:
        shown = {**asked, "list": "waiting", "page": str(found.page)}
        describe_export(filter=shown, ids=[row.referral.pk for row in found.rows], action="printed")
    context = {
        **asked,
        "figures": words.figures(found),
        "rows": [words.waiting_row(row, reader=reader, on=on) for row in found.rows],
        "columns": words.columns(order=asked["order"], query=asked),
        "pages": pages(number=found.page, total=found.total, query=asked),
        "shows": words.SHOW_CHOICES,
        "orders": words.ORDER_CHOICES,
        "loss_words": words.loss_words(found.lost),
        "empty": FILTER_EMPTY if found.figures.families else LIST_EMPTY,
        "print_url": address(asked, print="team", page=str(found.page)),
        "printing": printing,
        "printed_for": "the team only",
        "printed_words": f"Printed by {request.user.full_name} on {day_words(on)}.",
    }
    page = "care/waiting_print.jinja" if printing else "care/waiting.jinja"
    return render(request, page, context)


@require_GET
def wait(request: StaffRequest, referral: UUID) -> HttpResponse:
    """One wait: its clock, what was done meanwhile, and what can be done."""
    on = today()
    case = queries.open_wait(referral, by=request.user, on=on)
    clinical = reads_clinical(request.user, team_id=case.referral.team_id)
    history = queries.wait_history(case.referral)
    context: dict[str, Any] = {
        "title": "The wait",
        "headers": headers(request, case.referral.family, on=on),
        "rows": wait_words.wait_rows(case, on=on),
        "acts": wait_words.act_links(case, viewer=request.user),
        "reasons": [words.trigger_words(one, case.key, on=on) for one in case.key.triggers],
        "happened": wait_words.happened(history, clinical=clinical, on=on),
        "back": BackLink(url=reverse("care:waiting"), label="Waiting list"),
    }
    return render(request, "care/wait.jinja", context)


def asked_of(request: StaffRequest) -> dict[str, str]:
    """Which rows and in which order, as the address says; the first choice for anything else."""
    show, order = request.GET.get("show", ""), request.GET.get("order", "")
    return {
        "show": show if show in queries.SHOWS else "all",
        "order": order if order in queries.ORDERS else "share",
    }


def page_number(text: str) -> int:
    """The page that an address asks for; the first for anything that is no number.

    >>> page_number("3"), page_number("²"), page_number("9" * 400)
    (3, 1, 1)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 1
