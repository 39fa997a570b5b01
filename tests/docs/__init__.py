"""Tests of the handbook: it builds, its pictures are there, and it tells of everything."""
