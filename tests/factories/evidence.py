"""Cases for change: a case with a build of its own, its versions and its shares."""

from datetime import date
from functools import cache
from typing import Any

from factory.django import DjangoModelFactory

from nestling.evidence.models import Case, CaseBuild, CaseShare, CaseVersion
from nestling.evidence.report.build import build
from nestling.evidence.report.inputs import Asked, inputs_for
from nestling.evidence.report.stored import to_plain
from tests.factories import LazyAttribute, LazyFunction, SelfAttribute, SubFactory
from tests.factories.accounts import OrganisationFactory, UserFactory

DAY = date(2026, 3, 10)
LEEDS = "E08000035"


@cache
def plain_report() -> Any:
    """The report for Leeds as it is stored, built once."""
    return to_plain(build(inputs_for(Asked(area=LEEDS, on=DAY))))


class CaseFactory(DjangoModelFactory[Case]):
    """A case for Leeds, without its build."""

    class Meta:
        model = Case

    organisation = SubFactory(OrganisationFactory)
    area_code = LEEDS
    area_name = "Leeds"
    scenario = "disorganised_low_risk"
    begun_by = SubFactory(UserFactory, organisation=SelfAttribute("..organisation"))
    begun_on = DAY


class CaseBuildFactory(DjangoModelFactory[CaseBuild]):
    """The build of a case."""

    class Meta:
        model = CaseBuild

    case = SubFactory(CaseFactory)
    report = LazyFunction(plain_report)
    sha256 = "0" * 64


class CaseVersionFactory(DjangoModelFactory[CaseVersion]):
    """The first version of a case, with every section."""

    class Meta:
        model = CaseVersion

    case = SubFactory(CaseFactory)
    number = 1
    sections = LazyFunction(lambda: [part["id"] for part in plain_report()["sections"]])
    what = "Built"
    saved_by = LazyAttribute(lambda version: version.case.begun_by)
    saved_on = DAY


class CaseShareFactory(DjangoModelFactory[CaseShare]):
    """A version that is shared."""

    class Meta:
        model = CaseShare

    version_shared = SubFactory(CaseVersionFactory)
    shared_by = LazyAttribute(lambda share: share.version_shared.saved_by)
    shared_on = DAY
