"""The practitioner as a worker: profession, time, languages, leave and certificates."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.foundation.privacy import Privacy, identifies, operational, sensitive
from nestling.foundation.records import Record, not_before


class PractitionerQuerySet(models.QuerySet["Practitioner"]):
    """Questions about practitioners."""

    def visible_to(self, user: User) -> "PractitionerQuerySet":
        """The user's own facts, and those of teams whose staff the user manages."""
        teams = user.teams_where(Ability.MANAGE_STAFF)
        managed = Q(user__memberships__team__in=teams)
        return self.filter(Q(user=user) | managed).distinct()


class Practitioner(Record):
    """What Nestling must know of someone who works with families."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="practitioner")
    profession = models.CharField(max_length=40)
    registration_body = models.CharField(max_length=40, blank=True)
    registration_number = models.CharField(max_length=40, blank=True)
    wte_hundredths = models.PositiveSmallIntegerField(null=True)
    languages = models.JSONField(default=list)
    started_on = models.DateField(null=True)
    works_with_under_twos_since = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("user", "profession", "registration_body", "wte_hundredths", "languages"),
        **operational("started_on", "works_with_under_twos_since"),
        **identifies("registration_number"),
    }
    objects = PractitionerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="practitioner_wte_at_most_one",
                condition=Q(wte_hundredths__isnull=True) | Q(wte_hundredths__lte=100),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.profession}"


class Leave(Record):
    """Days on which a practitioner is away; the kind is not stored beyond planned or not."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="leave")
    from_on = models.DateField()
    until_on = models.DateField()
    planned = models.BooleanField(default=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("practitioner", "from_on", "until_on"),
        **sensitive("planned"),
    }

    class Meta:
        constraints = [
            not_before("leave_ends_after_it_begins", later="until_on", earlier="from_on")
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id} {self.from_on}–{self.until_on}"

    def covers(self, day: date) -> bool:
        """Whether the practitioner is away on a day (both ends count)."""
        return self.from_on <= day <= self.until_on


class Certificate(Record):
    """Proof that a practitioner may rate an instrument or deliver an intervention."""

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="certificates"
    )
    subject = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    issued_by = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "practitioner", "subject", "title", "issued_by", "issued_on", "expires_on"
    )

    class Meta:
        constraints = [
            not_before("certificate_expires_after_issue", later="expires_on", earlier="issued_on")
        ]

    def __str__(self) -> str:
        return self.title
