"""Contracts that hold across the rooms."""
