"""Tests of the pages of access by age: from a published table to what a reader sees."""
