"""Disclosure control: what may be shown of small counts, and the attack that tests it."""

from nestling.science.disclosure.rule import HIDDEN, DisclosureRule, Hidden, Shown, safe_count

__all__ = ["HIDDEN", "DisclosureRule", "Hidden", "Shown", "safe_count"]
