"""Instruments given, answers, scores and change."""
