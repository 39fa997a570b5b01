"""Tests of the room: science."""
