"""Charts: a specification in, an SVG out. Free of Django, so that the command line and PDFs use it too."""
