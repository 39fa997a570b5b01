"""Merging two records of one person, and taking them apart again exactly."""
