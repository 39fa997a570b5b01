"""The desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages that draw on many rooms; no tables."""

    name = "nestling.desk"
    label = "desk"
