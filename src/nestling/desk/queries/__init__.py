"""Reads of the desk, each drawing on several rooms."""
