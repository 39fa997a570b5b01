"""The entry for a web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

GARBAGE_EVERY = (20_000, 20, 20)
"""New objects before Python looks for garbage among the young, and rounds before the older."""

# Not the tables' owner: see the settings of a service.
os.environ["NESTLING_AS_APPLICATION"] = "yes"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nestling.config.settings.service")
application = get_wsgi_application()


def settle() -> None:
    """Load what every page needs, then leave it out of Python's search for garbage.

    The program's own objects are some 250,000 and none of them ever becomes garbage. To walk
    through all of them in the middle of a page took from a tenth to a fifth of a second.
    """
    from django.urls import get_resolver  # noqa: PLC0415 - settings first

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_EVERY)


settle()
