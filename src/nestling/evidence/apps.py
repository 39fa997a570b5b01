"""Evidence as a Django app: the register's pages, and cases for change that are kept."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Claims with their sources, and cases for change; nothing about any family."""

    name = "nestling.evidence"
    label = "evidence"
