"""Pages of the desk: the front door, each role's home, the family, search, and who has looked."""
