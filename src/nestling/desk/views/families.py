"""Lists of families, and search."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.desk.family_words import family_rows, found_rows
from nestling.desk.queries import families as queries
from nestling.foundation.clock import today
from nestling.foundation.looks import describe_look
from nestling.ui.components import Column
from nestling.ui.paging import PER_PAGE, pages

SHOW = (
    ("open", "Waiting or in care"),
    ("mine", "My own"),
    ("ended", "Ended"),
    ("all", "All"),
)
COLUMNS = ("Baby", "Age", "With", "Where things stand", "Worker")


def require_families(request: StaffRequest) -> None:
    """Refuse whoever may open no family.

    Raises:
        PermissionDenied: no role held today lets the user open a family.
    """
    if not request.user.can(Ability.OPEN_FAMILY):
        raise PermissionDenied(Ability.OPEN_FAMILY)


@require_GET
def families(request: StaffRequest) -> HttpResponse:
    """Families of the user's teams, fifty to a page."""
    require_families(request)
    describe_look("listed")
    show = request.GET.get("show", "open")
    show = show if show in dict(SHOW) else "open"
    listed = Paginator(queries.families(request.user, show=show), PER_PAGE)
    page = listed.get_page(request.GET.get("page"))
    rows = queries.rows_of(page, by=request.user)
    context = {
        "columns": [Column(label=label) for label in COLUMNS],
        "choices": SHOW,
        "show": show,
        "rows": family_rows(rows, on=today()),
        "pages": pages(number=page.number, total=listed.count, query={"show": show}),
    }
    return render(request, "desk/families.jinja", context)


@require_GET
def search(request: StaffRequest) -> HttpResponse:
    """People by name or number, and referrals by reference."""
    require_families(request)
    describe_look("searched")
    words = request.GET.get("q", "")[:200]
    found = queries.search(words, by=request.user)
    context = {"words": words, "found": found_rows(found, on=today())}
    return render(request, "desk/search.jinja", context)
