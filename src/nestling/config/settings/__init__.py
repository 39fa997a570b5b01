"""Settings: `service` for a real team, `demo` for made-up people, `test` for the suite."""
