"""Tests of the whole house on a made-up service: who sees what, what is logged, what fails."""
