"""The map of need, its table, and the way from a name to an area."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nestling.accounts.models import User
from nestling.need import queries
from nestling.need.forms.map import FindForm, MapForm, order_of
from nestling.need.pictures import MapFigure, MapKind, MapQuestion
from nestling.need.presenters import map_page as words
from nestling.need.presenters.words import MEANING
from nestling.reference.areas import AreaNameError, resolve
from nestling.ui.paging import PER_PAGE, address, pages, sortable


@require_http_methods(["GET"])
def map_page(request: HttpRequest) -> HttpResponse:
    """The UK by need, rate, provision or gap, and the same figures as a table with search."""
    user = queries.reader_of(request)
    form, find = MapForm(request.GET), FindForm(request.GET)
    asked = _asked(find)
    found = _area_named(asked)
    if len(found) == 1:
        return redirect("need:area", code=found[0])
    question = question_of(form, request, by=user)
    order = order_of(request.GET.get("order", ""))
    query = {**form.given, "q": asked, "order": order}
    rows = words.ordered(_matching(words.rows_of(question), asked, found=found), order=order)
    if asked and not rows:
        find.add_error("q", _fault(asked))
    number = _page_number(request)
    shown = pages(number=number, total=len(rows), query=query)
    first = (min(max(number, 1), max(-(-len(rows) // PER_PAGE), 1)) - 1) * PER_PAGE
    context = {
        "title": "How many babies need help, area by area",
        "sentences": words.uk_sentences(form.given["scenario"]),
        "meaning": MEANING,
        "map": words.drawing_of(question),
        "filters": form,
        "find": find,
        "form": find,
        "query": query,
        "rows": rows[first : first + PER_PAGE],
        "caption": f"{len(rows)} areas" if rows else "",
        "columns": sortable(words.columns_of(question), order=order, query=query),
        "pages": shown,
        "csv_query": address(query, page=""),
        "may_keep": queries.may_keep(user),
    }
    return render(request, "need/map.jinja", context, status=422 if find.errors else 200)


@require_http_methods(["GET"])
def map_csv(request: HttpRequest) -> HttpResponse:
    """The map's figures as comma-separated rows, unrounded; empty where not known."""
    user = queries.reader_of(request)
    form = MapForm(request.GET)
    question = question_of(form, request, by=user)
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["code", "name", "births", form.given["show"], "scenario"])
    for row in words.rows_of(question):
        out.writerow([row.code, row.name, row.births, row.value, form.given["scenario"]])
    name = f"need-{form.given['show']}-{form.given['by']}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def question_of(form: MapForm, request: HttpRequest, *, by: User) -> MapQuestion:
    """The map that the filters ask for, with the organisation's own statements."""
    given = form.given
    return MapQuestion(
        figure=MapFigure(given["show"]),
        kind=MapKind(given["by"]),
        scenario=given["scenario"],
        chosen=request.GET.get("chosen", ""),
        statements=queries.known_statements(queries.own_statements(by)),
    )


def _asked(find: FindForm) -> str:
    return str(find.cleaned_data.get("q", "")).strip() if find.is_valid() else ""


def _area_named(asked: str) -> list[str]:
    """The codes of the areas that a full name or a code means."""
    if not asked:
        return []
    try:
        return [area.code for area in resolve(asked).areas]
    except AreaNameError:
        return []


def _matching(rows: list[words.AreaRow], asked: str, *, found: list[str]) -> list[words.AreaRow]:
    """The rows whose name holds what was typed, or that took the place of what was typed."""
    part = asked.casefold()
    return [one for one in rows if part in one.name.casefold() or one.code in found]


def _fault(asked: str) -> str:
    try:
        resolve(asked)
    except AreaNameError as fault:
        return str(fault)
    return f"No area of this map is called “{asked}”"


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 6 else 1
