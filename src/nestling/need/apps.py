"""Need as a Django app: its pages, and what commissioners state and save."""

from django.apps import AppConfig


class NeedConfig(AppConfig):
    """Need, capacity and cost by area; nothing about any family."""

    name = "nestling.need"
    label = "need"
