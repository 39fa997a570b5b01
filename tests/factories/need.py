"""What an organisation states of help, and the what-ifs that it keeps."""

from datetime import date

from factory.django import DjangoModelFactory

from nestling.need.models import ProvisionStatement, SavedWhatIf
from tests.factories import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from tests.factories.accounts import OrganisationFactory, UserFactory

LEEDS = "E08000035"


class ProvisionStatementFactory(DjangoModelFactory[ProvisionStatement]):
    """A specialised team in Leeds that sees a hundred families a year."""

    class Meta:
        model = ProvisionStatement

    class Params:
        unknown = Trait(families_per_year=None)
        none_seen = Trait(families_per_year=0)
        early_help = Trait(service_type="early_help")
        taken_back = Trait(
            removed_on=date(2026, 2, 1), removed_by=LazyAttribute(lambda row: row.stated_by)
        )

    organisation = SubFactory(OrganisationFactory)
    lad_code = LEEDS
    team_name = Sequence(lambda n: f"Little Minds {n}")
    service_type = "specialised"
    families_per_year = 100
    as_of = date(2025, 4, 1)
    source = "Annual report 2025, page 4"
    stated_by = SubFactory(UserFactory, organisation=SelfAttribute("..organisation"))
    stated_on = date(2026, 1, 5)


class SavedWhatIfFactory(DjangoModelFactory[SavedWhatIf]):
    """Leeds, if 40 in 100 were noticed."""

    class Meta:
        model = SavedWhatIf

    organisation = SubFactory(OrganisationFactory)
    name = Sequence(lambda n: f"Fewer are noticed {n}")
    area_code = LEEDS
    scenario = "disorganised_low_risk"
    values = LazyAttribute(lambda _row: {"identified": 0.4})
    saved_by = SubFactory(UserFactory, organisation=SelfAttribute("..organisation"))
    saved_on = date(2026, 1, 5)
