"""Staff as a Django app."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Practitioners as workers."""

    name = "nestling.staff"
    label = "staff"
