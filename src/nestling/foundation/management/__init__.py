"""Commands of the foundation that Django runs."""
