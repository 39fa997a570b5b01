"""The access log: one entry for each answer that shows records, before it leaves."""

from collections.abc import Callable

import structlog
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nestling.foundation import chain, chain_flush, row_security
from nestling.foundation.looks import Looks, gather_looks
from nestling.foundation.models import AccessLogEntry

log = structlog.get_logger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


class AccessLogMiddleware:
    """Writes what a request fetched; if that cannot be written, the page is refused with 503."""

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the rest of the way."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, then write its look: last of all, for it queues with others."""
        with gather_looks() as looks:
            response = self.get_response(request)
        if not (looks.records or looks.details) or not shows_something(response):
            return response
        try:
            with chain_flush.soon():
                write_look(looks, request=request)
        except DatabaseError as error:
            # The kind alone: a database's own words may quote values.
            log.error("access_log_unwritable", page=page_of(request), error=type(error).__name__)  # noqa: TRY400
            row_security.take_back(request)
            return render(request, "ui/errors/503.jinja", status=503)
        return response


def shows_something(response: HttpResponse) -> bool:
    """Whether the answer carries a page or file, not a redirect or a refusal."""
    return response.status_code < 300 or response.status_code == 422


def write_look(looks: Looks, *, request: HttpRequest) -> AccessLogEntry:
    """Add one entry that names every record the answer shows."""
    user = request.user
    entry = AccessLogEntry(
        actor_id=user.pk if user.is_authenticated else None,
        organisation_id=getattr(user, "organisation_id", None),
        action=looks.action,
        page=page_of(request),
        reason=looks.reason,
        details=looks.details,
    )
    entry.show(looks.records)
    # On PostgreSQL it is the last step of the request's transaction, elsewhere one of its own.
    own = not row_security.is_walled()
    with transaction.atomic(durable=own, savepoint=own):
        chain.append(chain.ACCESS, [entry])
    return entry


def page_of(request: HttpRequest) -> str:
    """The name of the page, never its address: an address can hold what was searched for."""
    match = request.resolver_match
    return "unknown" if match is None else match.view_name
