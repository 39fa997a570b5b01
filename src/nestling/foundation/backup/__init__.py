"""Copies of everything that a service holds: sealed in one file, tried by restoring, put back."""
