"""Waiting list, episodes, contacts, notes and endings."""
