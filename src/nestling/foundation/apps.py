"""The foundation as a Django app: it holds the audit trail and the access log."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Audit trail, access log and the base of every record."""

    name = "nestling.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
