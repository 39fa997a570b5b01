"""The nightly caseload."""
