"""Persons, relationships, declared families, agreements, risk, safeguarding, tasks and the outbox."""
