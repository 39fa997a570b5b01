"""Access by age as a Django app: its pages, and the releases that they show."""

from django.apps import AppConfig


class AccessFiguresConfig(AppConfig):
    """Published figures of access by age; nothing about any family and no record of anyone."""

    name = "nestling.access_figures"
    label = "access_figures"
