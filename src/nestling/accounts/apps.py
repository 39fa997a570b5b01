"""Accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Organisations, teams, users, memberships."""

    name = "nestling.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the checks of the settings."""
        from nestling.accounts import checks  # noqa: F401, PLC0415 - importing registers them
