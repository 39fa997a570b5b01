"""Forms of evidence: filters of the register, and the steps of a case for change."""
