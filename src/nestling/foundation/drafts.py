"""Drafts: what was typed on a page and not yet saved, sealed, for its writer alone.

A draft is offered only on its own page, drawn for its writer, and the page has then asked whether
they may open it. So a draft opens nothing: it lays words into a form that is shown anyway.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.http import HttpRequest

from nestling.foundation.clock import now
from nestling.foundation.form_keys import (
    DRAFT_FIELD,
    FormKey,
    claim,
    free,
    key_of,
    page_digest,
    typed_in,
)
from nestling.foundation.models_forms import Draft
from nestling.foundation.row_security import organisation

Words = dict[str, list[str]]


class DraftTooLongError(ValueError):
    """More than a draft holds: it was not kept."""


class NobodysDraftError(ValueError):
    """The form was drawn for a visitor, or for a user of no organisation: it is not kept."""


class AlreadySavedError(ValueError):
    """The form was saved: its draft is over."""


def words_to_keep(sent: Mapping[str, list[str]]) -> Words:
    """What a draft may hold of a form: never a password, never a file (files are sent apart)."""
    return {name: values for name, values in sent.items() if "password" not in name.lower()}


@transaction.atomic
def keep_while_writing(request: HttpRequest, *, key: FormKey) -> None:
    """Keep what stands in a form that is being written.

    Raises:
        AlreadySavedError: the form was saved meanwhile.
        DraftTooLongError: it is longer than a draft may be.
    """
    # Held as a save of the same form would hold it: one of the two comes first.
    if claim(key, said="") is not None:
        raise AlreadySavedError
    keep(key, words_to_keep(typed_in(request.POST)))
    free(key)


def keep_sent(request: HttpRequest) -> bool:
    """Keep a form that could not be answered, so that it comes back filled in; whether it was.

    The key says whose form it is where the session no longer does.
    """
    if request.method != "POST" or DRAFT_FIELD in request.POST:
        return False
    key, words = key_of(request), words_to_keep(typed_in(request.POST))
    if key is None or not key.user_id or not has_words(words):
        return False
    try:
        keep(key, words, is_taken_up=True)
    except (DraftTooLongError, NobodysDraftError):
        return False
    return True


def has_words(words: Words) -> bool:
    """Whether anything was typed or chosen."""
    return any(value.strip() for values in words.values() for value in values)


@transaction.atomic
def keep(key: FormKey, words: Words, *, is_taken_up: bool | None = None) -> None:
    """Store a draft in place of its earlier state.

    Raises:
        DraftTooLongError: it is longer than a draft may be.
        NobodysDraftError: the form was drawn for nobody who could be offered its draft.
    """
    text = json.dumps(words)
    if len(text) > settings.DRAFT_BYTES:
        raise DraftTooLongError
    organisation_id = _organisation_of(key.user_id)
    if key.user_id is None or organisation_id is None:
        raise NobodysDraftError
    # Whoever wrote it may be signed out by now: the wall between organisations must let it in.
    with organisation(organisation_id):
        _store(key, text, user_id=key.user_id, organisation_id=organisation_id, taken=is_taken_up)


def _store(
    key: FormKey, text: str, *, user_id: UUID, organisation_id: UUID, taken: bool | None
) -> None:
    state = {} if taken is None else {"is_taken_up": taken}
    mine = Draft.objects.filter(pk=key.draft, user_id=user_id)
    if mine.update(words=text, kept_at=now(), **state):
        return
    Draft.objects.create(
        id=key.draft,
        user_id=user_id,
        organisation_id=organisation_id,
        page=key.page,
        words=text,
        **state,
    )
    _clear_beyond(user_id)
    clear_old_drafts()


def drafts_for(user_id: UUID, *, address: str) -> list[Draft]:
    """A writer's own drafts of a page, newest first."""
    oldest = now() - timedelta(days=settings.DRAFT_DAYS)
    found = Draft.objects.filter(user_id=user_id, page=page_digest(address), kept_at__gte=oldest)
    return list(found.order_by("-kept_at")[: settings.DRAFTS_OFFERED])


def words_of(draft: Draft) -> Words:
    """What a draft holds, by field."""
    words: Words = json.loads(draft.words)
    return words


def take_up(draft_id: str, *, user_id: UUID, address: str) -> None:
    """Lay one of a writer's own drafts of a page into its form."""
    _one(draft_id, user_id=user_id, address=address).update(is_taken_up=True)


def put_away(draft_id: str, *, user_id: UUID, address: str) -> None:
    """Delete one of a writer's own drafts of a page."""
    _one(draft_id, user_id=user_id, address=address).delete()


def forget(key: FormKey) -> None:
    """Delete the draft of a form that was saved."""
    if key.user_id:
        Draft.objects.filter(pk=key.draft, user_id=key.user_id).delete()


def clear_old_drafts() -> int:
    """Delete drafts that nobody went on with, and say how many."""
    oldest = now() - timedelta(days=settings.DRAFT_DAYS)
    return Draft.objects.filter(kept_at__lt=oldest).delete()[0]


def _one(draft_id: str, *, user_id: UUID, address: str) -> models.QuerySet[Draft]:
    try:
        pk = UUID(draft_id)
    except ValueError:
        return Draft.objects.none()
    return Draft.objects.filter(pk=pk, user_id=user_id, page=page_digest(address))


def _organisation_of(user_id: UUID | None) -> UUID | None:
    if user_id is None:
        return None
    users = get_user_model()._base_manager.filter(pk=user_id)
    found: UUID | None = users.values_list("organisation_id", flat=True).first()
    return found


def _clear_beyond(user_id: UUID) -> None:
    """Keep the newest drafts of a writer: a table that one person could fill is a danger to all."""
    rows = Draft.objects.filter(user_id=user_id).order_by("-kept_at").values_list("pk", flat=True)
    if beyond := list(rows[settings.DRAFTS_EACH :]):
        Draft.objects.filter(pk__in=beyond).delete()
