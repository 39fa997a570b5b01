"""Rows of the foundation that no room owns: forms that were sent, and words not yet saved."""

from factory.django import DjangoModelFactory

from nestling.foundation.ids import new_id
from nestling.foundation.models_forms import Draft, UsedKey
from tests.factories import LazyAttribute, Sequence
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


class UsedKeyFactory(DjangoModelFactory[UsedKey]):
    """A form that was sent, and where its sender was led."""

    class Meta:
        model = UsedKey

    nonce = Sequence(lambda n: f"nonce-{n}")
    said = "0" * 64
    redirect = "/home/"
