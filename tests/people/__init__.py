"""Tests of persons, relationships, families and what is known about them."""
