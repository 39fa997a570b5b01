"""A case for Leeds that the organisation keeps."""

import pytest

from nestling.accounts.models import Organisation
from nestling.evidence.models import Case
from tests.factories.evidence import CaseBuildFactory, CaseFactory, CaseVersionFactory


@pytest.fixture
def kept_case(organisation: Organisation) -> Case:
    """A case with its build and its first version."""
    case = CaseFactory.create(organisation=organisation)
    CaseBuildFactory.create(case=case)
    CaseVersionFactory.create(case=case)
    return case
