"""The room's entry for Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and form rendering; no tables."""

    name = "nestling.ui"
    label = "ui"
    verbose_name = "Pages"
