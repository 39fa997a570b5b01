"""Tests of the charts and the words beside them."""
