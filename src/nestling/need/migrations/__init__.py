"""Tables of need."""
