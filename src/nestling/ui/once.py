"""The way of a sent form: one transaction, once, and nothing typed is lost.

`FormKeyMiddleware` stands last, inside the access log, which writes its look after a form was
done. It acts once the page is known and the visitor let in, so it calls the view itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from nestling.foundation import drafts, form_keys
from nestling.foundation.audit import StaleRecordError
from nestling.foundation.drafts import Words
from nestling.foundation.form_keys import FormKey
from nestling.foundation.models_forms import UsedKey
from nestling.ui.draft_notes import answer_draft_step, with_drafts
from nestling.ui.refill import refilled
from nestling.ui.views import error_page

log = structlog.get_logger(__name__)
Answer = Callable[[], HttpResponse]
View = Callable[..., HttpResponse]
SENT = "nestling.sent_form"
REPLACES = "sent_again_replaces"

AGAIN = "This was already saved. It was not done a second time."
OTHER_WORDS = (
    "You have already saved this form once, and that stands. What you changed since is below and "
    "is not saved. Send it only if you want it as well."
)
NO_KEY = (
    "This was not saved: the page had been open too long, or part of it was missing. What you "
    "wrote is below. Look at it and send it again."
)
NOT_DONE = "This was not done: the page had been open too long. Look at it again and repeat it."


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent, kept beside the request while it is answered."""

    key: FormKey
    words: Words


def sent_again_replaces(view: View) -> View:
    """Mark a view whose later answers take the place of earlier ones: other words may be sent."""
    setattr(view, REPLACES, True)
    return view


def form_input(request: HttpRequest) -> dict[str, object]:
    """A context processor: what every form of ours carries, made anew for each form of a page."""
    return {"csrf_input": _carried_by_a_form(request)}


def _input(request: HttpRequest) -> SafeString:
    sent: Sent | None = request.META.get(SENT)
    return format_html(
        '<input type="hidden" name="{}" value="{}"><input type="hidden" name="{}" value="{}">',
        form_keys.CSRF_FIELD,
        get_token(request),
        form_keys.FIELD,
        form_keys.new_key(request, draft=sent.key.draft if sent else None),
    )


_carried_by_a_form = lazy(_input, SafeString, str)


class FormKeyMiddleware:
    """Answers each form once, in one transaction; keeps and offers what was not saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the way."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """After the answer: keep what a refused form said, lay drafts into a page."""
        response = self.get_response(request)
        sent: Sent | None = request.META.get(SENT)
        if sent is not None and response.status_code >= 400:
            _keep_refused(sent)
            return response
        return with_drafts(request, response)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The answer to a form of our own pages; nothing for any other request."""
        if request.method != "POST" or not is_ours(request):
            return None
        if form_keys.DRAFT_FIELD in request.POST:
            return answer_draft_step(request)
        given = form_keys.key_of(request)
        is_good = given is not None and given.owner == form_keys.owner_of(request)
        key = given if given and is_good else form_keys.blank_key(request)
        request.META[SENT] = Sent(key, drafts.words_to_keep(form_keys.typed_in(request.POST)))

        def answer() -> HttpResponse:
            return answered_anew_if_stale(request, lambda: view(request, *args, **kwargs))

        if not is_good:
            return come_back(request, answer, note=NO_KEY)
        replaces = getattr(view, REPLACES, False)
        done = answer_once(request, key, answer, may_replace=replaces)
        return done if isinstance(done, HttpResponse) else say_again(request, done, answer)


def is_ours(request: HttpRequest) -> bool:
    """Whether the page is of our own rooms: those of sign-in have no room in their name."""
    match = request.resolver_match
    return match is not None and bool(match.namespaces)


def answer_once(
    request: HttpRequest, key: FormKey, answer: Answer, *, may_replace: bool = False
) -> HttpResponse | UsedKey:
    """The answer to a form, or what its first sending left if this is not the first.

    Key, change and the remembered redirect are stored together or not at all.
    """
    said = form_keys.digest_of(request)
    with transaction.atomic():
        used = form_keys.claim(key, said=said)
        if used is not None and (not may_replace or used.said == said):
            return used
        response = answer()
        if response.status_code >= 400:
            transaction.set_rollback(True)
        else:
            _settle(request, key, response)
    return response


def answered_anew_if_stale(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The answer; asked a second time where a record changed while the first was being made.

    The page then reads the record anew and draws both versions. Where the record changes once more
    while that is done, a plain 409.
    """
    for _ in range(2):
        try:
            with transaction.atomic():
                return answer()
        except StaleRecordError:
            continue
    return error_page(request, status=409)


def _settle(request: HttpRequest, key: FormKey, response: HttpResponse) -> None:
    _save_session(request)
    drafts.forget(key)
    if response.has_header("Location"):
        form_keys.remember(key, redirect=response["Location"])
    else:
        # A page in place of a redirect is drawn again each time it is asked for.
        form_keys.free(key)


def _save_session(request: HttpRequest) -> None:
    """Store what the session must know of the change with the change itself."""
    session = getattr(request, "session", None)
    if session is not None and session.modified and not session.is_empty():
        session.save()


def say_again(request: HttpRequest, used: UsedKey, answer: Answer) -> HttpResponse:
    """The first sending's redirect; or, where other words were sent, the page with these words."""
    if used.said == form_keys.digest_of(request):
        messages.info(request, AGAIN)
        return redirect(used.redirect)
    return come_back(request, answer, note=OTHER_WORDS)


def come_back(request: HttpRequest, answer: Answer, *, note: str) -> HttpResponse:
    """The page as it is opened, with what was typed laid into it: refused, and nothing lost."""
    sent: Sent = request.META[SENT]
    messages.warning(request, note)
    request.method = request.META["REQUEST_METHOD"] = "GET"
    # Django lets it be set, as its own test client does.
    request.POST = QueryDict()
    response = answer()
    if response.status_code == 405:
        return _to_the_page(request)
    if response.status_code != 200:
        return response
    key = form_keys.new_key(request, draft=sent.key.draft)
    html = refilled(response.content.decode(), sent.words, key=key)
    if html is not None:
        response.content = html
    response.status_code = 422
    return response


def _to_the_page(request: HttpRequest) -> HttpResponse:
    """Back to the page that a button stood on: the button's own address shows nothing."""
    list(messages.get_messages(request))
    messages.warning(request, NOT_DONE)
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=False):
        return redirect(page)
    return redirect("desk:start")


def _keep_refused(sent: Sent) -> None:
    """Keep what a member of staff typed into a form that was refused."""
    if sent.key.user_id is None or not drafts.has_words(sent.words):
        return
    try:
        drafts.keep(sent.key, sent.words)
    except (drafts.DraftTooLongError, drafts.NobodysDraftError) as error:
        log.info("draft_not_kept", error=type(error).__name__)
    except DatabaseError as error:
        # The answer is a refusal already; the kind alone, for a database's words may quote values.
        log.error("draft_unwritable", error=type(error).__name__)  # noqa: TRY400
