"""Who has looked at a record: for information governance."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.desk.looks_words import look_rows, summary_words
from nestling.desk.queries import looks as queries
from nestling.foundation.clock import today
from nestling.foundation.looks import describe_look
from nestling.ui.components import Column
from nestling.ui.frame import BackLink
from nestling.ui.paging import PER_PAGE, pages

COLUMNS = ("When", "Who", "What they opened", "What they did", "Reason")


def require_logs(request: StaffRequest) -> None:
    """Refuse whoever does not keep the logs.

    Raises:
        PermissionDenied: no role held today lets the user see logs.
    """
    if not request.user.can(Ability.SEE_LOGS):
        raise PermissionDenied(Ability.SEE_LOGS)


@require_GET
def looks(request: StaffRequest) -> HttpResponse:
    """Find a person, to see who has looked."""
    require_logs(request)
    describe_look("searched")
    words = request.GET.get("q", "")[:200]
    found = queries.find_persons(words, by=request.user)
    return render(request, "desk/looks.jinja", {"words": words, "found": found})


@require_GET
def person_looks(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Every look at one person's record, newest first."""
    require_logs(request)
    person = queries.open_person(pk, by=request.user)
    entries = Paginator(queries.entries_about(person, by=request.user), PER_PAGE)
    page = entries.get_page(request.GET.get("page"))
    context = {
        "columns": [Column(label=label) for label in COLUMNS],
        "person": person,
        "summary": summary_words(queries.summary_of(person, by=request.user, on=today())),
        "rows": look_rows(queries.looks_in(page)),
        "pages": pages(number=page.number, total=entries.count, query={}),
        "back": BackLink(url=reverse("desk:looks"), label="Find a person"),
    }
    return render(request, "desk/person_looks.jinja", context)
