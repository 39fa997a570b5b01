"""One area: every answer on one scale, what it would take, its help, its neighbours, what-ifs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from nestling.accounts.models import User
from nestling.foundation.clock import today
from nestling.need import queries, services
from nestling.need.as_text import study_as_csv
from nestling.need.choices import NeedError
from nestling.need.forms.area import SaveForm, WhatIfForm, typed
from nestling.need.presenters import area_page as words
from nestling.need.presenters import around
from nestling.need.presenters.ranges import range_table
from nestling.need.presenters.sheet import sheet_of
from nestling.need.presenters.study import Answer, AreaQuestion, answer_to
from nestling.need.presenters.takes import later_savings, takes
from nestling.need.presenters.words import MEANING
from nestling.reference.areas import AreaNameError, areas, resolve
from nestling.reference.parameters import need_parameters
from nestling.reference.populations import babies
from nestling.ui.frame import BackLink


@require_http_methods(["GET"])
def area(request: HttpRequest, code: str) -> HttpResponse:
    """The area's page; the reader's own values come with the address."""
    user = queries.reader_of(request)
    known = known_code(code)
    if known != code:
        return redirect(f"{reverse('need:area', args=[known])}?{request.GET.urlencode()}")
    form = WhatIfForm(request.GET)
    answer = answered(form, code, by=user)
    context = page_of(answer, form=form, by=user)
    return render(request, "need/area.jinja", context, status=422 if form.errors else 200)


@require_http_methods(["GET"])
def area_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Every figure of the area under every scenario, unrounded."""
    user = queries.reader_of(request)
    answer = answered(WhatIfForm(request.GET), known_code(code), by=user)
    text = study_as_csv(answer.found)
    return _file(text.encode(), name=f"need-{code}.csv", kind="text/csv; charset=utf-8")


@require_http_methods(["GET"])
def area_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The area on one A4 page."""
    user = queries.reader_of(request)
    answer = answered(WhatIfForm(request.GET), known_code(code), by=user)
    sheet = sheet_of(answer, on=today())
    return _file(sheet, name=f"need-{code}.pdf", kind="application/pdf")


@require_http_methods(["GET", "POST"])
def save(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the what-if of the address under a name."""
    user, organisation = queries.keeper_of(request)
    tried = WhatIfForm(request.GET)
    if not tried.is_valid():
        return redirect(f"{reverse('need:area', args=[code])}?{request.GET.urlencode()}")
    form = SaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        details = services.WhatIfDetails(
            name=form.cleaned_data["name"],
            area_code=known_code(code),
            scenario=tried.chosen_scenario(),
            values=tried.values(),
        )
        row = services.save_what_if(details, organisation=organisation, on=today(), by=user)
        messages.success(request, "Saved. Its address opens for people of your organisation.")
        return redirect("need:what_if", pk=row.pk)
    context = {
        "title": "Keep this what-if",
        "area_name": areas().by_code[known_code(code)].name,
        "tried": words.tried(tried.values()),
        "form": form,
        "back": _back_to(code, request.GET.urlencode()),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "need/save.jinja", context, status=status)


@require_http_methods(["GET"])
def what_if(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A saved what-if, for people of the organisation that saved it."""
    user = queries.reader_of(request)
    row = queries.open_what_if(pk, by=user)
    form = WhatIfForm({**typed(row.values), "scenario": row.scenario})
    answer = answered(form, known_code(row.area_code), by=user)
    return render(request, "need/area.jinja", page_of(answer, form=form, by=user, saved=row))


@require_http_methods(["GET"])
def what_ifs(request: HttpRequest) -> HttpResponse:
    """Every what-if that the organisation has saved."""
    user = queries.reader_of(request)
    context = {
        "title": "Saved what-ifs",
        "rows": [
            (row, areas().by_code[row.area_code].name, words.tried(row.values))
            for row in queries.what_ifs(user)
        ],
        "may_keep": queries.may_keep(user),
        "back": BackLink(url=reverse("need:map"), label="All areas"),
    }
    return render(request, "need/what_ifs.jinja", context)


@require_http_methods(["POST"])
def what_if_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A saved what-if is no longer shown."""
    user, _ = queries.keeper_of(request)
    services.take_back(queries.open_what_if(pk, by=user), on=today(), by=user)
    messages.success(request, "The what-if is removed.")
    return redirect("need:what_ifs")


def answered(form: WhatIfForm, code: str, *, by: User) -> Answer:
    """The area's answer with the reader's values; as stated where they cannot be so."""
    statements = queries.known_statements(queries.own_statements(by))
    default = need_parameters().default_scenario.name
    plain = AreaQuestion(code=code, scenario=default, statements=statements)
    if not form.is_valid():
        return answer_to(plain)
    question = AreaQuestion(
        code=code,
        scenario=form.chosen_scenario(),
        values=tuple(sorted(form.values().items())),
        statements=statements,
    )
    try:
        return answer_to(question)
    except NeedError as fault:
        form.add_error(None, str(fault))
        return answer_to(plain)


def page_of(answer: Answer, *, form: WhatIfForm, by: User, saved: object = None) -> dict[str, Any]:
    """Everything that the area's page shows."""
    code = answer.question.code
    values = dict(answer.question.values)
    tried = {**typed(values), "scenario": answer.question.scenario}
    return {
        "title": f"{answer.found.areas[0].name}: need, help and cost",
        "name": answer.found.areas[0].name,
        "code": code,
        "facts": words.facts(answer),
        "ranges": range_table(answer),
        "meaning": MEANING,
        "counts_source": words.sources_line(answer),
        "takes": takes(answer),
        "provision": around.provision(answer),
        "funnel": around.funnel(answer),
        "neighbours": around.neighbours(answer),
        "savings": later_savings(answer, on=today()),
        "sources": words.sources_of(answer),
        "cautions": words.notes_of(answer),
        "tried": words.tried(values),
        "query": urlencode(tried),
        "form": form,
        "saved": saved,
        "kept": queries.what_ifs(by, area_code=code),
        "may_keep": queries.may_keep(by),
        "back": BackLink(url=reverse("need:map"), label="All areas"),
    }


def known_code(code: str) -> str:
    """The area's code as it is today.

    Raises:
        Http404: no such area is held, or it has become several.
    """
    try:
        found = resolve(code).areas
    except AreaNameError as fault:
        raise Http404(str(fault)) from fault
    if len(found) != 1 or found[0].code not in babies():
        raise Http404("not one area that we hold")
    return found[0].code


def _back_to(code: str, query: str) -> BackLink:
    return BackLink(url=f"{reverse('need:area', args=[code])}?{query}", label="Back to the area")


def _file(body: bytes, *, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=kind, headers=headers)
