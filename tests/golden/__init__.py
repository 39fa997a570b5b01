"""Answers published elsewhere or worked out by separate programs, with their provenance."""
