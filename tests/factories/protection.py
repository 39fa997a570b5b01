"""Locks, staff who are in a record, uses of emergency access, seals and notices."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from factory.django import DjangoModelFactory

from nestling.people import models
from tests.factories import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from tests.factories.accounts import OrganisationFactory, TeamFactory, UserFactory
from tests.factories.people import FamilyFactory, PersonFactory

TODAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


class RecordLockFactory(DjangoModelFactory[models.RecordLock]):
    """A standing lock on a baby's record."""

    class Meta:
        model = models.RecordLock

    class Params:
        lifted = Trait(lifted_on=TODAY, lifted_by=SubFactory(UserFactory))

    team = SubFactory(TeamFactory)
    baby = SubFactory(PersonFactory, baby=True, organisation=SelfAttribute("..team.organisation"))
    reason = "A parent works here"
    locked_by = SubFactory(UserFactory)
    locked_on = TODAY


class LockNameFactory(DjangoModelFactory[models.LockName]):
    """A user whom a lock names."""

    class Meta:
        model = models.LockName

    lock = SubFactory(RecordLockFactory)
    user = SubFactory(UserFactory)
    named_by = SelfAttribute("lock.locked_by")
    named_on = TODAY


class StaffPersonFactory(DjangoModelFactory[models.StaffPerson]):
    """A member of staff who is a person on the records."""

    class Meta:
        model = models.StaffPerson

    person = SubFactory(PersonFactory)
    user = SubFactory(UserFactory)
    said_by = SubFactory(UserFactory)
    said_on = TODAY


class EmergencyUseFactory(DjangoModelFactory[models.EmergencyUse]):
    """A use of emergency access to a family, not reviewed yet."""

    class Meta:
        model = models.EmergencyUse

    class Params:
        reviewed = Trait(
            verdict=models.Verdict.JUSTIFIED,
            verdict_words="The baby was at risk",
            reviewed_by=SubFactory(UserFactory),
            reviewed_on=TODAY,
        )

    user = SubFactory(UserFactory)
    family = SubFactory(FamilyFactory)
    team = SelfAttribute("family.team")
    reason = "The mother rang and the duty worker was away"
    opened_at = NOON
    ends_at = LazyAttribute(lambda row: row.opened_at + timedelta(hours=4))


class AdoptionFactory(DjangoModelFactory[models.Adoption]):
    """A sealed record and its link."""

    class Meta:
        model = models.Adoption

    organisation = SubFactory(OrganisationFactory)
    link = "{}"
    sealed_by = SubFactory(UserFactory)
    sealed_on = TODAY


class SealedRowFactory(DjangoModelFactory[models.SealedRow]):
    """A row under a seal."""

    class Meta:
        model = models.SealedRow

    adoption = SubFactory(AdoptionFactory)
    kind = "people.person"
    record_id = Sequence(lambda n: UUID(int=n + 1))


class NoticeFactory(DjangoModelFactory[models.Notice]):
    """A notice of a use of emergency access, not dealt with."""

    class Meta:
        model = models.Notice

    user = SubFactory(UserFactory)
    organisation = SubFactory(OrganisationFactory)
    kind = models.NoticeKind.EMERGENCY
    emergency = SubFactory(EmergencyUseFactory)
    told_on = TODAY
