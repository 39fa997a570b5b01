"""Pages that draw on many rooms: each role's home, the family page, search."""
