"""Pages of need."""
