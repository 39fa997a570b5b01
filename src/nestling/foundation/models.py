"""The two logs: what was changed, and what was looked at. Rows can only be added.

No foreign key leads into a live table, so a log outlives what it speaks of. Triggers refuse every
update and delete, and each row is signed together with the row before it: `chain.append` is the
only way in.
"""

from collections import Counter
from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.db import models

from nestling.foundation.clock import now
from nestling.foundation.identifier_list import IdentifierListField
from nestling.foundation.models_forms import Draft, UsedKey  # noqa: F401 - Django looks here
from nestling.foundation.privacy import Privacy, operational, sensitive


class SignedRow(models.Model):
    """A row of a log: its id is its position, its signature covers it and the row before it."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=now)
    actor_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    key_id = models.CharField(max_length=8)
    mac = models.CharField(max_length=64)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "id", "at", "actor_id", "organisation_id", "key_id", "mac"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_signed", condition=~models.Q(mac="") & ~models.Q(key_id="")
            )
        ]


class AuditEvent(SignedRow):
    """One change to one record: who, when, what it was and what it became.

    ``changes`` maps a field to ``[before, after]``; sealed fields are sealed here too.
    """

    team_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    record_id = models.UUIDField()
    changes = models.JSONField(default=dict)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team_id", "action", "kind", "record_id"),
        **sensitive("changes"),
    }

    class Meta(SignedRow.Meta):
        indexes = [
            models.Index(fields=["record_id", "-id"], name="audit_by_record"),
            models.Index(fields=["actor_id", "-id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.kind} {self.record_id}"


class AccessLogEntry(SignedRow):
    """One look: who opened, listed, searched, printed or exported records, when and where.

    ``shown`` are the records that it showed and ``kinds`` says how many of each kind, in the same
    order: ``people.person:2 referrals.referral:1``. ``record_index`` leads from a record to its
    looks. ``details`` is empty but for an export: the filter, the count and a hash of the ids.
    """

    action = models.CharField(max_length=20)
    page = models.CharField(max_length=120)
    reason = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict)
    kinds = models.TextField(blank=True, default="")
    shown = IdentifierListField()

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "action", "page", "reason", "details", "kinds", "shown"
    )

    class Meta(SignedRow.Meta):
        indexes = [
            models.Index(fields=["actor_id", "-id"], name="access_by_actor"),
            models.Index(fields=["organisation_id", "-id"], name="access_by_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.action} on {self.page}"

    def show(self, records: Iterable[tuple[str, UUID]]) -> None:
        """Say what a new look showed: records as (kind, identifier), kept in a fixed order."""
        ordered = sorted(records, key=_in_order)
        counted = Counter(kind for kind, _ in ordered)
        self.kinds = " ".join(f"{kind}:{count}" for kind, count in counted.items())
        self.shown = [identifier for _, identifier in ordered]

    @property
    def records(self) -> list[tuple[str, UUID]]:
        """What the look showed, as (kind, identifier)."""
        names = (part.rpartition(":") for part in self.kinds.split())
        kinds = [kind for kind, _, count in names for _ in range(int(count))]
        return list(zip(kinds, self.shown, strict=True))


def _in_order(record: tuple[str, UUID]) -> tuple[str, int]:
    return record[0], record[1].int
