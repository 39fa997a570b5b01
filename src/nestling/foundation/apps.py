"""The foundation as a Django app: it holds the audit trail and the access log."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FoundationConfig(AppConfig):
    """Audit trail, access log and the base of every record."""

    name = "nestling.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """After every migration: the index from records to looks."""
        from nestling.foundation import record_index  # noqa: PLC0415 - apps first

        post_migrate.connect(record_index.put_in_place, sender=self, dispatch_uid="record_index")
