"""Persons, relationships, families, agreements, risk, safeguarding, tasks and the outbox."""
