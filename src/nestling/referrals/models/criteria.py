"""A team's acceptance rules as data, dated: a decision is read with the rules of its day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from nestling.accounts.models import Team, User
from nestling.foundation.privacy import Privacy, operational
from nestling.foundation.records import Record, not_before


class TestedOn(models.TextChoices):
    """Which date the age window is tested on."""

    RECEIVED = "received", "The day the referral is received"
    FIRST_CONTACT = "first_contact", "The day of the first contact"


class TeamCriteria(Record):
    """Whom a team takes. No field, and no rule in ``threshold``, can ask for a parent's diagnosis.

    ``postcode_districts`` empty means everywhere. ``referrer_types`` empty means anyone.
    ``threshold`` holds ways to open the door by counts of indicators (see `science.acceptance`);
    ``opening_signs`` lists signs that open it by themselves.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="criteria")
    from_conception = models.BooleanField(default=True)
    limit_months = models.PositiveSmallIntegerField(default=24)
    tested_on = models.CharField(max_length=15, choices=TestedOn.choices, default=TestedOn.RECEIVED)
    postcode_districts = models.JSONField(default=list)
    referrer_types = models.JSONField(default=list)
    threshold = models.JSONField(default=list)
    opening_signs = models.JSONField(default=list)
    no_contact_days = models.PositiveSmallIntegerField(default=21)
    near_limit_days = models.PositiveSmallIntegerField(default=60)
    reopen_days = models.PositiveSmallIntegerField(default=91)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = operational(
        *("team", "from_conception", "limit_months", "tested_on", "postcode_districts"),
        *("referrer_types", "threshold", "opening_signs", "no_contact_days", "near_limit_days"),
        *("reopen_days", "from_on", "until_on", "decided_by"),
    )

    class Meta:
        verbose_name_plural = "team criteria"
        constraints = [
            models.UniqueConstraint(
                fields=["team"], condition=Q(until_on__isnull=True), name="criteria_one_current"
            ),
            not_before("criteria_end_after_they_begin", later="until_on", earlier="from_on"),
        ]

    def __str__(self) -> str:
        return f"criteria from {self.from_on}"
