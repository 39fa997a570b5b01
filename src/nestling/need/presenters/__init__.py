"""Figures in words, tables and pictures: what the pages of need show."""
