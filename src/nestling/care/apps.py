"""Care as a Django app."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Waiting, episodes, contacts, endings."""

    name = "nestling.care"
    label = "care"
