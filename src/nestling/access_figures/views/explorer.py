"""The explorer: one measure, by one breakdown, in one period; the address says all of it."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from nestling.access_figures import queries
from nestling.access_figures.forms import CHANGED, ExploreForm
from nestling.access_figures.models import PublishedRow, Release
from nestling.access_figures.presenters import explore as words_of
from nestling.access_figures.presenters import words
from nestling.access_figures.presenters.answers import AGES_UP
from nestling.access_figures.views.frame import address, as_file, empty, frame
from nestling.analytics.access.published import CHANGE

AGES = ("0", "1", "0-1", *AGES_UP[2:])


@require_http_methods(["GET"])
def explore(request: HttpRequest) -> HttpResponse:
    """A chart and a table of published figures."""
    queries.reader_of(request)
    release = queries.open_release(request.GET.get("release", ""))
    if release is None:
        return empty(request)
    form, rows = asked(request, release)
    query = address(release=str(release.pk), **form.given)
    context = {
        **frame(release),
        "title": "Explore access by age",
        "filters": form,
        "by_age": form.given["by"] in words_of.OF_ENGLAND,
        "shown": words_of.shown(rows, age=form.given["age"]) if rows else None,
        "query": query,
        "counted": words.counted((form.given["measure"],)),
    }
    return render(request, "access_figures/explore.jinja", context)


@require_http_methods(["GET"])
def explore_csv(request: HttpRequest) -> HttpResponse:
    """The explorer's table as CSV."""
    queries.reader_of(request)
    release = queries.open_release(request.GET.get("release", ""))
    if release is None:
        raise Http404("no release")
    form, rows = asked(request, release)
    name = "access-{measure}-{by}-{until}.csv".format(**form.given)
    return as_file(words_of.as_csv(rows, release), name=name, release=release)


def asked(request: HttpRequest, release: Release) -> tuple[ExploreForm, list[PublishedRow]]:
    """The filters, and the lines that they ask for."""
    held = queries.held(release)
    form = ExploreForm(request.GET, held=held, ages=AGES)
    changed = form.given["until"] == CHANGED
    end = held.ends[-1] if changed else date.fromisoformat(form.given["until"])
    measure = form.given["measure"] + (CHANGE if changed else "")
    return form, queries.lines(release, measure, breakdown=form.given["by"], end=end)
