"""Record-level analytics: expressions on unbound tables. No Django."""
