"""What an organisation states about help in an area, and the what-ifs that it has saved.

Nothing here is about a family, and nothing here can be joined to a record of one.
"""

from typing import ClassVar

from django.db import models

from nestling.accounts.models import Organisation, User
from nestling.accounts.roles import Ability
from nestling.foundation.privacy import Privacy, operational
from nestling.foundation.records import Record, both_or_neither

#: The room that a name, a team or a source may take.
WORDS = 200


class Owned(Record):
    """Something that an organisation holds until somebody takes it back; it is never erased."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    removed_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = operational("organisation", "removed_by", "removed_on")

    class Meta:
        abstract = True


class ProvisionStatementQuerySet(models.QuerySet["ProvisionStatement"]):
    """Questions about statements of provision."""

    def visible_to(self, user: User) -> "ProvisionStatementQuerySet":
        """Those of organisations in which the user may see figures, but for what is taken back."""
        return self.filter(
            organisation__in=user.organisations_where(Ability.SEE_FIGURES), removed_on__isnull=True
        )


class ProvisionStatement(Owned):
    """What somebody says of one team in one district: families a year, as of a day, by a source.

    `families_per_year` empty means not known, which is never zero.
    """

    lad_code = models.CharField(max_length=9)
    team_name = models.CharField(max_length=WORDS)
    service_type = models.CharField(max_length=40)
    families_per_year = models.PositiveIntegerField(null=True)
    as_of = models.DateField()
    source = models.CharField(max_length=WORDS)
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stated_on = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = operational(
        *("lad_code", "team_name", "service_type", "families_per_year", "as_of", "source"),
        *("stated_by", "stated_on"),
    )
    objects = ProvisionStatementQuerySet.as_manager()

    class Meta:
        constraints = [both_or_neither("provision_removal_whole", "removed_by", "removed_on")]
        indexes = [models.Index(fields=["organisation", "lad_code"], name="provision_by_district")]

    def __str__(self) -> str:
        return f"{self.team_name}, {self.lad_code}"


class SavedWhatIfQuerySet(models.QuerySet["SavedWhatIf"]):
    """Questions about saved what-ifs."""

    def visible_to(self, user: User) -> "SavedWhatIfQuerySet":
        """Those of organisations in which the user may see figures, but for what is taken back."""
        return self.filter(
            organisation__in=user.organisations_where(Ability.SEE_FIGURES), removed_on__isnull=True
        )


class SavedWhatIf(Owned):
    """A what-if with a name: an area, the scenario, and the values that somebody tried."""

    name = models.CharField(max_length=WORDS)
    area_code = models.CharField(max_length=9)
    scenario = models.CharField(max_length=40, blank=True)
    values = models.JSONField(default=dict)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_on = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "name", "area_code", "scenario", "values", "saved_by", "saved_on"
    )
    objects = SavedWhatIfQuerySet.as_manager()

    class Meta:
        constraints = [both_or_neither("what_if_removal_whole", "removed_by", "removed_on")]

    def __str__(self) -> str:
        return self.name
