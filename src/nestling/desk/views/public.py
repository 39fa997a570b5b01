"""Pages that anyone may open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_safe

from nestling.accounts.queries import teams_open_to_the_public


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """The front door; whoever is signed in goes on to their day."""
    if request.user.is_authenticated:
        return redirect("desk:home")
    return render(request, "desk/start.jinja", {"teams": teams_open_to_the_public()})


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """How records are kept safe."""
    return render(request, "desk/privacy.jinja")


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the pages meet, and whom to tell where they do not."""
    return render(request, "desk/accessibility.jinja")


@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """That the service answers."""
    return HttpResponse("Nestling answers.\n", content_type="text/plain; charset=utf-8")
