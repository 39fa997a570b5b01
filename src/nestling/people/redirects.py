"""The address of a record that was merged away leads to the record that took it over."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from nestling.people.queries.duplicates import kept_for


class MergedAddressMiddleware:
    """Answers a person's address that finds nothing with the address of the kept record.

    Only where the visitor may see the kept record; everybody else goes on finding nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the way."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_exception` looks at what finds nothing."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseRedirect | None:
        """The way to the kept record, or nothing."""
        match = request.resolver_match
        person = match.kwargs.get("person") if match else None
        if not isinstance(exception, Http404) or not isinstance(person, UUID):
            return None
        if request.method != "GET" or not request.user.is_authenticated:
            return None
        kept = kept_for(person, by=request.user)
        if kept is None:
            return None
        return HttpResponseRedirect(request.get_full_path().replace(str(person), str(kept)))
