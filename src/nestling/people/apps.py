"""People as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    """Persons, relationships, families and what is known about them."""

    name = "nestling.people"
    label = "people"

    def ready(self) -> None:
        """Keep the index of names in place whatever a migration made anew."""
        from nestling.people import name_index  # noqa: PLC0415 - Django must know the models first

        post_migrate.connect(name_index.put_in_place, sender=self, dispatch_uid="name_index")
