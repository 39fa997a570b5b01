"""Competency frameworks, training, recognition and the survey."""
