"""The last gap between two people: a record that changed while a page's answer was being made."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from nestling.foundation.audit import StaleRecordError
from nestling.ui.views import error_page

GetResponse = Callable[[HttpRequest], HttpResponse]


class StaleRecordMiddleware:
    """Asks a page again whose service was refused because a record had just been changed.

    The page reads the record anew, sees that its form shows an older version, and draws both. What
    the refused service had written was taken back by its own transaction.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the rest of the way."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as without it."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page's answer to the same form with the record as it is now."""
        match = request.resolver_match
        if not isinstance(exception, StaleRecordError) or match is None:
            return None
        try:
            with transaction.atomic():
                answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except StaleRecordError:
            return error_page(request, status=409)
        return answer
