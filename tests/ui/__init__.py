"""Tests of the design system's room."""
