"""Which rule loses which babies: the national waterfall."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from nestling.access_figures import pictures, queries
from nestling.access_figures.forms import RulesForm
from nestling.access_figures.models import Release, WaterfallStep
from nestling.access_figures.presenters import rules, words
from nestling.access_figures.views.frame import address, as_file, empty, frame
from nestling.analytics.access.pivot import age_words


@require_http_methods(["GET"])
def waterfall(request: HttpRequest) -> HttpResponse:
    """The waterfall drawn at one age, and its table at every age."""
    queries.reader_of(request)
    release = queries.open_release(request.GET.get("release", ""))
    if release is None:
        return empty(request)
    title = "Which rule loses which babies"
    found = asked(request, release)
    if found is None:
        context = {**frame(release), "title": title, "filters": None, "counted": ()}
        return render(request, "access_figures/rules.jinja", context)
    form, steps = found
    falls = rules.falls(steps, age=form.given["age"])
    end = date.fromisoformat(form.given["until"])
    said = f"{words.measure_words(form.given['measure'])}, England, year to {words.day(end)}"
    context = {
        **frame(release),
        "title": title,
        "filters": form,
        "said": said,
        "age": age_words(form.given["age"]),
        "first": falls[0],
        "last": falls[-1],
        "biggest": rules.biggest_loss(falls),
        "drawing": pictures.falls_chart(falls, title=f"{said}. {age_words(form.given['age'])}"),
        "table_held": rules.table(steps, caption=said),
        "query": address(release=str(release.pk), **form.given),
        "counted": words.counted((form.given["measure"],)),
    }
    return render(request, "access_figures/rules.jinja", context)


@require_http_methods(["GET"])
def waterfall_csv(request: HttpRequest) -> HttpResponse:
    """The waterfall's table as CSV."""
    queries.reader_of(request)
    release = queries.open_release(request.GET.get("release", ""))
    found = asked(request, release) if release else None
    if release is None or found is None:
        raise Http404("no waterfall")
    form, steps = found
    name = "waterfall-{measure}-{until}.csv".format(**form.given)
    return as_file(rules.as_csv(steps, release), name=name, release=release)


def asked(request: HttpRequest, release: Release) -> tuple[RulesForm, list[WaterfallStep]] | None:
    """The filters and the steps that they ask for; nothing where no waterfall is held."""
    held = queries.waterfalls(release)
    if not held:
        return None
    form = RulesForm(request.GET, held=held)
    end = date.fromisoformat(form.given["until"])
    return form, queries.steps(release, form.given["measure"], end=end)
