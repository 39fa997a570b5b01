"""Makes records for tests; each room's are in the module of its name, one trait a situation."""
