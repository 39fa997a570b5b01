"""Nestling: the open record and evidence system for infant mental health."""

__version__ = "0.1.0"
