"""Cases for change that an organisation keeps: one build, versions that are only added, shares.

Nothing here is about a family, and nothing here can be joined to a record of one.
"""

from typing import ClassVar

from django.db import models

from nestling.accounts.models import Organisation, User
from nestling.foundation.privacy import Privacy, operational
from nestling.foundation.records import Record, both_or_neither
from nestling.need.queries import KEEPERS

#: The room that a name or a reason may take.
WORDS = 200


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about cases."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """Cases of organisations for which the user plans: drafts are nobody else's."""
        held = [row.organisation_id for row in user.current_memberships if row.held in KEEPERS]
        return self.filter(organisation__in=held)

    def in_use(self) -> "CaseQuerySet":
        """Cases that nobody has put away."""
        return self.filter(put_away_on__isnull=True)

    def put_away(self) -> "CaseQuerySet":
        """Cases that somebody has put away, and nobody has brought back."""
        return self.filter(put_away_on__isnull=False)


class Case(Record):
    """A case for change for one area, built on a day under one scenario.

    One that is put away is out of the list of cases and nothing else: it is kept, and can be read.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=9)
    area_name = models.CharField(max_length=WORDS)
    scenario = models.CharField(max_length=40)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()
    put_away_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    put_away_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        *("organisation", "area_code", "area_name", "scenario", "begun_by", "begun_on"),
        *("put_away_by", "put_away_on"),
    )
    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-created_at"], name="case_by_owner")]
        constraints = [both_or_neither("case_put_away_whole", "put_away_by", "put_away_on")]

    def __str__(self) -> str:
        return f"{self.area_name}, {self.begun_on:%-d %B %Y}"


class CaseBuild(Record):
    """The report as it was built: its figures are never worked out again for this case."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="build")
    report = models.JSONField()
    sha256 = models.CharField(max_length=64)

    privacy: ClassVar[dict[str, Privacy]] = operational("case", "report", "sha256")

    def __str__(self) -> str:
        return self.sha256[:12]


class CaseVersion(Record):
    """One state of a case: which sections, and the words that were written for its passages."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sections = models.JSONField(default=list)
    words = models.JSONField(default=dict)
    what = models.CharField(max_length=WORDS)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_on = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "case", "number", "sections", "words", "what", "saved_by", "saved_on"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="case_version_number_once")
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class CaseShare(Record):
    """A version that everyone of the organisation may read by its link, until somebody ends it."""

    version_shared = models.ForeignKey(CaseVersion, on_delete=models.PROTECT, related_name="shares")
    shared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    shared_on = models.DateField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "version_shared", "shared_by", "shared_on", "ended_by", "ended_on"
    )

    class Meta:
        constraints = [
            both_or_neither("case_share_ending_whole", "ended_by", "ended_on"),
            models.UniqueConstraint(
                fields=["version_shared"],
                condition=models.Q(ended_on__isnull=True),
                name="case_version_shared_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_shared} shared"
