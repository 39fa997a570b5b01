"""Discount rates, with the date from which each table holds and its source."""

from nestling.reference.prices.loader import discount_tables, discounting

__all__ = ["discount_tables", "discounting"]
