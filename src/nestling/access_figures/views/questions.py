"""The start of access by age, and one page for each question of Parliament."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from nestling.access_figures import queries
from nestling.access_figures.models import Release
from nestling.access_figures.presenters import answers, words
from nestling.access_figures.presenters.cells import Figures
from nestling.access_figures.views.frame import empty, frame
from nestling.reference.access import questions


@require_http_methods(["GET"])
def start(request: HttpRequest) -> HttpResponse:
    """The questions with their numbers, and the ways to the other pages."""
    queries.reader_of(request)
    release = queries.open_release(request.GET.get("release", ""))
    if release is None:
        return empty(request)
    figures = Figures(queries.england(release, with_changes()))
    period = period_of(release)
    found = [answers.answer(number, figures, period) for number in questions()]
    context = {**frame(release), "title": "Access by age", "answers": found}
    return render(request, "access_figures/start.jinja", context)


@require_http_methods(["GET"])
def question(request: HttpRequest, number: str) -> HttpResponse:
    """One question: the number, the cautions, what hidden means, then the tables."""
    queries.reader_of(request)
    if number not in questions():
        raise Http404(number)
    release = queries.open_release(request.GET.get("release", ""))
    if release is None:
        return empty(request)
    figures = Figures(queries.england(release, with_changes()))
    period = period_of(release)
    answer = answers.answer(number, figures, period)
    rows = queries.places(release, answer.area.measure, breakdown=answer.area.breakdown)
    places = {
        code: Figures(row for row in rows if row.code == code)
        for code in dict.fromkeys(row.code for row in rows)
    }
    now = [r for r in rows if r.measure == answer.area.measure and r.period_end == period.end]
    context = {
        **frame(release),
        "title": answer.title,
        "answer": answer,
        "by_area": answers.area_table(answer.area, now, places, period),
        **(on_paper(release, figures, period.end) if number == "120765" else {}),
        "counted": words.counted(answer.measures),
    }
    return render(request, "access_figures/question.jinja", context)


def on_paper(release: Release, figures: Figures, end: date) -> dict[str, object]:
    """Providers on paper and in practice: England's numbers, and a table by region."""
    names = [name for name, _said in answers.PAPER]
    rows = queries.of_measures(release, names, breakdown="region", end=end)
    return {
        "paper": answers.on_paper(figures, end),
        "paper_by_area": answers.paper_by_area(rows, end=end),
    }


def with_changes() -> list[str]:
    """The measures of the answers, each with its change."""
    return [name + end for name in answers.MEASURES for end in ("", "_change")]


def period_of(release: Release) -> answers.Period:
    """The release's latest period and the one before."""
    ends = words.ends_of(release)
    earlier = ends[-2] if len(ends) > 1 else None
    return answers.Period(start=words.start_of(release, ends[-1]), end=ends[-1], earlier=earlier)
