"""The draft of a public referral: on the server for a day, tied to one browser session, sealed."""

from typing import ClassVar

from django.db import models

from nestling.accounts.models import Team
from nestling.foundation.privacy import Privacy, operational, sealed
from nestling.foundation.records import Record
from nestling.foundation.sealing import SealedTextField


class ReferralDraft(Record):
    """Answers so far (sealed JSON), for whoever holds the session."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    session_hash = models.CharField(max_length=64, unique=True)
    audience = models.CharField(max_length=12)
    answers = SealedTextField(default="{}")
    expires_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "session_hash", "audience", "expires_at"),
        **sealed("answers"),
    }

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="draft_by_expiry")]

    def __str__(self) -> str:
        return self.audience
