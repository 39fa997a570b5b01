"""Seeded, wholly fictional services."""
