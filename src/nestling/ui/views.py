"""The error pages, as Django's handlers want them: name these in the root `urls`.

handler400 = "nestling.ui.views.bad_request"
handler403 = "nestling.ui.views.forbidden"
handler404 = "nestling.ui.views.not_found"
handler500 = "nestling.ui.views.server_error"
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from nestling.foundation.drafts import keep_sent

COMES_BACK = (
    "This was not saved: you signed in again after you had opened the page. Look at what you wrote "
    "and send it again."
)


def error_page(request: HttpRequest | None, *, status: int) -> HttpResponse:
    """The page for a status; it needs no database and no signed-in person."""
    html = render_to_string(f"ui/errors/{status}.jinja", {"request": request})
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400: what was sent cannot be read."""
    return error_page(request, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403: not for this person."""
    return error_page(request, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: no such page, or not this person's."""
    return error_page(request, status=404)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """405: the page takes another method."""
    return error_page(request, status=405)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """429: too many requests in a short time."""
    answer = error_page(request, status=429)
    answer["Retry-After"] = "300"
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours."""
    return error_page(request, status=500)


def unavailable(request: HttpRequest | None) -> HttpResponse:
    """503: the look could not be logged, so nothing is shown."""
    return error_page(request, status=503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: the form was open too long, or came from elsewhere; set as `CSRF_FAILURE_VIEW`.

    A form with a key of ours was drawn by us, and a sign-in since then took its mark away: it comes
    back to whom it was drawn for.
    """
    if keep_sent(request):
        messages.warning(request, COMES_BACK)
        return redirect(request.get_full_path())
    return error_page(request, status=403)
