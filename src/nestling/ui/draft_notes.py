"""Drafts on a page: kept while it is written, offered when it is opened again."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localtime

from nestling.foundation import drafts, form_keys
from nestling.foundation.drafts import DraftTooLongError
from nestling.foundation.form_keys import DRAFT_FIELD, DRAFT_ID_FIELD
from nestling.foundation.models_forms import Draft
from nestling.ui.refill import fits, refilled

#: Where the staff layout has room for the notes; without drafts it stays an empty comment.
PLACE = b"<!--nl-drafts-->"
KEYED = b'name="form_key"'
KEEP, TAKE_UP, PUT_AWAY = "keep", "take_up", "put_away"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftNote:
    """One draft in words: when it was begun, and whether its words stand in the form."""

    pk: UUID
    begun: str
    is_in: bool


def answer_draft_step(request: HttpRequest) -> HttpResponse:
    """Keep a draft while it is written, take one up, or put one away."""
    user_id, address = request.user.pk, request.get_full_path()
    if user_id is None:
        return HttpResponse(status=403)
    step, draft_id = request.POST[DRAFT_FIELD], request.POST.get(DRAFT_ID_FIELD, "")
    if step == KEEP:
        return HttpResponse(status=_keep(request, user_id=user_id))
    if step == TAKE_UP:
        drafts.take_up(draft_id, user_id=user_id, address=address)
    elif step == PUT_AWAY:
        drafts.put_away(draft_id, user_id=user_id, address=address)
    return redirect(address)


def _keep(request: HttpRequest, *, user_id: UUID) -> int:
    """The status that tells the script what became of it."""
    key = form_keys.key_of(request)
    if key is None or key.user_id != user_id:
        return 403
    try:
        drafts.keep_while_writing(request, key=key)
    except drafts.AlreadySavedError:
        # No fault: the form was saved meanwhile, and the script need not keep it any more.
        return 205
    except DraftTooLongError:
        return 413
    except drafts.NobodysDraftError:
        return 403
    return 204


def with_drafts(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page with its writer's drafts: one laid in if it was taken up, the others offered."""
    user_id = request.user.pk if _has_room(request, response) else None
    if user_id is None:
        return response
    found = drafts.drafts_for(user_id, address=request.get_full_path())
    if not found:
        return response
    html, laid_in = _lay_in(request, response.content.decode(), found)
    notes = [_note(draft, is_in=draft == laid_in) for draft in _fitting(html, found)]
    words = render_to_string("ui/drafts.jinja", {"drafts": notes}, request=request)
    response.content = html.replace(PLACE.decode(), words, 1)
    return response


def _has_room(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and request.user.is_authenticated
        and PLACE in response.content
        and KEYED in response.content
    )


def _lay_in(request: HttpRequest, html: str, found: list[Draft]) -> tuple[str, Draft | None]:
    for draft in found:
        if draft.is_taken_up:
            key = form_keys.new_key(request, draft=draft.pk)
            filled = refilled(html, drafts.words_of(draft), key=key)
            if filled is not None:
                return filled, draft
    return html, None


def _fitting(html: str, found: list[Draft]) -> list[Draft]:
    return [draft for draft in found if fits(html, drafts.words_of(draft))]


def _note(draft: Draft, *, is_in: bool) -> DraftNote:
    begun = date_format(localtime(draft.begun_at), r"j F \a\t H:i")
    return DraftNote(pk=draft.pk, begun=begun, is_in=is_in)
