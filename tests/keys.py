"""The form key that a browser would send, for test clients that post without opening the page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from nestling.foundation import form_keys

WITHOUT = "X-Without-Form-Key"
"""A header for tests of what happens to a form without a key."""


class KeyOfThePage:
    """Gives each POST without a key one that the page could have given to this visitor.

    That each form of each page does carry a key is held by tests of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.method == "POST" and WITHOUT not in request.headers
        if wanted and form_keys.HEADER not in request.headers:
            name = "HTTP_" + form_keys.HEADER.upper().replace("-", "_")
            request.META[name] = form_keys.new_key(request)
            # Django reads the headers once: read them again.
            vars(request).pop("headers", None)
        return self.get_response(request)


def with_keys(middleware: list[str]) -> list[str]:
    """The middleware of a service with this one before that which asks for keys."""
    return [*middleware[:-1], f"{__name__}.{KeyOfThePage.__name__}", middleware[-1]]
