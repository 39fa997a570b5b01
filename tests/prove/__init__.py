"""The large counts: run by hand with `make prove`, never in CI."""
