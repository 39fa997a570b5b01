"""What a waiting family is offered and promised, news of them, and each look at them again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from nestling.accounts.models import User
from nestling.foundation.privacy import Privacy, operational, sealed, sensitive
from nestling.foundation.records import Record
from nestling.foundation.sealing import SealedTextField
from nestling.referrals.models import Referral


class WaitingContact(Record):
    """A contact with a waiting family: planned, held, or both. It does not stop the clock."""

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="waiting_contacts"
    )
    planned_on = models.DateField(null=True)
    held_on = models.DateField(null=True)
    mode = models.CharField(max_length=20)
    words = SealedTextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("referral", "planned_on", "held_on", "mode", "by"),
        **sealed("words"),
    }

    class Meta:
        indexes = [
            models.Index(fields=["referral", "-held_on"], name="waiting_contact_held"),
            models.Index(fields=["referral", "planned_on"], name="waiting_contact_planned"),
        ]
        constraints = [
            models.CheckConstraint(
                name="waiting_contact_has_a_day",
                condition=Q(planned_on__isnull=False) | Q(held_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.mode


class InterimOffer(Record):
    """Something offered while the family waits."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="interim_offers")
    offer = models.CharField(max_length=30)
    words = models.CharField(max_length=200, blank=True)
    offered_on = models.DateField()
    accepted = models.CharField(max_length=10, default="not_known")
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("referral", "offer", "offered_on", "offered_by"),
        **sensitive("accepted", "words"),
    }

    class Meta:
        indexes = [models.Index(fields=["referral", "-offered_on"], name="interim_by_referral")]

    def __str__(self) -> str:
        return self.offer


class TriageAgain(Record):
    """That a waiting referral was looked at again because of a trigger, and what came of it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="triaged_again")
    trigger = models.CharField(max_length=20)
    words = SealedTextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("referral", "trigger", "by", "on"),
        **sealed("words"),
    }

    class Meta:
        indexes = [models.Index(fields=["referral", "trigger", "-on"], name="triaged_again_by")]

    def __str__(self) -> str:
        return self.trigger


class ReferrerUpdate(Record):
    """News of a waiting family from whoever referred them; a reason to look again."""

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="referrer_updates"
    )
    words = SealedTextField()
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("referral", "on", "by"),
        **sealed("words"),
    }

    class Meta:
        indexes = [models.Index(fields=["referral", "-on"], name="referrer_update_by")]

    def __str__(self) -> str:
        return f"news of {self.on}"
