"""Where and how a person may be reached, and the outbox: what was sent, held back, and why."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from nestling.accounts.models import Team, User
from nestling.foundation.privacy import Privacy, identifies, operational, sealed, sensitive
from nestling.foundation.records import Record, not_before
from nestling.foundation.sealing import SealedTextField
from nestling.people.models.persons import Person


class Address(Record):
    """Where a person lives or lived. A confidential one keeps its postcode in the sealed lines."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses")
    lines = SealedTextField()
    postcode = models.CharField(max_length=10, blank=True)
    confidential = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("person", "from_on", "until_on", "confidential"),
        **sealed("lines"),
        **identifies("postcode"),
    }

    class Meta:
        verbose_name_plural = "addresses"
        indexes = [models.Index(fields=["postcode"], name="address_by_postcode")]
        constraints = [
            models.CheckConstraint(
                name="address_confidential_hides_its_postcode",
                condition=Q(confidential=False) | Q(postcode=""),
            ),
            not_before("address_ends_after_it_begins", later="until_on", earlier="from_on"),
        ]

    def __str__(self) -> str:
        return "confidential address" if self.confidential else "address"


class ContactKind(models.TextChoices):
    """A way to reach someone."""

    MOBILE = "mobile", "Mobile phone"
    HOME_PHONE = "home_phone", "Home phone"
    EMAIL = "email", "Email"


class ContactPoint(Record):
    """A phone number or email address of a person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=12, choices=ContactKind.choices)
    value = SealedTextField()
    preferred = models.BooleanField(default=False)
    until_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("person", "kind", "preferred", "until_on"),
        **sealed("value"),
    }

    def __str__(self) -> str:
        return self.get_kind_display()


class SafeContact(Record):
    """How it is safe to reach a person. Without a current rule nothing automatic is sent."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safe_contacts")
    may_call = models.BooleanField(default=False)
    may_leave_voicemail = models.BooleanField(default=False)
    may_text = models.BooleanField(default=False)
    may_email = models.BooleanField(default=False)
    may_post = models.BooleanField(default=False)
    words = SealedTextField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("person", "from_on", "until_on", "recorded_by"),
        **sensitive("may_call", "may_leave_voicemail", "may_text", "may_email", "may_post"),
        **sealed("words"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until_on__isnull=True),
                name="safe_contact_one_current",
            ),
            not_before("safe_contact_ends_after_it_begins", later="until_on", earlier="from_on"),
        ]

    def __str__(self) -> str:
        return "safe contact"


class MessageState(models.TextChoices):
    """What became of a message."""

    QUEUED = "queued", "Waiting to be sent"
    SENT = "sent", "Sent"
    HELD_BACK = "held_back", "Held back"


class HeldBack(models.TextChoices):
    """Why a message was not sent."""

    LOSS = "loss", "After a loss nothing is sent by itself"
    NO_RULE = "no_safe_contact_rule", "No rule says how it is safe to reach this person"
    NOT_SAFE = "not_safe_by_this_way", "The safe-contact rule does not allow this way"
    NOT_AGREED = "not_agreed", "No current agreement to texts and emails"
    NO_ADDRESS = "nowhere_to_send", "No number or address to send it to"
    SEALED = "sealed", "The record is sealed"


class OutboxMessage(Record):
    """A message to a member of a family, or the reason why it was not sent."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages")
    about = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10)
    automatic = models.BooleanField(default=True)
    subject = models.CharField(max_length=200)
    body = SealedTextField()
    state = models.CharField(max_length=10, choices=MessageState.choices)
    held_back_because = models.CharField(max_length=60, choices=HeldBack.choices, blank=True)
    sent_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "person", "about", "channel", "automatic", "state", "sent_at"),
        **operational("held_back_because"),
        **sensitive("subject"),
        **sealed("body"),
    }

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="outbox_by_state")]
        constraints = [
            models.CheckConstraint(
                name="message_held_back_has_a_reason",
                condition=~Q(state="held_back") | ~Q(held_back_because=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"
