"""The entry for a web server."""

import os

from django.core.wsgi import get_wsgi_application

# Not the tables' owner: see the settings of a service.
os.environ["NESTLING_AS_APPLICATION"] = "yes"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nestling.config.settings.service")
application = get_wsgi_application()
