"""Form keys: a form does its thing once, however often it is sent.

A page gives each of its forms a key: a number used once, signed together with whom the form was
drawn for, on which page, and the draft that its words belong to. Nothing is stored until the form
is sent. Then the key's row, the change and the redirect to remember are one transaction: whoever
comes second waits at the row and finds what the first one left.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from nestling.foundation.clock import now
from nestling.foundation.ids import new_id
from nestling.foundation.models_forms import UsedKey

FIELD = "form_key"
HEADER = "X-Form-Key"
CSRF_FIELD = "csrfmiddlewaretoken"
DRAFT_FIELD = "draft_step"
DRAFT_ID_FIELD = "draft_id"
#: What every form carries and nobody types.
CARRIED = frozenset({FIELD, CSRF_FIELD, DRAFT_FIELD, DRAFT_ID_FIELD})
SALT = "nestling.form-key"
USER, VISITOR = "u", "v"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormKey:
    """A key that we gave out and that has not grown old."""

    nonce: str
    owner: str
    page: str
    draft: UUID

    @property
    def user_id(self) -> UUID | None:
        """For whom the form was drawn; nobody where they were not signed in."""
        return UUID(self.owner[1:]) if self.owner.startswith(USER) else None


def new_key(request: HttpRequest, *, draft: UUID | None = None) -> str:
    """A key for one form of the page that is being drawn."""
    parts = (
        secrets.token_urlsafe(15),
        owner_of(request),
        page_digest(request.get_full_path()),
        (draft or new_id()).hex,
    )
    return _signer().sign("/".join(parts))


def blank_key(request: HttpRequest) -> FormKey:
    """In place of a key that is missing or not this visitor's: a draft may hang on it."""
    return FormKey(
        nonce="",
        owner=owner_of(request),
        page=page_digest(request.get_full_path()),
        draft=new_id(),
    )


def key_of(request: HttpRequest) -> FormKey | None:
    """The key that a form was sent with; nothing where it has none, or one that is not ours."""
    return read_key(request.POST.get(FIELD) or request.headers.get(HEADER, ""))


def read_key(text: str) -> FormKey | None:
    """A key as it was signed, unless it was altered or has grown old."""
    try:
        signed = _signer().unsign(text, max_age=timedelta(hours=settings.FORM_KEY_HOURS))
        nonce, owner, page, draft = signed.split("/")
        return FormKey(nonce=nonce, owner=owner, page=page, draft=UUID(draft))
    except (BadSignature, ValueError):
        return None


def owner_of(request: HttpRequest) -> str:
    """Whom a form is drawn for: the user, or the browser that holds the anti-forgery cookie."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return USER + UUID(str(user.pk)).hex
    secret = request.META.get("CSRF_COOKIE") or ""
    return VISITOR + salted_hmac(SALT, secret, algorithm="sha256").hexdigest()[:32]


def page_digest(address: str) -> str:
    """An address as tables may hold it: known again and not to be read."""
    return salted_hmac("nestling.page", address, algorithm="sha256").hexdigest()[:32]


def digest_of(request: HttpRequest) -> str:
    """What a form says, as a keyed digest: the same words, the same digest."""
    said = sorted(typed_in(request.POST).items())
    files = sorted((name, one.name, one.size) for name, one in _files(request))
    text = json.dumps([said, files], ensure_ascii=True)
    return salted_hmac("nestling.form-said", text, algorithm="sha256").hexdigest()


def typed_in(sent: QueryDict) -> dict[str, list[str]]:
    """What a form says, without what every form carries."""
    return {name: list(values) for name, values in sent.lists() if name not in CARRIED}


def _files(request: HttpRequest) -> Iterable[tuple[str, Any]]:
    return ((name, one) for name, some in request.FILES.lists() for one in some)


def claim(key: FormKey, *, said: str) -> UsedKey | None:
    """Take a key within the open transaction; the row of the first use where it was used before.

    A use that is still under way is waited for.
    """
    try:
        with transaction.atomic():
            UsedKey(nonce=key.nonce, said=said).save(force_insert=True)
    except IntegrityError:
        return UsedKey.objects.get(pk=key.nonce)
    return None


def remember(key: FormKey, *, redirect: str) -> None:
    """Keep the redirect that the first use was answered with, and clear keys that grew old."""
    UsedKey.objects.filter(pk=key.nonce).update(redirect=redirect)
    clear_used()


def free(key: FormKey) -> None:
    """Give a key back: the form may be sent again."""
    UsedKey.objects.filter(pk=key.nonce).delete()


def clear_used() -> int:
    """Delete keys so old that nobody can send them any more, and say how many."""
    oldest = now() - timedelta(hours=settings.FORM_KEY_HOURS)
    return UsedKey.objects.filter(used_at__lt=oldest).delete()[0]


def _signer() -> TimestampSigner:
    return TimestampSigner(salt=SALT)
