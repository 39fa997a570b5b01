"""How it is put together: settings, urls, wsgi."""
