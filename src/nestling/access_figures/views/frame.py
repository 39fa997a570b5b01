"""What every page of access by age has: the release, what hidden means, how it was made."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nestling.access_figures.models import Release
from nestling.access_figures.presenters import words

UNTIL = "--until 2025-12-31"
BOTH = f"{UNTIL} --compare-until 2024-12-31"
#: From a folder to these pages: what each command does, and the command.
COMMANDS = (
    (
        "Make a made-up extract, or leave this out where you have a real one.",
        "nestling demo-extract --referrals 100000 --out practice",
    ),
    (
        "See figures by year of age and integrated care board.",
        f"nestling access practice {UNTIL} --by age,icb --measure children_ge1 children_ge2",
    ),
    (
        "See which rule loses which babies.",
        f"nestling access practice {UNTIL} --measure children_ge2 --explain",
    ),
    (
        "Write every figure for two periods, to check them.",
        f"nestling access practice {BOTH} --by age,icb --format csv --out figures.csv",
    ),
    (
        "Store the published tables, and come back to this page.",
        f"nestling access-release practice {BOTH}",
    ),
)


def frame(release: Release) -> dict[str, Any]:
    """The parts of a page that come from its release."""
    return {
        "release": release,
        "release_query": "?" + urlencode({"release": str(release.pk)}),
        "hiding": words.hiding(release),
        "making": words.making(release),
    }


def empty(request: HttpRequest) -> HttpResponse:
    """The page where no release is stored: how to make one."""
    context = {"title": "Access by age", "commands": COMMANDS}
    return render(request, "access_figures/empty.jinja", context)


def address(**parts: str) -> str:
    """The part of an address after the question mark."""
    return "?" + urlencode(parts)


def as_file(text: str, *, name: str, release: Release) -> HttpResponse:
    """A table to keep; the name says when nobody in it is real."""
    known = f"made-up-{name}" if release.is_made_up else name
    headers = {"Content-Disposition": f'attachment; filename="{known}"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
