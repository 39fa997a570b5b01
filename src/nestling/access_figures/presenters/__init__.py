"""Words for the pages: everything is ready before a template sees it."""
