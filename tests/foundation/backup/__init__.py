"""Copies: sealed, tried, put back."""
