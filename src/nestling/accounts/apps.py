"""Accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Organisations, teams, users, memberships."""

    name = "nestling.accounts"
    label = "accounts"
