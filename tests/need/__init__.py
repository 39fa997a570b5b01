"""Tests of need: from areas to figures, sites and plans."""
