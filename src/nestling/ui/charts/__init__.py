"""Charts: a specification in, an SVG out. Free of Django."""
