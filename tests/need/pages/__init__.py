"""The pages of need, what they store, and who may see it."""
