"""Tests of a team's plan."""
