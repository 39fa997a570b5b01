"""Organisations, teams, users, memberships with roles, sign-in."""
