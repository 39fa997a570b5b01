"""The register: claims with search, one claim, contradictions, what arithmetic finds, citations."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.evidence import browse, citations
from nestling.evidence.checks import check
from nestling.evidence.forms.register import ClaimsForm
from nestling.evidence.presenters import register as words
from nestling.foundation.clock import today
from nestling.need.queries import reader_of
from nestling.reference.claims import register
from nestling.ui.components import Column
from nestling.ui.frame import BackLink
from nestling.ui.paging import PER_PAGE, pages

COLUMNS = (
    Column(label="Figure"),
    Column(label="What it says"),
    Column(label="Place and year"),
    Column(label="Found in"),
)


@require_http_methods(["GET"])
def claims(request: HttpRequest) -> HttpResponse:
    """Every claim, with search and filters."""
    reader_of(request)
    reg, on = register(), today()
    form = ClaimsForm(request.GET, reg=reg)
    found = browse.claims_found(reg, form.wanted(), on=on)
    last = max(-(-len(found) // PER_PAGE), 1)
    number = min(max(page_number(request), 1), last)
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    context = {
        "title": "Evidence: every figure and where it comes from",
        "filters": form,
        "rows": [words.row_of(claim, reg=reg, on=on) for claim in shown],
        "caption": f"{len(found)} of {len(reg.claims)} claims",
        "columns": COLUMNS,
        "pages": pages(number=number, total=len(found), query=form.given),
        "sections": words.sections("evidence:claims"),
    }
    return render(request, "evidence/claims.jinja", context)


@require_http_methods(["GET"])
def claim(request: HttpRequest, identifier: str) -> HttpResponse:
    """One claim in full, with where it is used and what contradicts it."""
    reader_of(request)
    reg, on = register(), today()
    if identifier not in reg.claims:
        raise Http404("no such claim")
    row = reg.claims[identifier]
    context = {
        "title": row.statement,
        "row": words.row_of(row, reg=reg, on=on),
        "facts": words.claim_facts(row, reg=reg),
        "sources": words.source_facts(row, reg=reg, on=on),
        "used_in": words.used_in(identifier),
        "contradictions": [
            words.contradiction_of(one, reg=reg) for one in reg.contradictions_of(identifier)
        ],
        "downloads": words.downloads(identifier),
        "back": BackLink(url=reverse("evidence:claims"), label="All claims"),
    }
    return render(request, "evidence/claim.jinja", context)


@require_http_methods(["GET"])
def finding(request: HttpRequest, identifier: str) -> HttpResponse:
    """Something read outside the source documents."""
    reader_of(request)
    reg = register()
    if identifier not in reg.findings:
        raise Http404("no such finding")
    row = reg.findings[identifier]
    context = {
        "title": row.says,
        "finding": row,
        "figures": words.finding_figures(row),
        "used_in": words.used_in(identifier),
        "contradictions": [
            words.contradiction_of(one, reg=reg) for one in reg.contradictions_of(identifier)
        ],
        "downloads": words.downloads(identifier),
        "back": BackLink(url=reverse("evidence:claims"), label="All claims"),
    }
    return render(request, "evidence/finding.jinja", context)


@require_http_methods(["GET"])
def contradictions(request: HttpRequest) -> HttpResponse:
    """Where sources disagree, why, and what we use."""
    reader_of(request)
    reg = register()
    context = {
        "title": "Where sources disagree",
        "rows": [words.contradiction_of(row, reg=reg) for row in reg.contradictions.values()],
        "sections": words.sections("evidence:contradictions"),
    }
    return render(request, "evidence/contradictions.jinja", context)


@require_http_methods(["GET"])
def checks(request: HttpRequest) -> HttpResponse:
    """What the arithmetic finds in the register and its use."""
    reader_of(request)
    reg = register()
    results = check(reg, on=today(), uses=browse.every_use())
    context = {
        "title": "What arithmetic finds",
        "tally": words.tally(results),
        "groups": words.groups_of(results, reg=reg),
        "sections": words.sections("evidence:checks"),
    }
    return render(request, "evidence/checks.jinja", context)


@require_http_methods(["GET"])
def cite(request: HttpRequest, identifier: str, style: str) -> HttpResponse:
    """A claim's or finding's citations as a file for a reference manager."""
    reader_of(request)
    reg = register()
    if style not in citations.FORMATS or not (
        identifier in reg.claims or identifier in reg.findings
    ):
        raise Http404("no such citation")
    text = citations.cite(reg, identifier, style=style)
    ending = words.FORMAT_NAMES[style][1]
    headers = {"Content-Disposition": f'attachment; filename="{identifier}.{ending}"'}
    return HttpResponse(text, content_type=words.CONTENT_TYPES[style], headers=headers)


def page_number(request: HttpRequest) -> int:
    """The page asked for; the first where the address says something else."""
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 6 else 1
