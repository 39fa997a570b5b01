"""What forms leave for a while: keys that were used, and words that were not yet saved."""

from typing import ClassVar

from django.db import models

from nestling.foundation.clock import now
from nestling.foundation.ids import new_id
from nestling.foundation.privacy import Privacy, operational, sealed
from nestling.foundation.sealing import SealedTextField


class UsedKey(models.Model):
    """A form that was sent and did its thing: sent again, it gets the same redirect.

    ``said`` is a keyed digest of what was sent, so that other words under the same key are seen.
    """

    nonce = models.CharField(max_length=32, primary_key=True)
    said = models.CharField(max_length=64)
    redirect = SealedTextField(blank=True)
    used_at = models.DateTimeField(default=now)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("nonce", "said", "used_at"),
        **sealed("redirect"),
    }

    class Meta:
        indexes = [models.Index(fields=["used_at"], name="used_key_by_age")]

    def __str__(self) -> str:
        return self.nonce


class Draft(models.Model):
    """What someone has written on a page and not saved. Its writer alone is shown it.

    ``page`` is a keyed digest of the page's address: the table does not say whom it is about.
    No foreign key leads to the writer, as in the logs: this room knows no users.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user_id = models.UUIDField()
    organisation_id = models.UUIDField(null=True)
    page = models.CharField(max_length=64)
    words = SealedTextField()
    is_taken_up = models.BooleanField(default=False)
    begun_at = models.DateTimeField(default=now)
    kept_at = models.DateTimeField(default=now)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("id", "user_id", "organisation_id", "page", "is_taken_up"),
        **operational("begun_at", "kept_at"),
        **sealed("words"),
    }

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "page", "-kept_at"], name="draft_by_writer_and_page"),
            models.Index(fields=["kept_at"], name="draft_by_age"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
