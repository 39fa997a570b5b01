"""Care: waiting, take-up, episodes, contacts, endings."""
