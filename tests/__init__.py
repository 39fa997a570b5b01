"""Nestling's tests: they mirror the package, file for file."""
