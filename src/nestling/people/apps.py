"""People as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, relationships, families and what is known about them."""

    name = "nestling.people"
    label = "people"
