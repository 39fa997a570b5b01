"""Each request in one transaction that works for the organisation of whoever is signed in."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse

from nestling.foundation.row_security.scope import (
    SAVEPOINT,
    SESSION_KEY,
    is_walled,
    organisation_of,
    take_back,
    use,
)


class RowSecurityMiddleware:
    """Opens the transaction and says whose it is; on SQLite it is not there at all.

    It stands outside the access log, so that what was read and the look at it are one transaction,
    and outside everything that makes a transaction of a form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the way, or step out of it."""
        if not is_walled():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request for one organisation."""
        with transaction.atomic():
            use(organisation_of(request), savepoint=SAVEPOINT)
            setattr(request, SAVEPOINT, True)
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> None:
        """On a visitor's page the visitor's own choice counts."""
        if getattr(view, "for_visitors", False):
            use(request.session.get(SESSION_KEY))

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """After a statement that failed, put right what the page about it needs to be drawn."""
        if isinstance(exception, DatabaseError):
            take_back(request)
