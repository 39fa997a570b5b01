"""What was agreed, by whom, with what responsibility; and, apart from that, the lawful basis."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from nestling.accounts.models import Organisation, Team, User
from nestling.foundation.privacy import Privacy, operational, sensitive
from nestling.foundation.records import Record, both_or_neither, not_before
from nestling.people.models.persons import Person
from nestling.people.models.relationships import Relationship


class Agreement(Record):
    """One agreement (C1 to C9) given or refused for a baby, dated, and perhaps withdrawn."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=4)
    about = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements")
    relationship = models.ForeignKey(
        Relationship, on_delete=models.PROTECT, null=True, related_name="agreements"
    )
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements_given")
    capacity = models.CharField(max_length=30)
    answer = models.CharField(max_length=10)
    method = models.CharField(max_length=12)
    scope = models.CharField(max_length=300, blank=True)
    given_on = models.DateField()
    expires_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "code", "about", "relationship", "given_by", "method"),
        **operational("given_on", "expires_on", "withdrawn_on", "withdrawn_to", "recorded_by"),
        **sensitive("capacity", "answer", "scope"),
    }

    class Meta:
        indexes = [models.Index(fields=["about", "code", "-given_on"], name="agreement_by_baby")]
        constraints = [
            both_or_neither("agreement_withdrawal_is_signed", "withdrawn_on", "withdrawn_to"),
            not_before(
                "agreement_expires_after_it_is_given", later="expires_on", earlier="given_on"
            ),
            not_before(
                "agreement_withdrawn_after_it_is_given", later="withdrawn_on", earlier="given_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.answer}"


class LawfulBasis(Record):
    """Why the organisation may keep a family's record; this is not an agreement."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bases")
    basis = models.CharField(max_length=30)
    reason = models.CharField(max_length=300)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "organisation", "basis", "reason", "from_on", "until_on", "decided_by"
    )

    class Meta:
        verbose_name_plural = "lawful bases"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(until_on__isnull=True),
                name="lawful_basis_one_current",
            ),
            not_before("lawful_basis_ends_after_it_begins", later="until_on", earlier="from_on"),
        ]

    def __str__(self) -> str:
        return self.basis
