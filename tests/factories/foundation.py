"""Rows of the foundation that no room owns: what was written on a page and not saved."""

from factory.django import DjangoModelFactory

from nestling.foundation.ids import new_id
from nestling.foundation.models_forms import Draft
from tests.factories import LazyAttribute
from tests.factories.accounts import UserFactory


class DraftFactory(DjangoModelFactory[Draft]):
    """A draft of someone who signs in."""

    class Meta:
        model = Draft

    class Params:
        user = None

    user_id = LazyAttribute(lambda row: (row.user or UserFactory.create()).pk)
    organisation_id = LazyAttribute(lambda row: row.user.organisation_id if row.user else new_id())
    page = "f" * 32
    words = "{}"
