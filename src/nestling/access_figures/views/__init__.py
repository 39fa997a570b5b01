"""Pages of access by age."""
